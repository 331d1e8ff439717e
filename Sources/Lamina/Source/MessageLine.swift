/// A line of a message, as it is shown on a terminal and in a log.
///
/// All that is printed to be read goes through here, in the end: what a message is made of (names, lines of
/// files, what programs say) may come from anyone.
package enum MessageLine {
  /// The characters that a line may have. Longer ones lose their middle: what a message is about stands at
  /// its beginning, and the reason at its end.
  package static let limit = 1000
  /// How many of them are the beginning.
  private static let headLength = 600

  /// A line without control characters, passwords and excess.
  package static func shown(_ text: String) -> String {
    let length = text.utf8.count
    if length <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != colon }) {
      return text
    }
    let shown = ShownText.line(AddressUser.masked(cut(text)))
    // Escapes are longer than what they stand for.
    return cut(shown)
  }

  /// A text with a colon may hold an address with a user.
  private static let colon = UInt8(ascii: ":")

  /// Counted in characters, not in bytes, so that no character is cut.
  private static func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > limit, scalars.count > limit else { return text }
    let head = scalars.prefix(headLength)
    let tail = scalars.suffix(limit - headLength - 3)
    return "\(Substring(head)) … \(Substring(tail))"
  }
}
