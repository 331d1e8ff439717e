import Lamina
import Testing

/// Where only some objects have changed, a session builds only these, and gives what a whole build gives.
@Suite struct PartialBuildTests {
  private static let root = "/overlay"

  private static let files: [String: [String]] = [
    "/base/kustomization.yaml": [
      """
      resources: [web.yaml, api.yaml, rules.yaml, settings.yaml, other.yaml]
      configMapGenerator:
      - {name: generated, literals: [a=b]}

      """,
      """
      resources: [web.yaml, api.yaml, rules.yaml, other.yaml]
      configMapGenerator: [{name: generated, files: [text=notes.txt]}]
      images: [{name: web, newTag: "7"}]

      """,
      "resources: [web.yaml, api.yaml, rules.yaml, settings.yaml, other.yaml]\n",
      """
      resources: [web.yaml, api.yaml, rules.yaml, settings.yaml]
      configMapGenerator: [{name: settings, behavior: merge, literals: [c=d]}]

      """,
      "resources: [web.yaml, rules.yaml]\nconfigMapGenerator: [{name: g, files: [web.yaml]}]\n",
      "resources: [web.yaml, api.yaml]\nreplicas: [{name: api, count: 3}, {name: web, count: 4}]\n",
    ],
    "/base/notes.txt": ["one\n", "two\n"],
    "/base/web.yaml": [
      deployment("web", "image: web:1"), deployment("web", "image: web:2\n        tty: true"),
      deployment("web", "image: other:1"),
      deployment("web", "image: example.com/longer/name@sha256:00"),
      // Longer than the room that is left behind a file.
      deployment("web", "image: web:1\n        env:" + variables),
      deployment("web", "image: web:1\n        envFrom: [{configMapRef: {name: generated}}]"),
      deployment("web", "image: web:1\n        envFrom: [{secretRef: {name: token}}]"),
      deployment("web", "image: web:1") + "---\n" + service("web", "8080"),
      service("web", "80") + "---\n" + deployment("web", "image: web:1"),
      deployment("other-web", "image: web:1"), deployment("web", "image: [web]"),
      deployment("web", "image: web:1").replacing(
        "metadata:", with: "metadata:\n  annotations: {config.kubernetes.io/local-config: 'true'}"),
      deployment("web", "image: web:1").replacing(
        "metadata:",
        with: "metadata:\n  labels: {app: mine, team: a}\n  annotations: {a: '1', b: yes}"),
      deployment("web", "image: web:1").replacing("replicas: 1", with: "replicas: null"),
      "# render-ignore latest-tag\n" + deployment("web", "image: web"),
      deployment("web", "image: web:1").replacing("name: web", with: "name: web\n  namespace: own"),
      "kind: List\napiVersion: v1\nitems: []\n", "kind: [\n", "", "a: b\n", "# nothing\n",
    ],
    "/base/api.yaml": [
      deployment("api", "image: api:1") + "---\n" + service("api", "80"),
      deployment("api", "image: api:2") + "---\n" + service("api", "http"),
      deployment("api", "image: api:1\n        command: [a, b]") + "---\n" + service("api", "90"),
      service("api", "80") + "---\n" + deployment("api", "image: api:1"),
      deployment("api", "image: api:1"),
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: api\n---\n"
        + service("api", "80"),
    ],
    "/base/rules.yaml": [
      binding("default"), binding("web"), binding("nobody"),
      binding("default").replacing("kind: ServiceAccount\n", with: ""),
      binding("default").replacing("RoleBinding", with: "ClusterRoleBinding"),
    ],
    "/base/settings.yaml": [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {x: 'y'}\n",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {x: 'y', z: yes}\n",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, annotations: {a: b}}\n",
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n"
        + "  annotations: {kustomize.config.k8s.io/needs-hash: 'true'}\n",
    ],
    "/base/other.yaml": [
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\n",
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\nautomountServiceAccountToken: no\n",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: token}\nstringData: {a: secret}\n",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: token}\nstringData: {a: other}\n",
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\n---\n"
        + "apiVersion: v1\nkind: Pod\n"
        + "metadata: {name: p}\nspec: {serviceAccountName: default, containers: [{name: c, image: web}]}\n",
    ],
    "/part/kustomization.yaml": [
      """
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      patches:
      - target: {kind: Deployment, labelSelector: app=mine}
        patch: '[{"op": "add", "path": "/spec/paused", "value": true}]'
      - path: patch.yaml

      """,
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [own.yaml]\n",
    ],
    "/part/own.yaml": [
      service("own", "1"), service("own", "2"), deployment("own", "image: web:9"),
    ],
    "/part/patch.yaml": [
      "apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: {type: NodePort}\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {strategy: {type: Recreate}}\n",
    ],
    // Patches that are edited; the labels of one are what the target of another one asks for.
    "/overlay/web-patch.yaml": [
      patch("metadata: {name: web, labels: {tier: front}}"),
      patch("metadata: {name: web}\nspec: {replicas: 5}"),
      patch("metadata: {name: web, labels: {tier: front}}\nspec: {paused: no}"),
      patch("metadata: {name: web, annotations: {a: null}}\nspec: {b: [1, 2]}"),
      patch("metadata: {name: api, labels: {tier: front}}"),
      patch("metadata: {name: web}")
        + "---\n" + patch("metadata: {name: api}\nspec: {replicas: 2}"),
      patch("metadata: {name: web}\n$patch: delete"),
      patch("metadata: {name: web, labels: {tier: \"fr\\x6Fnt\"}}"),
      patch("metadata: {name: web, namespace: other}"),
      "kind: [\n", "", "[]\n",
    ],
    "/overlay/ops.yaml": [
      "- {op: replace, path: /spec/ports/0/port, value: 81}\n",
      "- op: add\n  path: /metadata/labels\n  value: {tier: front}\n",
      "- op: add\n  path: /spec/ports/-\n  value: {port: 90, name: more}\n",
      "- {op: test, path: /spec/ports/0/port, value: 80}\n",
      "- {op: replace, path: /metadata/name, value: named}\n",
      "- {op: replace, path: /kind, value: Ingress}\n",
      "- {op: replace, path: /spec/none, value: 1}\n", "[]\n", "",
    ],
    "/overlay/front.yaml": [
      patch("metadata: {name: any, annotations: {front: '1'}}"),
      patch("metadata: {name: any, annotations: {front: '2'}}"),
      patch("metadata: {name: other, labels: {last: x}}"),
      "- op: add\n  path: /metadata/annotations\n  value: {front: '3'}\n",
    ],
    "/overlay/last.yaml": [
      "- {op: add, path: /metadata/annotations/last, value: a}\n",
      "- {op: add, path: /metadata/annotations/last, value: b}\n",
    ],
    "/overlay/replacing.yaml": [
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: replace\nspec: {a: 1}\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: replace\nspec: {a: 2}\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n",
    ],
    "/overlay/kustomization.yaml": [
      """
      resources: [../base]
      components: [../part]
      namePrefix: prod-
      namespace: shop
      labels:
      - {includeSelectors: true, pairs: {env: prod}}
      commonAnnotations: {contact: me}
      images:
      - {name: web, newTag: "3"}
      - {name: gone, newName: there}
      patches:
      - target: {kind: Deployment}
        patch: |-
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: any}
          spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: b}]}]}}}
      - target: {kind: Service, name: web}
        patch: '[{"op": "replace", "path": "/spec/ports/0/port", "value": 1}]'
      - path: web-patch.yaml
      - path: ops.yaml
        target: {kind: Service, name: api}
      - path: front.yaml
        target: {labelSelector: tier=front}
      - path: ops.yaml
        target: {kind: Service}
      - path: last.yaml
        target: {annotationSelector: front}
      patchesStrategicMerge:
      - "{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {replicas: 9}}"
      - "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 8}}"

      """,
      "resources: [../base]\nnameSuffix: -x\ncommonLabels: {app: one}\n",
      """
      resources: [../base]
      patchesStrategicMerge: [web-patch.yaml]
      patchesJson6902:
      - target: {version: v1, kind: Service, name: api}
        path: ops.yaml

      """,
      "resources: [../base]\nsortOptions: {order: legacy}\nnamespace: shop\n",
      "resources: [../base]\nvars: [{name: V, objref: {apiVersion: v1, kind: Service, name: api}}]\n",
      "resources: [../base]\nbuildMetadata: [originAnnotations]\nnamePrefix: a-\n",
      "resources: [../base]\nreplacements:\n"
        + "- source: {kind: Deployment, name: web, fieldPath: spec.replicas}\n"
        + "  targets: [{select: {kind: Deployment, name: api}, fieldPaths: [spec.replicas]}]\n",
      "resources: [../base]\npatchesStrategicMerge: [../part/patch.yaml]\n",
      "resources: [../base]\npatches:\n- path: replacing.yaml\n",
    ],
  ]

  private static func patch(_ rest: String) -> String {
    "apiVersion: apps/v1\nkind: Deployment\n\(rest)\n"
  }

  private static let variables = (0..<60)
    .map { "\n        - {name: V\($0), value: '\($0)'}" }.joined()

  private static func deployment(_ name: String, _ container: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: \(name)
    spec:
      replicas: 1
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          serviceAccountName: default
          containers:
          - name: main
            \(container.replacing("\n", with: "\n    "))

    """
  }

  private static func service(_ name: String, _ port: String) -> String {
    "apiVersion: v1\nkind: Service\nmetadata: {name: \(name)}\nspec:\n  selector: {app: \(name)}\n"
      + "  ports:\n  - port: 80\n    targetPort: \(port)\n"
  }

  private static func binding(_ account: String) -> String {
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n"
      + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\nsubjects:\n"
      + "- kind: ServiceAccount\n  name: \(account)\n"
  }

  /// Bytes, warnings, findings, and where values stand; or the error.
  private func describe(_ outcome: Result<Rendering, Diagnostic>) -> String {
    switch outcome {
    case .failure(let error): return "error: \(error.report)"
    case .success(let rendering):
      let lint = Lint(Rule.all, LintSettings(), for: .lint)
      var run = LintRun(Rule.all, LintSettings(), for: .lint) { $0 }
      run.add(lint.inspect(rendering, isOneOfMany: true), of: Self.root)
      var text = rendering.warnings.map(\.report).joined()
      for finding in run.findings { text += finding.diagnostic.report }
      for resource in rendering.resources {
        text += "\(resource.id)"
        for place in places(in: resource) {
          text += place.map { " \($0.file):\($0.line):\($0.column)" } ?? " -"
        }
        text += "\n" + String(decoding: resource.yaml, as: UTF8.self)
      }
      return text + String(decoding: rendering.bytes, as: UTF8.self)
    }
  }

  private func places(in resource: RenderedResource) -> [Diagnostic.Location?] {
    let paths: [[FieldStep]] = [
      [.key("metadata"), .key("name")], [.key("metadata"), .key("labels")],
      [.key("spec"), .key("replicas")], [.key("subjects"), .index(0), .key("name")],
    ]
    return [resource.origin] + paths.map { resource.content.value(at: $0)?.location }
  }

  private func fresh(_ files: ChangingFiles) -> Result<Rendering, Diagnostic> {
    Result { () throws(Diagnostic) in try Renderer(fileSystem: files.present).render(Self.root) }
  }

  @Test(arguments: 1...8) func randomEditsOfObjectsGiveWhatWholeBuildsGive(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let files = ChangingFiles(Self.files.compactMapValues(\.first))
    var session = RenderSession(files)
    session.add(Self.root)
    var partial = 0
    var ofPatches = 0
    let objects = Self.files.keys.filter { !$0.contains("kustomization") }.sorted()
    let kustomizations = Self.files.keys.filter { $0.contains("kustomization") }.sorted()
    for edit in 0..<250 {
      var told: [String] = []
      // Mostly one file with objects; now and then a kustomization, and two files at once.
      for _ in 0..<(random.next() % 6 == 0 ? 2 : 1) {
        let names = random.next() % 16 == 0 ? kustomizations : objects
        let path = names[Int(random.next() % UInt64(names.count))]
        let texts = Self.files[path] ?? []
        // The first states are the sound ones: the tree must not stay broken.
        let count = random.next() % 5 == 0 ? texts.count : min(texts.count, 2)
        let comment = random.next() % 4 == 0 ? "# \(edit)\n" : ""
        files.write(comment + texts[Int(random.next() % UInt64(count))], to: path)
        told.append(path)
      }
      // A checkout, which mends what is broken.
      if random.next() % 16 == 0 {
        for (path, texts) in Self.files { files.write(texts.first ?? "", to: path) }
        told = Self.files.keys.sorted()
      }
      // A file that an editor makes for itself, which nothing has looked for.
      if random.next() % 8 == 0 { told.append("/base/.web.yaml.swp") }
      _ = session.filesChanged(told)
      if random.next() % 5 == 0 {
        // One that is given up changes nothing.
        let token = CancellationToken()
        token.cancel()
        session.keep(session.build(Self.root, cancellation: token))
      }
      if session.staleRoots.isEmpty { continue }
      let build = session.build(Self.root)
      session.keep(build)
      if build.isPartial {
        partial += 1
        if told.contains(where: { $0.hasPrefix("/overlay/") }) { ofPatches += 1 }
      }
      let (kept, new) = (describe(build.outcome), describe(fresh(files)))
      #expect(kept == new, "seed \(seed), edit \(edit), \(told), \(build.isPartial)")
      if kept != new { return }
    }
    // Or nothing of this was tried.
    #expect(partial > 15, "\(partial)")
    #expect(ofPatches > 5, "\(ofPatches)")
  }

  /// The first patch of a file finds nothing in a build without its object, and the second is applied nevertheless.
  @Test func allPatchesOfAFileAreTried() throws {
    let files = ChangingFiles([
      "/overlay/kustomization.yaml": "resources: [a.yaml, b.yaml]\npatches: [{path: p.yaml}]\n",
      "/overlay/a.yaml": Self.deployment("a", "image: a"),
      "/overlay/b.yaml": Self.deployment("b", "image: b"),
      "/overlay/p.yaml": Self.patch("metadata: {name: a}\nspec: {replicas: 2}") + "---\n"
        + Self.patch("metadata: {name: b}\nspec: {replicas: 3}"),
    ])
    var session = RenderSession(files)
    _ = try session.rendering(of: Self.root)
    files.write(Self.deployment("b", "image: c"), to: "/overlay/b.yaml")
    _ = session.filesChanged(["/overlay/b.yaml"])
    let kept = Result { () throws(Diagnostic) in try session.rendering(of: Self.root) }
    #expect(describe(kept) == describe(fresh(files)))
  }

  /// A patch of few objects among many builds these.
  @Test func aStepOfAPatchBuildsWhatItPatches() throws {
    let names = (0..<100).map { "w\($0)" }
    let list = names.map { "\($0).yaml" }.joined(separator: ", ")
    let files = ChangingFiles([
      "/overlay/kustomization.yaml": """
      resources: [\(list)]
      namePrefix: x-
      patches:
      - path: merge.yaml
      - path: ops.yaml
        target: {kind: Deployment, name: w2|w3}

      """
    ])
    for name in names {
      files.write(Self.deployment(name, "image: a:1"), to: "/overlay/\(name).yaml")
    }
    var session = RenderSession(files)
    session.add(Self.root)
    for edit in 0..<20 {
      files.write(
        Self.patch("metadata: {name: w1}\nspec: {replicas: \(edit)}"), to: "/overlay/merge.yaml")
      files.write(
        "- {op: replace, path: /spec/replicas, value: \(edit)}\n", to: "/overlay/ops.yaml")
      _ = session.filesChanged(["/overlay/merge.yaml", "/overlay/ops.yaml"])
      let build = session.build(Self.root)
      session.keep(build)
      #expect(build.isPartial == (edit > 0), "\(edit)")
      #expect(describe(build.outcome) == describe(fresh(files)))
    }
  }

  @Test func aStepOfManyObjectsBuildsOne() throws {
    var list = ""
    let files = ChangingFiles([:])
    for number in 0..<200 {
      list += "- o\(number).yaml\n"
      files.write(Self.service("o\(number)", "80"), to: "/base/o\(number).yaml")
    }
    files.write("resources:\n\(list)", to: "/base/kustomization.yaml")
    files.write("resources: [../base]\nnamePrefix: x-\n", to: "/overlay/kustomization.yaml")
    var session = RenderSession(files)
    _ = try session.rendering(of: Self.root)
    // What is replaced stays in memory, up to a limit; then all is built.
    var whole = 0
    for edit in 0..<1_500 {
      files.write(Self.service("o7", "\(edit)"), to: "/base/o7.yaml")
      #expect(session.filesChanged(["/base/o7.yaml"]) == [Self.root])
      let build = session.build(Self.root)
      session.keep(build)
      if !build.isPartial { whole += 1 }
    }
    #expect((1...30).contains(whole), "\(whole)")
    let kept = Result { () throws(Diagnostic) in try session.rendering(of: Self.root) }
    #expect(describe(kept) == describe(fresh(files)))
  }
}
