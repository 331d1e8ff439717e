/// A directory tree made for measuring: files by their paths, of which one directory is rendered.
public struct GeneratedInput: Sendable {
  /// The directory that is rendered, from the top of the tree.
  public let root: String
  public private(set) var files: [(path: String, text: String)] = []

  init(root: String) { self.root = root }

  /// The bytes of all files.
  public var byteCount: Int { files.reduce(0) { $0 + $1.text.utf8.count } }

  mutating func add(_ path: String, _ text: String) { files.append((path, text)) }

  /// Adds a kustomization that lists resources and goes on with more fields.
  mutating func addKustomization(
    in directory: String, resources: [String], _ fields: String = ""
  ) {
    let list = resources.isEmpty ? "" : "resources:\n" + resources.map { "- \($0)\n" }.joined()
    add("\(directory)/kustomization.yaml", list + fields)
  }
}
