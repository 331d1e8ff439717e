import Testing

@testable import Lamina

/// Which text a rendered value goes back to, and what the ledger keeps of the way there.
@Suite struct LedgerTests {
  private static let files = MemoryFileSystem([
    "/shop/base/kustomization.yaml": "resources: [web.yaml, scaler.yaml]\n",
    "/shop/base/web.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
          - name: web
            image: nginx
            envFrom:
            - configMapRef:
                name: settings
          - name: sidecar
            image: proxy
            args: [--debug]

    """,
    "/shop/base/scaler.yaml": """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web

    """,
    "/shop/prod/kustomization.yaml": """
    resources: [../base]
    namePrefix: eu-
    patches:
    - path: patch.yaml
    images:
    - name: nginx
      newTag: "1.27"
    configMapGenerator:
    - name: settings
      envs: [a.env]
      files: [motd.txt]
    replacements:
    - source: {kind: Deployment, name: web, fieldPath: metadata.name}
      targets:
      - select: {kind: HorizontalPodAutoscaler}
        fieldPaths:
        - metadata.annotations.target
        options: {create: true}

    """,
    "/shop/prod/patch.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
          - name: web
            image: nginx:1.26
          - name: sidecar
            args: null

    """,
    "/shop/prod/a.env": "# settings\nA=1\n\nB=two\n",
    "/shop/prod/motd.txt": "hello\nworld\n",
  ])

  private func stage(recording: Bool = false) throws -> FinalStage {
    var options = RenderOptions()
    options.recordsChanges = recording
    return try Renderer(fileSystem: Self.files, options: options).render("/shop/prod").stage
  }

  private func location(_ kind: String, _ path: FieldStep...) throws -> String? {
    let rendering = try Renderer(fileSystem: Self.files).render("/shop/prod")
    let resource = try #require(rendering.resources.first { $0.id.kind == kind })
    return resource.content.value(at: path)?.location?.description
  }

  // MARK: - Without a record

