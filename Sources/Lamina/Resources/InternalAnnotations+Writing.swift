/// kustomize's notes, where somebody can see them.
///
/// kustomize keeps what it knows of an object in annotations of the object, and a JSON patch meets
/// them there: `/metadata/annotations` always exists for it, and copying all annotations copies the
/// notes as well, into the output. For such patches they are written down, and taken out afterwards.
extension InternalAnnotations {
  /// An annotation without the domain that all notes share.
  typealias Note = (name: String, text: String)

  /// What the build knows of a resource, as annotations.
  static func notes(on resource: Resource, _ symbols: SymbolTable) -> [Note] {
    var notes: [Note] = []
    func add(_ name: String, _ texts: [Symbol]) {
      let parts = texts.filter { !$0.isEmpty }.map { symbols.string($0) }
      if !parts.isEmpty { notes.append((name, parts.joined(separator: ","))) }
    }
    if resource.needsHash || resource.behavior != .unspecified {
      notes.append(("generatorBehavior", resource.behavior.rawValue))
    }
    if resource.needsHash { notes.append(("needsHashSuffix", "enabled")) }
    add("prefixes", resource.prefixes)
    add("suffixes", resource.suffixes)
    add("previousKinds", resource.formerIDs.map(\.kind))
    add("previousNames", resource.formerIDs.map(\.name))
    add("previousNamespaces", resource.formerIDs.map(\.namespace))
    return notes
  }

  /// Writes the notes into the object's annotations, and returns the keys that were not there before.
  static func write(
    _ notes: [Note], to root: NodeID, in tree: inout Tree
  ) throws(Problem) -> [Symbol] {
    // Without notes kustomize makes no annotations either.
    if notes.isEmpty { return [] }
    var added: [Symbol] = []
    let annotations = try annotations(of: root, in: &tree)
    for note in notes {
      let key = tree.symbols.intern("\(domain)\(note.name)")
      let entry = try tree.setStringEntry(key, note.text, of: annotations, at: .none)
      if entry != nil { added.append(key) }
    }
    return added
  }

  /// The annotations of an object, made where it has none.
  private static func annotations(
    of root: NodeID, in tree: inout Tree
  ) throws(Problem) -> NodeID {
    let metadata = mapping(.metadata, of: root, in: &tree)
    return mapping(.annotations, of: metadata, in: &tree)
  }

  private static func mapping(
    _ key: Symbol, of parent: NodeID, in tree: inout Tree
  ) -> NodeID {
    guard let known = tree.field(key, of: parent) else {
      let made = tree.addMapping(at: tree.position(parent))
      tree.appendField(key, made, to: parent)
      return made
    }
    if tree.isNull(known) { tree.setCollection(known, .mapping, at: tree.position(known)) }
    return known
  }
}
