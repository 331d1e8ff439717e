/// Cuts a label selector into words and signs.
///
/// Words are bytes up to the next sign or space, so that any character of them is kept;
/// `LabelSyntax` judges them later.
struct LabelSelectorLexer {
  enum Token: Equatable {
    case end
    /// A key or a value.
    case word
    case isIn
    case notIn
    case comma
    case not
    case equals
    case doubleEquals
    case notEquals
    case greater
    case less
    case open
    case close
  }

  struct Item {
    let token: Token
    let text: [UInt8]

    /// What the item is where a value or a key may stand: `in` is a word there.
    var asValue: Token { token == .isIn || token == .notIn ? .word : token }
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next item; a NUL ends the text.
  mutating func next() -> Item {
    while let byte = current, Self.isSpace(byte) { index += 1 }
    guard let byte = current else { return Item(token: .end, text: []) }
    if Self.isSign(byte) { return sign(byte) }
    let start = index
    while let byte = current, !Self.isSign(byte), !Self.isSpace(byte) { index += 1 }
    let text = Array(bytes[start..<index])
    if text.elementsEqual("in".utf8) { return Item(token: .isIn, text: text) }
    if text.elementsEqual("notin".utf8) { return Item(token: .notIn, text: text) }
    return Item(token: .word, text: text)
  }

  /// The next byte; nil at the end, or at a NUL.
  private var current: UInt8? {
    guard index < bytes.count, bytes[index] != 0 else { return nil }
    return bytes[index]
  }

  /// The longest sign that begins here.
  private mutating func sign(_ byte: UInt8) -> Item {
    index += 1
    if current == UInt8(ascii: "="), byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!") {
      index += 1
      let token = byte == UInt8(ascii: "=") ? Token.doubleEquals : .notEquals
      return Item(token: token, text: [byte, UInt8(ascii: "=")])
    }
    let token: Token =
      switch byte {
      case UInt8(ascii: "="): .equals
      case UInt8(ascii: "!"): .not
      case UInt8(ascii: "("): .open
      case UInt8(ascii: ")"): .close
      case UInt8(ascii: ","): .comma
      case UInt8(ascii: ">"): .greater
      default: .less
      }
    return Item(token: token, text: [byte])
  }

  /// Bytes that end a word.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: ","), UInt8(ascii: ">"), UInt8(ascii: "<"):
      true
    default: false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }
}