  @Test func namesGoBackToWhatChangedThem() throws {
    #expect(
      try location("Deployment", "metadata", "name") == "/shop/prod/kustomization.yaml:2:13")
    let scaled = try location(
      "HorizontalPodAutoscaler", "spec", "scaleTargetRef", "name")
    #expect(scaled == "/shop/prod/kustomization.yaml:2:13")
    let kind = try location("HorizontalPodAutoscaler", "spec", "scaleTargetRef", "kind")
    #expect(kind == "/shop/base/scaler.yaml:8:11")
  }

  @Test func generatedNamesGoBackToTheirGenerator() throws {
    // The last edit before the hash was the prefix.
    #expect(try location("ConfigMap", "metadata", "name") == "/shop/prod/kustomization.yaml:2:13")
    let reference = try location(
      "Deployment", "spec", "template", "spec", "containers", 0, "envFrom", 0, "configMapRef",
      "name")
    #expect(reference == "/shop/prod/kustomization.yaml:2:13")
  }

  @Test func dataGoesBackToItsFileAndLine() throws {
    #expect(try location("ConfigMap", "data", "A") == "/shop/prod/a.env:2:1")
    #expect(try location("ConfigMap", "data", "B") == "/shop/prod/a.env:4:1")
    #expect(try location("ConfigMap", "data", "motd.txt") == "/shop/prod/motd.txt:1:1")
    #expect(try location("ConfigMap", "data") == "/shop/prod/kustomization.yaml:9:3")
  }

  @Test func patchesDoNotClaimWhatTheyMayNotChange() throws {
    let kind = try location("Deployment", "kind")
    #expect(kind == "/shop/base/web.yaml:2:7")
    let version = try location("Deployment", "apiVersion")
    #expect(version == "/shop/prod/patch.yaml:1:13")
  }

  @Test func replacementsGoBackToTheirTarget() throws {
    let target = try location("HorizontalPodAutoscaler", "metadata", "annotations", "target")
    #expect(target == "/shop/prod/kustomization.yaml:17:7")
  }

  @Test func varsGoBackToTheVar() throws {
    let files = MemoryFileSystem([
      "/kustomization.yaml": """
      resources: [pod.yaml]
      vars:
      - name: POD
        objref: {apiVersion: v1, kind: Pod, name: web}

      """,
      "/pod.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
        - {name: web, args: ["of $(POD)", "$(OTHER)"]}

      """,
    ])
    let pod = try #require(try Renderer(fileSystem: files).render("/").resources.first).content
    func location(_ index: Int) -> String? {
      pod.value(at: "spec", "containers", 0, "args", .index(index))?.location?.description
    }
    #expect(location(0) == "/kustomization.yaml:3:3")
    #expect(location(1) == "/pod.yaml:6:37")
  }

  // MARK: - With a record

  /// The changes of one value, oldest first: what was there, which edit changed it, and where it was asked for.
  private func changes(of node: NodeID, in stage: FinalStage) -> [String] {
    let (tree, ledger) = (stage.tree, stage.tree.ledger)
    return ledger.changes.filter { $0.node == node }.map { change in
      let edit = ledger[change.edit]
      let place = stage.sources.place(of: edit.position).map { "\($0.line)" } ?? "-"
      let text =
        change.text.map { text in
          String(decoding: tree.text[Int(text.start)...].prefix(Int(text.count)), as: UTF8.self)
        } ?? "-"
      return "\(change.kind) \(text) by \(edit.kind.rawValue):\(place)"
    }
  }

  private func node(_ kind: String, _ path: [String], in stage: FinalStage) throws -> NodeID {
    let tree = stage.tree
    let resource = try #require(
      stage.resources.first { tree.symbols.string($0.id.type.kind) == kind })
    var node = resource.root
    for key in path {
      if let index = Int(key) {
        node = tree.children(of: node)[index]
      } else {
        let bytes = Array(key.utf8)
        node = try #require(tree.field(tree.symbols.find(bytes.span) ?? .empty, of: node))
      }
    }
    return node
  }

  @Test func recordsTheWayOfAValue() throws {
    let stage = try stage(recording: true)
    let image = try node(
      "Deployment", ["spec", "template", "spec", "containers", "0", "image"], in: stage)
    #expect(
      changes(of: image, in: stage) == [
        "written nginx by patches:4", "written nginx:1.26 by images:6",
      ])
    let target = try node(
      "HorizontalPodAutoscaler", ["spec", "scaleTargetRef", "name"], in: stage)
    #expect(changes(of: target, in: stage) == ["written web by nameReference:2"])
    let name = try node("ConfigMap", ["metadata", "name"], in: stage)
    #expect(
      changes(of: name, in: stage) == [
        "added settings by configMapGenerator:9", "written settings by namePrefix:2",
        "written eu-settings by contentHash:2",
      ])
  }

  @Test func recordsWhatWasRemoved() throws {
    let stage = try stage(recording: true)
    let sidecar = try node(
      "Deployment", ["spec", "template", "spec", "containers", "1"], in: stage)
    let removed = stage.tree.ledger.changes.filter { $0.kind == .removed && $0.node == sidecar }
    #expect(removed.map { stage.tree.symbols.string($0.key) } == ["args"])
    let edit = try #require(removed.first).edit
    #expect(stage.tree.ledger[edit].kind == .patches)
  }

  @Test func namesTheLayersOfAnEdit() throws {
    let stage = try stage(recording: true)
    let ledger = stage.tree.ledger
    let prefix = try #require(ledger.edits.first { $0.kind == .namePrefix })
    #expect(ledger.way(from: prefix.visit).map(\.directory) == ["/shop/prod"])
    #expect(ledger.visits.map(\.directory) == ["/shop/prod", "/shop/base"])
    #expect(ledger.visits.last.flatMap { stage.sources.place(of: $0.position)?.line } == 1)
  }

  @Test func recordsNothingUnasked() throws {
    let stage = try stage()
    #expect(stage.tree.ledger.changes.isEmpty)
    #expect(!stage.tree.ledger.edits.isEmpty)
  }

  /// Calls that are not inlined copy the tree; beyond this size each copy is a call itself.
  @Test func theTreeStaysSmall() {
    #expect(MemoryLayout<Tree>.size <= 128)
    #expect(MemoryLayout<Node>.size == 24)
  }

  @Test func recordingChangesNoByte() throws {
    #expect(try stage(recording: true).bytes == stage().bytes)
  }
}
