/// Finds out which kustomizations nothing else includes.
struct RootSearch {
  private let files: SharedFiles
  private var roots: [(directory: String, path: String)] = []
  private var included: Set<String> = []

  /// The lists of a kustomization in which directories may stand.
  private static let lists = [
    "resources", "bases", "components", "generators", "transformers", "validators",
  ]

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
    for list in fields(Self.lists, of: root, in: tree) {
      for entry in tree.children(of: list) where tree.shape(entry) == .scalar {
        let text = tree.string(entry)
        guard !text.isEmpty, !Path.isAbsolute(text),
          let found = try? files.resolve(Path.join(directory, text)), found.isDirectory
        else { continue }
        included.insert(found.path)
      }
    }
    return fields(["kind"], of: root, in: tree).contains { tree.textEquals($0, "Component") }
  }

  /// The values of the fields of these names, which a kustomization may write in letters of either case.
  private func fields(_ names: [String], of root: NodeID, in tree: Tree) -> [NodeID] {
    guard tree.shape(root) == .mapping else { return [] }
    return tree.children(of: root).filter { field in
      FieldDecoder.knownName(tree.symbols.string(tree.key(field)), among: names) != nil
    }
  }
}
