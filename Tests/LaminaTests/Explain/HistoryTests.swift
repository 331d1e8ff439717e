import Foundation
import Lamina
import LaminaExplain
import LaminaHost
import Testing

@testable import Lamina

/// The way of values that copies, merges and replacements make hard to follow.
@Suite struct HistoryTests {
  private func writes(
    _ files: [String: String], _ path: String, of kind: String = "ConfigMap", root: String = "/"
  ) throws -> [String] {
    var options = RenderOptions()
    options.recordsChanges = true
    let rendering = try Renderer(fileSystem: MemoryFileSystem(files), options: options).render(root)
    let explainer = Explainer(rendering, root: root, showsSecrets: true)
    let index = try #require(explainer.identities.firstIndex { $0.kind == kind })
    let query = try #require(FieldQuery(path))
    let object = explainer.object(at: index, .fields(query))
    return object.fields.flatMap { field in
      field.writes.map { write in
        let place = write.write.origin.map { "\($0)" } ?? "-"
        return "\(write.write.kind) \(write.value.line ?? "-") \(place)"
      }
    }
  }

  private static let configMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cm\n  labels: {app: web}\ndata:\n  x: \"1\"\n"

  @Test func aPatchThatRepeatsAnElementsNameDoesNotWriteIt() throws {
    let files = [
      "/kustomization.yaml": "resources: [pod.yaml]\npatches:\n- path: patch.yaml\n",
      "/pod.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: web\n    image: a\n",
      "/patch.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: web\n    image: b\n",
    ]
    #expect(
      try writes(files, "spec.containers[0].name", of: "Pod") == ["resources web /pod.yaml:6:11"])
    #expect(
      try writes(files, "spec.containers[0].image", of: "Pod") == [
        "resources a /pod.yaml:7:12", "patches b /patch.yaml:7:12",
      ])
  }

  @Test func aFieldThatAJSONPatchReplacesKeepsItsPast() throws {
    let files = [
      "/kustomization.yaml": """
      resources: [cm.yaml]
      patches:
      - target: {kind: ConfigMap}
        patch: |-
          - op: replace
            path: /data/x
            value: "2"

      """, "/cm.yaml": Self.configMap,
    ]
    #expect(
      try writes(files, "data.x") == [
        "resources 1 /cm.yaml:7:6", "patches 2 /kustomization.yaml:7:14",
      ])
  }

  @Test func labelsThatChangeTogetherAreEachWritten() throws {
    let files = [
      "/kustomization.yaml": "resources: [base]\npatches:\n- path: patch.yaml\n",
      "/base/kustomization.yaml":
        "resources: [d.yaml]\nlabels:\n- pairs: {team: a}\n  includeSelectors: true\n",
      "/base/d.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: d}
      spec: {selector: {matchLabels: {}}, template: {metadata: {}}}

      """,
      "/patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  labels: {team: b}\n",
    ]
    // kustomize hangs one node into all places, so that the patch of one changes all.
    #expect(
      try writes(files, "spec.selector.matchLabels.team", of: "Deployment") == [
        "labels a /base/kustomization.yaml:3:17", "patches b /patch.yaml:5:18",
      ])
  }

  @Test func copiesHaveTheirOwnPast() throws {
    let files = [
      "/kustomization.yaml": "resources: [a, b]\n",
      "/a/kustomization.yaml": "resources: [../base]\nnamePrefix: a-\n",
      "/b/kustomization.yaml": "resources: [../base]\nnamePrefix: b-\n",
      "/base/kustomization.yaml": "resources: [cm.yaml]\nnameSuffix: -s\n",
      "/base/cm.yaml": Self.configMap,
    ]
    #expect(
      try writes(files, "metadata.name") == [
        "resources cm /base/cm.yaml:4:9", "nameSuffix cm-s /base/kustomization.yaml:2:13",
        "namePrefix a-cm-s /a/kustomization.yaml:2:13",
      ])
  }

  @Test func valuesOfAMergedGeneratorGoBackToTheirOwn() throws {
    let files = [
      "/kustomization.yaml":
        "resources: [base]\nconfigMapGenerator:\n- name: c\n  behavior: merge\n  literals: [B=two]\n",
      "/base/kustomization.yaml": "configMapGenerator:\n- name: c\n  literals: [A=1, B=2]\n",
    ]
    #expect(try writes(files, "data.A") == ["configMapGenerator 1 /base/kustomization.yaml:3:14"])
    #expect(
      try writes(files, "data.B") == [
        "configMapGenerator 2 /base/kustomization.yaml:3:19",
        "configMapGenerator two /kustomization.yaml:5:14",
      ])
  }

  @Test func aBuildThatIsNotTracedKeepsNothing() throws {
    let files = ["/kustomization.yaml": "resources: [cm.yaml]\n", "/cm.yaml": Self.configMap]
    let rendering = try Renderer(fileSystem: MemoryFileSystem(files)).render("/")
    let ledger = rendering.stage.tree.ledger
    #expect(ledger.changes.isEmpty && ledger.edits.isEmpty && ledger.trace.mergeKeys.isEmpty)
  }

  @Test func everyLineBelongsToAValue() throws {
    let files = [
      "/kustomization.yaml": "resources: [cm.yaml]\n",
      "/cm.yaml": """
      apiVersion: v1
      kind: Custom
      metadata: {name: c}
      spec:
        text: |
          a

           b
        folded: "\(String(repeating: "word ", count: 40))"
        lists: [[1, [2, 3]], [], {a: 1, b: [x]}]
        ? "\(String(repeating: "k", count: 140))"
        : {deep: [1]}
        last: z

      """,
    ]
    var options = RenderOptions()
    options.recordsChanges = true
    let rendering = try Renderer(fileSystem: MemoryFileSystem(files), options: options).render("/")
    let history = BuildHistory(rendering)
    let resource = try #require(rendering.resources.first)
    let (tree, bytes) = (rendering.stage.tree, rendering.bytes)
    var continued = 0
    for line in history.lines(of: resource) {
      let text = String(decoding: bytes[line.range], as: UTF8.self)
      if line.isContinued {
        continued += 1
        continue
      }
      let key = tree.symbols.string(tree.key(line.node))
      if !key.isEmpty { #expect(text.contains(key.prefix(100)), "\(text)") }
      if tree.shape(line.node) == .scalar, tree.string(line.node).utf8.count < 10,
        !tree.string(line.node).contains("\n")
      {
        #expect(text.hasSuffix(tree.string(line.node)), "\(text)")
      }
    }
    #expect(continued > 4)
    // Keys are sorted when they are printed.
    #expect(history.lines(of: resource).last.map { tree.string($0.node) } == "a\n\n b\n")
  }

  /// The cases of a set that render, with a record of all writes.
  private static func renderings(of set: String) throws -> [(name: String, rendering: Rendering)] {
    let folder = RecordedCase.testdata.appending(path: set)
    var options = RenderOptions()
    options.recordsChanges = true
    let renderer = Renderer(fileSystem: DiskFileSystem(), options: options)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap {
      name in
      (try? renderer.render(folder.path + "/" + name, displayPath: name)).map { (name, $0) }
    }
  }

  /// Text of whole objects asks for the last write of each value, which has short ways: it is the last of all.
  @Test(arguments: ["explain", "build", "jsonpatch", "merge", "replacements", "vars"])
  func theLastWriteIsTheLastOfAll(set: String) throws {
    var (all, short) = (0, 0)
    for (name, rendering) in try Self.renderings(of: set) {
      let history = BuildHistory(rendering)
      var places = PlaceReader(history)
      func words(_ place: PlaceReader.Place?) -> String? {
        place.map { "\(places.files[$0.file]):\($0.line):\($0.column)" }
      }
      for resource in rendering.resources {
        let object = history.object(resource)
        for line in history.lines(of: resource) where !line.isContinued {
          let writes = history.writes(of: line.node, in: object)
          let expected = try #require(writes.last)
          let last = history.lastWrite(of: line.node, in: object)
          let deed = history.write(of: last.deed)
          let found = places.place(of: last.position)
          let place = words(found) ?? deed.place.map { "\($0)" }
          #expect(place == expected.place.map { "\($0)" }, "\(name) \(line.range)")
          #expect(last.earlier == writes.count - 1, "\(name) \(line.range)")
          #expect(last.isSecret == expected.isSecret, "\(name) \(line.range)")
          #expect(deed.kind == expected.kind && deed.entry == expected.entry, "\(name)")
          #expect(deed.operation?.place == expected.operation?.place, "\(name)")
          let key = places.keyPlace(of: line.node)
          #expect(words(key) == history.keyPlace(of: line.node).map { "\($0)" }, "\(name)")
          all += 1
          if history.onlyState(of: line.node) != nil { short += 1 }
        }
      }
    }
    #expect(all > 100)
    #expect(short > all / 2 && short < all)
  }

  /// Values that a line has nothing to do with are passed over, and no other.
  @Test(arguments: ["explain", "jsonpatch", "replacements"])
  func noValueThatALineReachesIsPassedOver(set: String) throws {
    var (all, passedOver) = (0, 0)
    for (name, rendering) in try Self.renderings(of: set) where rendering.resources.count < 20 {
      let history = BuildHistory(rendering)
      let objects = rendering.resources.map { resource in
        let object = history.object(resource)
        let nodes = history.lines(of: resource).filter { !$0.isContinued }.map(\.node)
        return (object, nodes.map { ($0, history.writes(of: $0, in: object)) })
      }
      for file in rendering.stage.sources.files {
        for number in (1...20).prefix(file.lineStarts.count) {
          let line = BuildHistory.SourceLine(
            line: number, column: number.isMultiple(of: 3) ? 3 : nil, files: [ByteText(file.path)])
          var reach = BuildHistory.LineReach(line, history)
          for (object, nodes) in objects {
            let isPassedOver = !reach.mayReachInto(object)
            for (node, writes) in nodes {
              all += 1
              guard isPassedOver || !reach.mayReach(node, in: object) else { continue }
              passedOver += 1
              // What is left out is what is no value, and holds some.
              if isPassedOver, history.tree.first(of: node) != nil { continue }
              let closeness = writes.compactMap { history.closeness(of: line, to: $0, of: node) }
              #expect(closeness.isEmpty, "\(name) \(file.path):\(number)")
            }
          }
        }
      }
    }
    #expect(all > 1000)
    #expect(passedOver > 0 && passedOver < all)
  }
}
