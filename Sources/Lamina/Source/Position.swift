/// A place in one of the build's files, in four bytes.
///
/// The number counts through all files of a build: each file owns a range of it (see `SourceMap`),
/// and within that range it is the offset of the line's first byte plus the column in characters.
/// A node can so carry its place for the price of a `UInt32`; file, line and column are worked out
/// only when they are printed. The upper half of the numbers is left to edits (see `Writer`).
struct Position: Hashable, Sendable {
  let raw: UInt32

  /// A value that no file holds: something the build made itself.
  static let none = Position(raw: 0)
}

/// A position in the words of a person: file, line and column, the latter two counted from 1.
struct Place: Equatable, Sendable {
  @ByteText var path: String
  let line: Int
  let column: Int
}
