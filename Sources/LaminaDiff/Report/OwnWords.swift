package import Lamina

/// The words that a root's kustomizations put into names and namespaces, by which one overlay differs from
/// another: `prod-web` in `shop-prod` is to `overlays/prod` what `web` is to its base.
package struct OwnWords: Sendable, Hashable {
  private var namespaces: [[UInt8]] = []
  private var prefixes: [[UInt8]] = []
  private var suffixes: [[UInt8]] = []

  /// No words.
  package init() {}

  /// The words of the layers of some builds.
  package init(_ words: [LayerWords]) {
    namespaces = Self.texts(words.flatMap(\.namespaces))
    prefixes = Self.texts(words.flatMap(\.prefixes))
    suffixes = Self.texts(words.flatMap(\.suffixes))
  }

  /// Longer ones first, so that none is hidden by a part of it.
  private static func texts(_ words: [String]) -> [[UInt8]] {
    Set(texts: words.filter { !$0.isEmpty })
      .sorted { ($1.string.utf8.count, $0) < ($0.string.utf8.count, $1) }
      .map { Array($0.string.utf8) }
  }

  var isEmpty: Bool { namespaces.isEmpty && prefixes.isEmpty && suffixes.isEmpty }

  /// A text without the words: what it has in common with that of another root. Prefixes and suffixes of
  /// names are left out, and a mark stands for a namespace.
  func common(_ text: String) -> String {
    if isEmpty { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let rest = bytes[place...]
      let begins = place == 0 || !Self.isOfName(bytes[place - 1])
      if begins, let word = namespaces.first(where: { Self.isWhole($0, in: rest) }) {
        result.append(1)
        place += word.count
      } else if begins, let word = prefixes.first(where: { rest.starts(with: $0) }) {
        place += word.count
        // A prefix may stand behind another one, as if it began a name.
        while let next = prefixes.first(where: { bytes[place...].starts(with: $0) }) {
          place += next.count
        }
        if place < bytes.count { result.append(bytes[place]) }
        place += 1
      } else if !begins, let word = suffixes.first(where: { Self.isWhole($0, in: rest) }) {
        place += word.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text begins with a word that ends where a name may end.
  private static func isWhole(_ word: [UInt8], in text: ArraySlice<UInt8>) -> Bool {
    guard text.starts(with: word) else { return false }
    let rest = text.dropFirst(word.count)
    return rest.first.map { !isOfName($0) } ?? true
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
