/// A directory as git keeps it.
struct GitTree: Sendable {
  enum Entry: Sendable, Equatable {
    case file(String)
    case link(String)
    case directory(String)
    /// Another repository, at this commit.
    case submodule(String)
  }

  let entries: [String: Entry]

  /// Reads a tree object: for each entry the mode in octal digits, a space, the name, a null byte and the
  /// bytes of the id; nil where it is not that.
  ///
  /// - Parameter idLength: the number of bytes of an id: 20, or 32 in repositories of SHA-256.
  init?(_ bytes: [UInt8], idLength: Int) {
    var entries: [String: Entry] = [:]
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let null = rest[space...].firstIndex(of: 0), rest.endIndex - null > idLength
      else { return nil }
      let name = String(decoding: rest[(space + 1)..<null], as: UTF8.self)
      let id = Self.hexadecimal(rest[(null + 1)...].prefix(idLength))
      switch String(decoding: rest[..<space], as: UTF8.self) {
      case "40000": entries[name] = .directory(id)
      case "120000": entries[name] = .link(id)
      case "160000": entries[name] = .submodule(id)
      default: entries[name] = .file(id)
      }
      rest = rest[(null + 1 + idLength)...]
    }
    self.entries = entries
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
