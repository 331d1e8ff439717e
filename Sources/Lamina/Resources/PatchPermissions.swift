/// What a strategic merge patch may change besides content: `options` of an entry of `patches`.
///
/// kustomize notes it among the annotations of the patch (resource/resource.go `AllowNameChange`), from where the merge
/// takes it into those of the object.
struct PatchPermissions: OptionSet, Sendable {
  let rawValue: UInt8

  static let nameChange = PatchPermissions(rawValue: 1)
  static let kindChange = PatchPermissions(rawValue: 2)

  /// Each with its note, in the order in which kustomize writes them.
  static var all: [(permission: PatchPermissions, note: BuildNoteAnnotations.Note)] {
    [(.nameChange, .allowNameChange), (.kindChange, .allowKindChange)]
  }

  /// The text of each note.
  static let word = "enabled"

  var notes: [BuildNoteAnnotations.Note] {
    Self.all.filter { contains($0.permission) }.map(\.note)
  }
}
