/// Lists and mappings in brackets that end on their line: `[a, "b"]`, `{op: remove, path: /spec/x}`.
extension BlockText {
  /// Reads a list or mapping, and returns the place behind it.
  ///
  /// Whatever could be read in two ways is `Unusual`: a line break, a key without a value, a single
  /// pair in a list, a comma at the end.
  mutating func readBrackets(at first: Int, into tree: inout Tree) throws(Unusual) -> Int {
    let text = lines.text
    bracketDepth += 1
    defer { bracketDepth -= 1 }
    if bracketDepth > Self.mostBrackets { throw Unusual() }
    let isMapping = text[first] == .leftBrace
    let closing = UInt8(ascii: isMapping ? "}" : "]")
    let place = line.place(first)
    try addCollection(isMapping: isMapping, isFlow: true, at: place, to: &tree)
    var index = try content(from: first + 1)
    if text[index] == closing { return index + 1 }
    collections.append(
      Collection(column: place.column, isMapping: isMapping, node: tree.lastNode))
    while true {
      try checkSize(of: tree)
      if isMapping { index = try readKeyInBrackets(at: index, into: &tree) }
      index = try content(from: try readValueInBrackets(at: index, into: &tree))
      if text[index] == closing {
        close(in: &tree)
        return index + 1
      }
      guard text[index] == UInt8(ascii: ",") else { throw Unusual() }
      index = try content(from: index + 1)
    }
  }

  /// Brackets in brackets are read by recursion, and real ones are two or three deep.
  private static let mostBrackets = 16

  /// The next place on the line that is no space.
  ///
  /// - Throws: `Unusual` at the end of the line: brackets over several lines are libyaml's.
  private func content(from place: Int) throws(Unusual) -> Int {
    let first = line.firstNonSpace(from: place)
    guard first < line.end else { throw Unusual() }
    return first
  }

  /// Reads a key with its colon, and returns the place of the value.
  private mutating func readKeyInBrackets(
    at first: Int, into tree: inout Tree
  ) throws(Unusual) -> Int {
    let key = try scalarInBrackets(at: first)
    guard key.end < line.end, lines.text[key.end] == .colon, line.isBlankOrEnd(key.end + 1),
      key.end - first <= BlockLine.longestKey
    else { throw Unusual() }
    try setKey(key, in: &tree)
    return try content(from: key.end + 1)
  }

  /// Reads a value, and returns the place behind it.
  private mutating func readValueInBrackets(
    at first: Int, into tree: inout Tree
  ) throws(Unusual) -> Int {
    switch lines.text[first] {
    case .leftBrace, .leftBracket: return try readBrackets(at: first, into: &tree)
    default:
      let scalar = try scalarInBrackets(at: first)
      addScalar(scalar, to: &tree)
      return scalar.end
    }
  }

  /// A text in quotes without escapes, or a plain one of harmless bytes. Spaces within a plain text
  /// belong to it, those behind it do not.
  private func scalarInBrackets(at first: Int) throws(Unusual) -> BlockLine.Scalar {
    let text = lines.text
    switch text[first] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      let quote = text[first]
      let escape = quote == UInt8(ascii: "\"") ? .backslash : quote
      guard let end = ByteScan(text).first(quote, or: escape, from: first + 1, to: line.end),
        text[end] == quote, end + 1 < line.end, text[end + 1] != quote
      else { throw Unusual() }
      return BlockLine.Scalar(
        start: first, content: (first + 1)..<end,
        style: escape == quote ? .singleQuoted : .doubleQuoted, end: end + 1, ending: .complete)
    case UInt8(ascii: "-"):
      guard first + 1 < line.end, Self.isPlainInBrackets(text[first + 1]) else { throw Unusual() }
    default:
      guard Self.isPlainInBrackets(text[first]) else { throw Unusual() }
    }
    var end = first
    var index = first
    while index < line.end {
      if Self.isPlainInBrackets(text[index]) {
        end = index + 1
      } else if text[index] != .space {
        break
      }
      index += 1
    }
    return BlockLine.Scalar(
      start: first, content: first..<end, style: .plain, end: end, ending: .complete)
  }

  /// Bytes that mean nothing wherever they stand between brackets, but for a dash before a space.
  private static func isPlainInBrackets(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "~"),
      UInt8(ascii: "^"), UInt8(ascii: ";"), 0x80...:
      return true
    default: return false
    }
  }
}
