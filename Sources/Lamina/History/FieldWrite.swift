/// One thing that happened to a value of a rendered resource: a file held it, a patch changed it, a prefix was put
/// before it.
package struct FieldWrite: Sendable {
  /// A layer on the way to the root, and the entry that names it.
  package struct Layer: Sendable, Equatable {
    /// The directory as messages call it.
    @ByteText package private(set) var directory: String
    /// Nil for the root.
    package let asked: Diagnostic.Location?
    let position: Position
  }

  /// Another value that this one repeats.
  package struct Followed: Sendable {
    /// The place of its object in the rendering; nil for one that is not part of it.
    package let resource: Int?
    package let path: [FieldStep]
    /// The text that the other value went back to.
    package let place: Diagnostic.Location?
  }

  /// What wrote the value, by the name of the field of a kustomization; `resources` for a value of a file.
  package let kind: String
  /// The operation of a JSON patch.
  package let operation: Operation?
  /// The text of a scalar after the write; nil for a collection.
  package let text: String?
  /// Where a file holds the value that was written; nil for a value that the build made.
  package let place: Diagnostic.Location?
  /// The entry of a kustomization that asks for the write.
  package let entry: Diagnostic.Location?
  /// From the layer of the entry up to the root; none for what is done at the end of the build.
  package let layers: [Layer]
  package let followed: Followed?
  /// The value, or a part of it, was copied from the data of a Secret.
  package let isSecret: Bool
  /// What the lines of files are compared with (see `SourceLine`).
  let positions: Positions
  /// The number of the edit, of which all writes have the same entry and layers; nil where they may differ.
  package let edit: Int?

  package struct Operation: Sendable {
    package let word: String
    package let place: Diagnostic.Location?
  }

  struct Positions: Sendable {
    let value: Position?
    /// The text of which the value is a copy.
    let copied: Position?
    let operation: Position?
    let entry: Position?
    /// The mappings of the entry that have a say in it.
    let parts: [Position]
  }

  /// The same for another value that the file of the object holds.
  func ofFile(
    text: String?, place: Diagnostic.Location?, position: Position?, isSecret: Bool
  ) -> FieldWrite {
    FieldWrite(
      kind: kind, operation: nil, text: text, place: place, entry: entry, layers: layers,
      followed: nil, isSecret: isSecret,
      positions: Positions(
        value: position, copied: nil, operation: nil, entry: positions.entry, parts: []),
      edit: edit)
  }

  /// The most exact place that the write goes back to.
  package var origin: Diagnostic.Location? { place ?? operation?.place ?? entry }
}
