/// Finds out which kustomizations nothing else includes.
///
/// It asks the field table which fields name layers, and decodes nothing: a kustomization with
/// mistakes still tells what it includes.
struct RootSearch {
  private let files: SharedFiles
  /// The directory as it was given, and its canonical path.
  private var roots: [(directory: String, path: String)] = []
  /// Canonical paths of directories that some kustomization lists.
  private var included: Set<ByteText> = []

  init(_ files: SharedFiles) { self.files = files }

  /// Those of some directories that have a kustomization and that no kustomization of another one
  /// lists, in the order given. Components are no roots. A file that cannot be read makes a root, so
  /// that rendering it says what is wrong.
  mutating func roots(among directories: [String]) -> [String] {
    _ = kustomizations(among: directories)
    return roots.filter { !included.contains($0.path) }.map(\.directory)
  }

  /// The same with those that others list.
  mutating func kustomizations(among directories: [String]) -> [String] {
    for directory in directories { look(into: directory) }
    return roots.map(\.directory)
  }

  /// Looks for a kustomization in a directory, by the names that it may have. The first one counts.
  private mutating func look(into directory: String) {
    guard let found = try? files.resolve(directory) else { return }
    for name in KustomizationFile.names {
      let path = Path.join(found.path, name)
      do {
        if !isComponent(path, try files.read(path), in: found.path) {
          roots.append((directory, found.path))
        }
        return
      } catch .notFound, .notADirectory, .isADirectory {
        continue
      } catch {
        roots.append((directory, found.path))
        return
      }
    }
  }

  /// Notes which directories a kustomization lists; true where it is a component.
  private mutating func isComponent(
    _ path: String, _ bytes: [UInt8], in directory: String
  ) -> Bool {
    guard let (tree, root) = files.parsed.firstDocument(of: bytes, path: path) else {
      return false
    }
    var isComponent = false
    for (field, value) in Self.fields(of: root, in: tree) {
      if field == .kind, tree.textEquals(value, "Component") { isComponent = true }
      guard field.row.names?.mayNameLayer == true else { continue }
      for entry in tree.children(of: value) where tree.shape(entry) == .scalar {
        let text = tree.string(entry)
        guard !text.isEmpty, !Path.isAbsolute(text),
          let found = try? files.resolve(Path.join(directory, text)), found.isDirectory
        else { continue }
        included.insert(found.path)
      }
    }
    return isComponent
  }

  /// The texts by which a kustomization names files, directories and repositories, of its own fields only.
  static func names(in root: NodeID, of tree: Tree) -> [String] {
    fields(of: root, in: tree).filter { $0.field.row.names != nil }.flatMap { _, value in
      tree.children(of: value).filter { tree.shape($0) == .scalar }.map { tree.string($0) }
    }
  }

  /// The fields of a kustomization, with names in any case.
  private static func fields(
    of root: NodeID, in tree: Tree
  ) -> [(field: KustomizationField, value: NodeID)] {
    guard tree.shape(root) == .mapping else { return [] }
    return tree.children(of: root).compactMap { value in
      let name = tree.symbols.string(tree.key(value))
      return KustomizationField(written: name).map { ($0, value) }
    }
  }
}
