/// What stands in texts and may be a path: in entries, in patches, and in comments.
///
/// A file or directory that is named anywhere counts as used, since a reader who names it has thought of it.
struct PathMentions {
  /// The last parts of paths, each with the number of a text that has it; nil where several have it.
  private var lastParts: [ByteText: Int?] = [:]
  /// The last two parts of paths.
  private var lastPairs: Set<ByteText> = []
  /// For each text, the last parts in it.
  private var byText: [Set<ByteText>] = []

  init(in texts: [[UInt8]]) {
    for (number, text) in texts.enumerated() {
      var own: Set<ByteText> = []
      for word in text.split(whereSeparator: { !Self.isPart($0) }) {
        let parts = word.split(separator: UInt8(ascii: "/")).suffix(2)
          .map { String(decoding: $0, as: UTF8.self) }
        guard let last = parts.last else { continue }
        own.insert(last)
        if parts.count > 1 { lastPairs.insert(parts.joined(separator: "/")) }
      }
      for part in own.lazy.map(\.string) {
        if lastParts.updateValue(number, forKey: part) != nil {
          lastParts.updateValue(nil, forKey: part)
        }
      }
      byText.append(own)
    }
  }

  /// Whether a text has a path that ends with this part.
  func isNamed(_ part: String, inText number: Int) -> Bool {
    byText.indices.contains(number) && byText[number].contains(part)
  }

  /// Whether any text has a path that ends with these two parts.
  func isNamed(_ part: String, in directory: String) -> Bool {
    lastPairs.contains("\(directory)/\(part)")
  }

  /// Whether any text but one has a path that ends with this part.
  func isNamed(_ part: String, outsideText number: Int) -> Bool {
    lastParts[part].map { $0 != number } ?? false
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "~"),
      UInt8(ascii: "@"), 0x80...:
      true
    default: false
    }
  }
}
