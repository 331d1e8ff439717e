/// The values of the Secrets of a build, to know them again where a message quotes them: `SecretLines` looks at the
/// lines that a message is about, but a value that a replacement has taken elsewhere is complained of there.
///
/// In doubt too much is masked, as in lines.
struct SecretTexts: Sendable {
  /// The values, encoded as they stand in the objects, decoded, and without blanks around them.
  private var texts: Set<ByteText> = []

  var isEmpty: Bool { texts.isEmpty }

  mutating func insert(_ value: String) {
    texts.insert(value)
    texts.insert(Self.trimmed(value[...]))
    texts.remove("")
  }

  // MARK: - Messages

  /// A text of a message without the values that it quotes.
  func hiding(_ text: String) -> String {
    if texts.isEmpty { return text }
    let bytes = Array(text.utf8)
    // From the front; of those that begin at one place, the longest first.
    let found = (quotations(in: bytes) + numbers(in: bytes)).filter { isSecret(bytes[$0]) }
      .sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    if found.isEmpty { return text }
    var result = ""
    var end = 0
    for range in found where range.lowerBound >= end {
      result += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self) + SecretLines.mask
      end = range.upperBound
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }

  private func isSecret(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return texts.contains(text) || texts.contains(Self.trimmed(text[...]))
  }

  /// What stands between two quotes of one kind, which may have others between them. Between backquotes messages put
  /// values and nothing else; between others also names and words, of which short ones are no secrets.
  private func quotations(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for (quote, least) in [(UInt8(ascii: "`"), 1), (UInt8(ascii: "\""), 4), (UInt8(ascii: "'"), 4)]
    {
      let places = bytes.indices.filter { bytes[$0] == quote }
      for (number, start) in places.enumerated() {
        for end in places[(number + 1)...].prefix(Self.mostQuotes)
        where end - start - 1 >= least {
          ranges.append(start + 1..<end)
        }
      }
    }
    return ranges
  }

  /// A message with more quotes than these was not written by anybody.
  private static let mostQuotes = 64

  /// Long numbers, which stand without quotes.
  private func numbers(in bytes: [UInt8]) -> [Range<Int>] {
    let digits = Array("0123456789.eE+-".utf8)
    return bytes.indices.split { !digits.contains(bytes[$0]) }
      .filter { $0.count >= 4 }.map { $0.startIndex..<$0.endIndex }
  }

  /// Files that hold a password mostly end with a line feed.
  private static func trimmed(_ text: Substring) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = text.utf8
    guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(Substring(bytes[...last].drop(while: isBlank)))
  }
}
