/// Which annotations of an object stand behind the notes that kustomize writes among them.
///
/// The notes are written when the name or the namespace changes for the first time. Edits stand in the
/// ledger in the order in which they were made, but only the last one that wrote a value is known.
struct NoteOrder {
  private let file: Int?
  /// How often the name, the namespace or the kind has changed.
  private let changeCount: Int
  /// The last edit that changed the name or the namespace.
  private let lastChange: EditID?

  init(_ resource: Resource, _ workspace: Workspace) {
    let tree = workspace.tree
    file = workspace.sources.textPlace(of: tree.position(resource.root))?.file
    changeCount = resource.formerIDs.count
    let metadata = tree.field(.metadata, of: resource.root)
    lastChange = [Symbol.name, .namespace].compactMap { key in
      metadata.flatMap { tree.field(key, of: $0) }.flatMap { tree.writer($0).edit }
    }.max { $0.raw < $1.raw }
  }

  /// Whether an annotation was added after the notes; nil where that is not known.
  func isBehindNotes(_ entry: NodeID, _ workspace: Workspace) -> Bool? {
    let tree = workspace.tree
    if let edit = tree.writer(entry).edit {
      guard let lastChange else { return true }
      if edit.raw > lastChange.raw { return true }
      return changeCount > 1 ? nil : false
    }
    guard let place = workspace.sources.textPlace(of: tree.position(entry)) else { return true }
    if workspace.sources.files[place.file].isConfiguration { return true }
    if place.file == file || changeCount == 0 { return false }
    return isBehindNotes(patch: workspace.sources.files[place.file].path, tree.ledger)
  }

  /// Whether the patch of a file was applied after the notes were written: by a layer above the one that
  /// changed the name. In its own layer, patches come before names.
  private func isBehindNotes(patch path: String, _ ledger: Ledger) -> Bool? {
    guard let lastChange else { return nil }
    let directory = Path.directory(path)
    let way = ledger.way(from: ledger[lastChange].visit).map(\.directory)
    if way.dropFirst().contains(directory) { return true }
    let isBelow = ledger.visits.contains { $0.directory == directory }
    return isBelow && changeCount == 1 ? false : nil
  }
}
