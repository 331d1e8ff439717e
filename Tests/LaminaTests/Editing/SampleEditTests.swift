import LaminaEditing
import Testing

/// Every kind of edit on every kustomization of public repositories.
struct SampleEditTests {
  typealias Edit = (inout KustomizationEditor) throws -> Void

  static func edits(for value: YAMLValue) throws -> [(name: String, edit: Edit)] {
    func texts(_ field: String) -> [String] { value[field]?.items.compactMap(\.text) ?? [] }
    let image = value["images"]?.items.first?["name"]?.text ?? "none"
    let resource = texts("resources").first ?? "none"
    let generator = value["configMapGenerator"]?.items.first?["name"]?.text ?? "none"
    var literal = GeneratorArgument(name: generator)
    literal.literals = ["ADDED=1"]
    let label = MetadataArgument(key: "added", value: "yes")
    let arguments = [
      try ImageArgument("\(image):9.9"), try ImageArgument("added-image=x/y:1.0"),
    ]
    return [
      ("image", { try $0.setImages([arguments[0]]) }),
      ("new image", { try $0.setImages([arguments[1]]) }),
      ("namespace", { try $0.setNamespace("added-namespace") }),
      ("prefix", { try $0.setNamePrefix("added-") }),
      ("no prefix", { try $0.setNamePrefix("") }),
      ("replicas", { try $0.setReplicas([ReplicaArgument(name: "added", count: 3)]) }),
      ("label", { try $0.setMetadata([label], in: .labels) }),
      ("annotation", { try $0.setMetadata([label], in: .annotations) }),
      (
        "labels",
        {
          try $0.addLabelsWithoutSelector([label], includesTemplates: false, overwrites: true)
        }
      ),
      ("resource", { try $0.addPaths(["added.yaml"], to: .resources) }),
      ("component", { try $0.addPaths(["added"], to: .components) }),
      ("no resource", { try $0.removePaths(from: .resources) { $0 == resource } }),
      ("no resources", { try $0.removePaths(from: .resources) { _ in true } }),
      (
        "patch",
        { try $0.addPatch(PatchArgument(patch: "a: 1\nb:\n  c: 2", target: [("kind", "Pod")])) }
      ),
      ("configmap", { try $0.addGenerator(literal, to: .configMaps) }),
      ("build metadata", { try $0.setBuildMetadata(["managedByLabel"]) }),
      ("fix", { _ = try $0.fix { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } }),
    ]
  }

  @Test func editsArePossibleAndLeaveTheRest() throws {
    for (path, bytes) in KustomizationSamples.some {
      guard let start = try? KustomizationEditor(bytes) else { continue }
      for (name, edit) in try Self.edits(for: start.value) {
        var editor = start
        do { try edit(&editor) } catch {
          Issue.record("\(path): \(name): \(error)")
          continue
        }
        check(editor, against: start, "\(path): \(name)", edit)
      }
    }
  }

  private func check(
    _ editor: KustomizationEditor, against start: KustomizationEditor, _ what: String, _ edit: Edit
  ) {
    if editor.value == start.value {
      #expect(editor.bytes == start.bytes, "\(what): nothing was to change")
    }
    // The literal of a generator is added each time.
    if !what.hasSuffix("configmap") {
      var again = editor
      do { try edit(&again) } catch { Issue.record("\(what), again: \(error)") }
      #expect(again.bytes == editor.bytes, "\(what): twice is once")
    }
    if !what.hasSuffix("fix") {
      #expect(
        Self.comments(of: editor).isSubset(of: Self.comments(of: start)), "\(what): comments")
    }
  }

  private static func comments(of editor: KustomizationEditor) -> Set<String> {
    let lines = String(decoding: editor.bytes, as: UTF8.self).split(separator: "\n")
    return Set(lines.filter { $0.contains("#") }.map { String($0.drop { $0 != "#" }) })
  }
}
