/// Messages about lines that hold values of Secrets.
extension SecretLines {
  /// A text of a message about a line without the value that stands there, which may go on below.
  func hiding(_ text: String, at number: Int) -> String {
    guard lines.indices.contains(number) else { return text }
    let own = known(number)
    var values = own.quotable
    var words = [own.words]
    let indent = Self.indentOfValue(on: lines[number])
    let below = lines[(number + 1)...].prefix { $0.isEmpty || Self.indent(of: $0) > indent }
    let shown = Set(below.indices.prefix(Self.mostLines))
      .union(below.indices.suffix(Self.mostLines))
    for next in shown {
      // Of a text of several lines all is secret, even if it looks like keys.
      let line = known(next)
      if line.value != nil {
        values += line.quotable + Self.quotable(Self.content(of: lines[next]))
        words.append(line.words)
      }
    }
    if own.value == nil, words.count == 1 { return text }
    var result = text[...]
    for value in values.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      result = Self.replacing(value, in: result)[...]
    }
    return Self.hidingQuotations(of: words, in: result)
  }

  /// What is deeper than this belongs to the value that begins on a line: a text behind the dash of a list goes on at the
  /// column where it begins.
  private static func indentOfValue(on line: Substring) -> Int {
    let isText = content(of: line).first.map { "|>\"'&!".contains($0) } ?? false
    return isText ? line.prefix { $0 == " " }.count : indent(of: line)
  }

  /// A message shows the beginning and the end of a long text.
  private static let mostLines = 100

  /// The ways in which a message may quote a value. Shorter ones would be found in its words.
  static func quotable(_ value: Substring) -> [Substring] {
    let signs = "\"' \t,[]{}"
    var end = value.endIndex
    while end > value.startIndex, signs.contains(value[value.index(before: end)]) {
      end = value.index(before: end)
    }
    var bare = value[..<end].drop { signs.contains($0) }
    // Tags and anchors are no part of the value.
    while bare.first == "!" || bare.first == "&" {
      bare = bare.drop { $0 != " " }.drop { signs.contains($0) }
    }
    let word = bare.prefix { $0 != " " }
    return [value, bare, word].filter { (4...longestQuotation).contains($0.utf8.count) }
  }

  private static func replacing(_ value: Substring, in text: Substring) -> String {
    var result = ""
    var rest = text
    while !rest.isEmpty {
      if rest.begins(with: value) {
        result += mask
        rest = rest.dropFirst(value.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// Messages quote no longer texts whole.
  private static let longestQuotation = 65_536

  // MARK: - Parts of values

  /// A message quotes one of several values that stand on a line, as literals in brackets do.
  private static func hidingQuotations(of words: [Set<ByteText>], in text: Substring) -> String {
    var result = ""
    var rest = text
    while let start = rest.firstIndex(where: { $0 == "\"" || $0 == "`" }) {
      let behind = rest.index(after: start)
      guard let end = rest[behind...].firstIndex(of: rest[start]) else { break }
      let quoted = Self.words(in: rest[behind..<end])
      let isHidden = words.contains { !$0.isDisjoint(with: quoted) }
      result += rest[...start]
      result += isHidden ? mask[...] : rest[behind..<end]
      result.append(rest[end])
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// The words of a value that are long enough for a secret and no keys.
  static func words(in value: Substring) -> Set<ByteText> {
    let bytes = Array(value.utf8)
    var words: Set<ByteText> = []
    var start = 0
    while start < bytes.count {
      guard isWordByte(bytes[start]) else {
        start += 1
        continue
      }
      let end = bytes[start...].firstIndex { !isWordByte($0) } ?? bytes.count
      var next = end
      while next < bytes.count, "\"' ".utf8.contains(bytes[next]) { next += 1 }
      let isKey = next < bytes.count && "=:".utf8.contains(bytes[next])
      if end - start >= 4, !isKey {
        words.insert(String(decoding: bytes[start..<end], as: UTF8.self))
      }
      start = end
    }
    return words
  }
}
