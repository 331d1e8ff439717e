internal import Lamina

/// A directory as git keeps it.
struct GitTree: Sendable {
  /// What a name stands for, by the mode that git keeps.
  enum Entry: Sendable, Equatable {
    case file(ObjectID)
    case link(ObjectID)
    case directory(ObjectID)
    /// Another repository, at this commit.
    case submodule(ObjectID)
  }

  /// What names an object of git's. Few of those in a tree are ever asked for, and so get digits.
  struct ObjectID: Sendable, Equatable {
    fileprivate let bytes: ArraySlice<UInt8>

    /// In hexadecimal digits.
    var text: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }

  /// By their names, of which each is there once.
  let entries: [ByteText: Entry]

  /// Reads a tree object: for each entry the mode in octal digits, a space, the name, a null byte and the
  /// bytes of the id; nil where it is not that.
  ///
  /// - Parameter idLength: the number of bytes of an id: 20, or 32 in repositories of SHA-256.
  init?(_ bytes: [UInt8], idLength: Int) {
    var entries: [ByteText: Entry] = [:]
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let null = rest[space...].firstIndex(of: 0), rest.endIndex - null > idLength
      else { return nil }
      let name = String(decoding: rest[(space + 1)..<null], as: UTF8.self)
      let id = ObjectID(bytes: rest[(null + 1)...].prefix(idLength))
      let mode = rest[..<space]
      if mode.elementsEqual("40000".utf8) {
        entries[name] = .directory(id)
      } else if mode.elementsEqual("120000".utf8) {
        entries[name] = .link(id)
      } else if mode.elementsEqual("160000".utf8) {
        entries[name] = .submodule(id)
      } else {
        entries[name] = .file(id)
      }
      rest = rest[(null + 1 + idLength)...]
    }
    self.entries = entries
  }
}
