/// Finds out which kustomizations nothing else includes.
package struct RootSearch: Sendable {
  private let files: SharedFiles

  /// A directory with a kustomization, and what counts of that.
  package struct Candidate: Sendable {
    /// As the caller named it.
    fileprivate let directory: String
    /// The canonical path.
    fileprivate let path: String
    /// Components are no roots. A file that cannot be read makes a root, so that rendering it says what
    /// is wrong.
    fileprivate var isComponent = false
    /// The canonical paths of the directories that the kustomization lists.
    fileprivate var listed: [String] = []
  }

  /// The lists of a kustomization in which directories may stand.
  private static let lists = [
    "resources", "bases", "components", "generators", "transformers", "validators",
  ]

  package init(_ files: SharedFiles) { self.files = files }

  /// Those of some directories that have a kustomization which no kustomization of another one of them
  /// lists, in their order.
  package static func roots(among candidates: [Candidate]) -> [String] {
    var included: Set<String> = []
    for candidate in candidates { included.formUnion(candidate.listed) }
    return candidates.filter { !$0.isComponent && !included.contains($0.path) }.map(\.directory)
  }

  /// The same with those that others list.
  static func kustomizations(among candidates: [Candidate]) -> [String] {
    candidates.filter { !$0.isComponent }.map(\.directory)
  }

  /// Looks into a directory; nil where it has no kustomization. May be called from several threads.
  package func candidate(_ directory: String) -> Candidate? {
    guard let found = try? files.resolve(directory) else { return nil }
    for name in KustomizationFile.names {
      let path = Path.join(found.path, name)
      guard let bytes = try? files.read(path) else { continue }
      var candidate = Candidate(directory: directory, path: found.path)
      if let (tree, root) = files.parsed.firstDocument(of: bytes, path: path) {
        candidate.listed = directories(listedBy: root, in: found.path, tree)
        candidate.isComponent =
          tree.field(.kind, of: root).map { tree.textEquals($0, "Component") } ?? false
      }
      return candidate
    }
    return nil
  }

  private func directories(
    listedBy root: NodeID, in directory: String, _ tree: Tree
  ) -> [String] {
    var result: [String] = []
    for name in Self.lists {
      guard let key = tree.symbols.find(Array(name.utf8).span),
        let list = tree.field(key, of: root)
      else { continue }
      for entry in tree.children(of: list) where tree.shape(entry) == .scalar {
        let text = tree.string(entry)
        guard !text.isEmpty, !Path.isAbsolute(text),
          let found = try? files.resolve(Path.join(directory, text)), found.isDirectory
        else { continue }
        result.append(found.path)
      }
    }
    return result
  }
}
