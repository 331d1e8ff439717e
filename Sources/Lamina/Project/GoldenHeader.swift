/// The first line of a golden file, by which it is known to be one.
///
/// Only files with such a line are ever replaced or removed, and no rule takes one for an object that was forgotten.
package struct GoldenHeader {
  /// The root's path from the project's directory.
  package let key: String

  private static let start = "# Rendered from "
  private static let end = " by `render golden update`; do not edit.\n"

  package init(key: String) { self.key = key.onOneLine }

  /// Reads the first line of a file; nil where it says something else.
  package init?(_ file: [UInt8]) {
    guard let feed = file.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = String(decoding: file[...feed], as: UTF8.self)
    guard line.begins(with: Self.start), line.ends(with: Self.end),
      line.utf8.count > Self.start.utf8.count + Self.end.utf8.count
    else { return nil }
    key = String(line.dropFirst(Self.start.count).dropLast(Self.end.count))
  }

  package var bytes: [UInt8] { Array("\(Self.start)\(key)\(Self.end)".utf8) }

  /// A golden file with an empty line in the place of its header, so that lines keep their numbers.
  package static func blanked(in file: [UInt8]) -> ArraySlice<UInt8> {
    GoldenHeader(file) == nil ? file[...] : file.drop { $0 != UInt8(ascii: "\n") }
  }
}
