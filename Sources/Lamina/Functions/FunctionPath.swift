/// The path of an object in a package, which functions are told and may change. Two annotations hold
/// it, a new one and an older one (kyaml/kio/kio.go `ReconcileInternalAnnotations`).
enum FunctionPath {
  private static let notes = [BuildNoteAnnotations.Note.path, .legacyPath]

  /// Makes both annotations of a printed object agree, and gives one that has none a path after its
  /// kind and name.
  ///
  /// - Parameter paths: what the objects had that the function read, in their order.
  ///
  /// - Throws: if both annotations were changed, to different paths.
  static func settle(_ root: NodeID, paths: [String], in tree: inout Tree) throws(Problem) {
    guard tree.shape(root) == .mapping else { throw .notAnObject(at: tree.position(root)) }
    let texts = texts(of: root, in: &tree)
    var path = texts.first(where: { !$0.isEmpty }) ?? standard(for: root, in: tree)
    if let new = texts.first, let old = texts.last, !new.isEmpty, !old.isEmpty,
      !new.hasBytes(of: old)
    {
      // Whichever the function has changed holds.
      let original = original(of: root, paths: paths, in: &tree)
      guard new.hasBytes(of: original) || old.hasBytes(of: original) else {
        throw .differentPaths(new, old, at: tree.position(root))
      }
      path = new.hasBytes(of: original) ? old : new
    }
    let annotations = BuildNoteAnnotations.annotations(of: root, in: &tree)
    for note in notes {
      let key = tree.symbols.intern(note.rawValue)
      _ = try tree.setStringEntry(key, path, of: annotations, by: .none)
    }
  }

  /// The path that an object has been given.
  static func read(_ root: NodeID, in tree: inout Tree) -> Symbol {
    let path = texts(of: root, in: &tree).first ?? ""
    return tree.symbols.intern(path)
  }

  /// The texts of the new and the old annotation; empty where there is none.
  private static func texts(of root: NodeID, in tree: inout Tree) -> [String] {
    let annotations = tree.annotations(of: root)
    return notes.map { note in
      annotations[tree.symbols.intern(note.rawValue)].map { tree.string($0) } ?? ""
    }
  }

  /// The path that the object had when the function read it. The mark in
  /// `annotations-migration-resource-id` is its index in the list; nil where the function removed
  /// it or made the object.
  private static func original(
    of root: NodeID, paths: [String], in tree: inout Tree
  ) -> String? {
    let key = tree.symbols.intern(
      "\(InternalAnnotations.domain)annotations-migration-resource-id")
    guard let mark = tree.annotations(of: root)[key], let index = Int(tree.string(mark)) else {
      return nil
    }
    return paths.indices.contains(index) ? paths[index] : nil
  }

  /// `namespace/kind_name.yaml`.
  ///
  /// The path that kio gives an object without one (kio/kioutil/kioutil.go
  /// `CreatePathAnnotationValue`).
  private static func standard(for root: NodeID, in tree: Tree) -> String {
    let metadata = tree.field(.metadata, of: root)
    func text(_ node: NodeID?) -> String { node.map { tree.string($0) } ?? "" }
    let namespace = text(metadata.flatMap { tree.field(.namespace, of: $0) })
    let name = text(metadata.flatMap { tree.field(.name, of: $0) })
    let kind = text(tree.field(.kind, of: root)).lowercasedAsInGo
    return Path.clean("\(namespace.isEmpty ? "." : namespace)/\(kind)_\(name).yaml")
  }
}

extension Problem {
  fileprivate static func notAnObject(at position: Position) -> Problem {
    Problem(
      .functionPrintsNoObject, "a function must print objects, and this is none", at: position,
      hint: "messages belong on standard error")
  }

  fileprivate static func differentPaths(
    _ new: String, _ old: String, at position: Position
  ) -> Problem {
    Problem(
      .functionPathsDiffer, "two annotations give different paths, \"\(new)\" and \"\(old)\"",
      at: position)
  }
}
