/// `labels`, `commonLabels` and `commonAnnotations`: entries put into mappings of strings.
///
/// Which fields an object has is found out once for all entries; then each entry goes to all
/// fields. kustomize sets one entry after the other, too, but hangs one node into all places
/// (`Tree+Twins.swift`).
struct StringEntryStep: Sendable {
  /// The field that asks for the entries, in the ledger.
  let kind: Ledger.Kind
  /// Sorted by key.
  let entries: [Pair]
  /// The mappings that get the entries: `metadata/labels`, selectors, pod templates.
  let fields: [FieldSpec]
  /// The fields hold volume claim templates only because v5.8.1 labels them with pod templates.
  var labelsClaimsAsStable = false
  /// The entry of `labels` that holds the pairs and says which fields they are for.
  var position = Position.none

  /// Writes all entries to one object after the other.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    var entries: [Entry] = []
    for entry in self.entries {
      let value = Array(entry.value.utf8)
      let writer = workspace.tree.ledger.begin(kind, at: entry.position)
      workspace.tree.noteRequest(writer, parts: [position])
      entries.append(
        Entry(
          key: workspace.tree.symbols.intern(entry.key), value: value,
          flags: try Self.flags(ofNew: value, &workspace.tree), writer: writer))
    }
    let annotations = workspace.tree.symbols.intern("metadata/annotations" as StaticString)
    // Two tables, since the specs differ between resources with and without notes.
    var own = FieldsByType(fields)
    // Where the build's own notes would be annotations, there is a place for others.
    var ownWithNotes = FieldsByType(
      fields.map { $0.path.text == annotations ? $0.creating : $0 })
    let writesAnnotations = fields.contains { $0.path.text == annotations }
    var found: [Int] = []
    var written = Written()
    let claims = workspace.tree.symbols.intern("volumeClaimTemplates" as StaticString)
    let statefulSet = workspace.tree.symbols.intern("StatefulSet" as StaticString)
    for index in resources.indices {
      let (root, type) = (resources[index].root, resources[index].id.type)
      if labelsClaimsAsStable, type.kind == statefulSet,
        let spec = workspace.tree.field(.spec, of: root),
        let list = workspace.tree.field(claims, of: spec), workspace.tree.first(of: list) != nil
      {
        let position = self.entries.first?.position ?? .none
        workspace.meet(.volumeClaimTemplateLabels, at: position)
      }
      let fields =
        resources[index].hasNotes ? ownWithNotes.fields(of: type) : own.fields(of: type)
      if writesAnnotations {
        openAnnotations(of: root, hasNotes: resources[index].hasNotes, in: &workspace.tree)
      }
      fields.find(in: root, of: workspace.tree, into: &found)
      for entry in entries {
        try write(entry, to: found, of: fields, root, &workspace, &written)
      }
    }
  }

  /// Makes a mapping of annotations that are null, and of any scalar where kustomize has put notes in its
  /// place.
  ///
  /// kustomize hides entries in a null, and finds them there when it writes all annotations anew. Before it
  /// writes a note, it removes annotations that hold nothing (kyaml/yaml/kfns.go
  /// `ClearEmptyAnnotations`). An empty mapping vanishes at the end, as a null does.
  private func openAnnotations(of root: NodeID, hasNotes: Bool, in tree: inout Tree) {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata)
    else { return }
    guard tree.isNull(annotations) || (hasNotes && tree.shape(annotations) == .scalar) else {
      return
    }
    tree.setCollection(annotations, .mapping, by: tree.writer(annotations))
  }

  /// An entry in the form in which it is written to many objects.
  private struct Entry {
    let key: Symbol
    let value: [UInt8]
    /// How it is written where it is new.
    let flags: Node.Flags
    let writer: Writer
  }

  /// How a text is written where it is new; only one that looks like a collection has to be read for that.
  ///
  /// - Returns: `.quoted` where kyaml adds quotes to a new text (`FieldSetter`), nothing otherwise.
  private static func flags(
    ofNew text: [UInt8], _ tree: inout Tree
  ) throws(Problem) -> Node.Flags {
    let flags = tree.flags(ofNewText: text.span)
    guard !flags.isEmpty, ScalarTag.plainYAML11(text.span) == .string else { return flags }
    return try NodeHistory.isOtherAsDocument(text, in: &tree) ? .quoted : []
  }

  /// What one entry was written to.
  private struct Written {
    /// New entries.
    var made: [NodeID] = []
    /// The mappings that had one.
    var known: [NodeID] = []
    /// The last one that was written is new.
    var endsWithNew = false
  }

  /// Writes one entry to all fields of one object; those that are new change together from then on
  /// (see `Tree+Twins.swift`).
  ///
  /// - Parameter written: room for the entries of one object.
  private func write(
    _ entry: Entry, to places: [Int], of fields: FieldsByType.Fields, _ root: NodeID,
    _ workspace: inout Workspace, _ written: inout Written
  ) throws(Problem) {
    written.made.removeAll(keepingCapacity: true)
    written.known.removeAll(keepingCapacity: true)
    for place in places {
      let walk = FieldWalk(fields.specs[place], creating: .mapping, by: entry.writer)
      try walk.visit(root, in: &workspace.tree) { (field, tree) throws(Problem) in
        let new = try tree.setStringEntry(
          entry.key, entry.value.span, of: field, by: entry.writer)
        if let new {
          if !entry.flags.isEmpty { tree.addFlags(entry.flags, to: new) }
          written.made.append(new)
          written.endsWithNew = true
        } else {
          written.known.append(field)
          written.endsWithNew = false
        }
      }
    }
    if written.made.isEmpty { return }
    if !written.known.isEmpty { adoptStyle(of: entry, written, &workspace) }
    workspace.tree.join(written.made)
  }

  /// Writes new entries in the style of the last one that was there: kustomize gives that to the one node
  /// which it hangs into all places, and puts a plain one in quotes when it hangs it into the next
  /// (kyaml/yaml/fns.go `FieldSetter`).
  private func adoptStyle(of entry: Entry, _ written: Written, _ workspace: inout Workspace) {
    let tree = workspace.tree
    let known = written.known.compactMap { tree.field(entry.key, of: $0) }
    guard let last = known.last(where: { !written.made.contains($0) }) else { return }
    let style: Node.Flags = [.quoted, .singleQuoted, .literal, .folded]
    var flags = workspace.tree[last].flags.intersection(style)
    if flags.isEmpty, written.endsWithNew { flags = entry.flags }
    for node in written.made {
      workspace.tree.removeFlags(style, from: node)
      workspace.tree.addFlags(flags, to: node)
    }
    if flags.isEmpty { workspace.history?.noteUnquoted(written.made) }
  }
}
