/// The first byte of a text that is not UTF-8, and what to say of it.
struct InvalidByte {
  /// In the slice that was given.
  let offset: Int
  private let byte: UInt8

  /// Nil where the whole text is UTF-8.
  init?(in text: ArraySlice<UInt8>) {
    var index = text.startIndex
    while index < text.endIndex {
      let width = Self.width(ofCharacter: text[index...].prefix(4))
      if width == 0 {
        (offset, byte) = (index, text[index])
        return
      }
      index += width
    }
    return nil
  }

  /// The bytes of the character that a text begins with; 0 where it begins with none.
  private static func width(ofCharacter bytes: ArraySlice<UInt8>) -> Int {
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return 0 }
    return UTF8.width(scalar)
  }

  var message: String { "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8" }

  /// Old files are mostly Latin-1, in which every byte is a character: showing it helps to find the
  /// place.
  var hint: String {
    // 0x80 to 0x9F are control characters in Latin-1.
    let character = byte >= 0xA0 ? "in Latin-1 it is \"\(Unicode.Scalar(byte))\"; " : ""
    return "\(character)save the file as UTF-8"
  }
}
