/// What wrote a value, in four bytes: a place in a file that holds the value as it was read, or an edit
/// that the build made.
///
/// The upper half of the numbers belongs to edits (`Ledger`), the lower half to positions (`SourceMap`).
struct Writer: Equatable, Sendable {
  let raw: UInt32

  /// The bit that tells edits from positions.
  fileprivate static let edits: UInt32 = 1 << 31

  /// A value that a file holds.
  init(_ position: Position) { raw = position.raw }

  init(_ edit: EditID) { raw = edit.raw | Self.edits }

  /// A value that no file holds and no edit of the user's made.
  static let none = Writer(Position.none)

  /// Where a file holds the value; nil for a value that an edit made.
  var position: Position? { raw & Self.edits == 0 ? Position(raw: raw) : nil }

  /// The edit that made the value; nil for a value as it was read.
  var edit: EditID? { raw & Self.edits == 0 ? nil : EditID(raw: raw & ~Self.edits) }
}

/// An edit by its number in the ledger of the build.
struct EditID: Hashable, Sendable {
  let raw: UInt32
}

extension Position {
  /// Positions end here: what is above stands for edits.
  static let end = Position(raw: Writer.edits - 1)
}
