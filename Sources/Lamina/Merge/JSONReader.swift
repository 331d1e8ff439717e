/// Reads JSON text into a tree, in JSON form (see `JSONTrip`).
///
/// A patch that begins with `[` is given to Go's `encoding/json` as it is, which takes nothing but
/// JSON: no comments, no single quotes, no comma behind the last element. Strings that a patch spells
/// otherwise than Go would keep their spelling and the tag `custom`, since `test` compares spellings.
struct JSONReader {
  /// The levels that Go's reader reads (encoding/json scanner.go `maxNestingDepth`).
  static let maximumDepth = 10_000

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0
  private var locator: Locator

  /// Reads the one value of a file.
  static func document(
    ofFile file: Int, into tree: inout Tree, sources: SourceMap
  ) throws(Problem) -> NodeID {
    var reader = JSONReader(
      bytes: sources.files[file].bytes, locator: Locator(lines: sources.lines(ofFile: file)))
    reader.skipSpace()
    let node = try reader.value(into: &tree)
    reader.skipSpace()
    if reader.index < reader.bytes.count { throw reader.unexpected("after top-level value") }
    return node
  }

  private init(bytes: [UInt8], locator: Locator) {
    self.bytes = bytes
    self.locator = locator
  }

  private mutating func value(into tree: inout Tree) throws(Problem) -> NodeID {
    let position = locator.position(of: index, in: bytes)
    try tree.stack.check(at: position)
    try tree.checkSize(at: position)
    switch current ?? 0 {
    case UInt8(ascii: "{"): return try object(into: &tree, at: position)
    case UInt8(ascii: "["): return try array(into: &tree, at: position)
    case UInt8(ascii: "\""): return try string(into: &tree, at: position)
    case UInt8(ascii: "t"): return try word("true", .bool, into: &tree, at: position)
    case UInt8(ascii: "f"): return try word("false", .bool, into: &tree, at: position)
    case UInt8(ascii: "n"): return try word("null", .null, into: &tree, at: position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number(into: &tree, at: position)
    default: throw unexpected("looking for beginning of value").hinting(trailingComma)
    }
  }

  // MARK: - Collections

  private mutating func object(
    into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    let mapping = tree.addMapping(at: position)
    var fields: [Symbol: NodeID] = [:]
    try open()
    if current == UInt8(ascii: "}") { return close(mapping) }
    while true {
      guard current == UInt8(ascii: "\"") else {
        throw unexpected("looking for beginning of object key string").hinting(trailingComma)
      }
      let token = try stringToken()
      let key = tree.symbols.intern(JSONString.decoded(bytes.span.extracting(token))[...])
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw unexpected("after object key") }
      index += 1
      skipSpace()
      let value = try value(into: &tree)
      tree.renameKey(key, of: value)
      fields[key] = value
      tree.append(value, to: mapping)
      skipSpace()
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else { throw missingComma("after object key:value pair") }
      index += 1
      skipSpace()
    }
    // Of a key that stands twice, the last one wins.
    if fields.count < tree.count(of: mapping) {
      tree.removeChildren(of: mapping) { tree, child in fields[tree.key(child)] != child }
    }
    return close(mapping)
  }

  private mutating func array(
    into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    let sequence = tree.addSequence(at: position)
    try open()
    if current == UInt8(ascii: "]") { return close(sequence) }
    while true {
      tree.append(try value(into: &tree), to: sequence)
      skipSpace()
      if current == UInt8(ascii: "]") { return close(sequence) }
      guard current == UInt8(ascii: ",") else { throw missingComma("after array element") }
      index += 1
      skipSpace()
    }
  }

  private mutating func open() throws(Problem) {
    depth += 1
    if depth > Self.maximumDepth {
      throw .tooDeepJSON(at: locator.position(of: index, in: bytes))
    }
    index += 1
    skipSpace()
  }

  private mutating func close(_ node: NodeID) -> NodeID {
    depth -= 1
    index += 1
    return node
  }

  // MARK: - Scalars

  private mutating func string(
    into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    let range = try stringToken()
    let token = bytes.span.extracting(range)
    let text = JSONString.decoded(token)
    var canonical: [UInt8] = []
    appendJSONString(text.span, to: &canonical)
    if canonical.elementsEqual(bytes[range]) {
      return tree.addScalar(text.span, tag: .string, at: position)
    }
    return tree.addScalar(token, tag: .custom, at: position)
  }

  /// Goes over a string and gives where it stands, quotes included.
  private mutating func stringToken() throws(Problem) -> Range<Int> {
    let start = index
    index += 1
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte < 0x20 {
        throw byte == 0x0A || byte == 0x0D ? openString(start) : unexpected("in string literal")
      }
      index += 1
      if byte == UInt8(ascii: "\\") { try skipEscape() }
    }
    guard current != nil else { throw openString(start) }
    index += 1
    return start..<index
  }

  private mutating func skipEscape() throws(Problem) {
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
    case UInt8(ascii: "u"):
      index += 1
      for _ in 0..<4 {
        guard let byte = current, JSONString.hexDigit(byte) != nil else {
          throw unexpected("in \\u hexadecimal character escape")
        }
        index += 1
      }
    default: throw unexpected("in string escape code")
    }
  }

  private mutating func number(
    into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    let start = index
    var tag = ScalarTag.integer
    if current == UInt8(ascii: "-") { index += 1 }
    if current == UInt8(ascii: "0") { index += 1 } else { try skipDigits() }
    if current == UInt8(ascii: ".") {
      tag = .float
      index += 1
      try skipDigits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      tag = .float
      index += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
      try skipDigits()
    }
    return tree.addScalar(bytes.span.extracting(start..<index), tag: tag, at: position)
  }

  private mutating func skipDigits() throws(Problem) {
    let start = index
    while bytes.span.isDigit(at: index) { index += 1 }
    if index == start { throw unexpected("in numeric literal") }
  }

  private mutating func word(
    _ word: String, _ tag: ScalarTag, into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    for byte in word.utf8 {
      guard current == byte else { throw unexpected("in literal \(word)") }
      index += 1
    }
    return tree.addScalar(word, tag: tag, at: position)
  }

  // MARK: - Bytes

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = current,
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    { index += 1 }
  }

  private mutating func unexpected(_ context: String) -> Problem {
    let position = locator.position(of: index, in: bytes)
    guard current != nil else {
      let bracket = TextOutline(bytes[...]).innermostBracket(before: bytes.count)
      return bracket.map { .openBracket($0.isMapping, at: place(of: $0.open)) }
        ?? .endOfJSON(at: position)
    }
    let following = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    return .unexpectedInJSON(String(following.unicodeScalars.prefix(1)), context, at: position)
  }

  // MARK: - Mistakes

  /// The position of a byte that has been passed.
  private func place(of offset: Int) -> Position {
    var locator = Locator(lines: locator.lines)
    return locator.position(of: offset, in: bytes)
  }

  private func openString(_ start: Int) -> Problem { .openQuote(at: place(of: start)) }

  /// Something else than a comma follows a value. A bracket of the other kind on a later line closes one
  /// further out, and the innermost has been left open.
  private mutating func missingComma(_ context: String) -> Problem {
    let problem = unexpected(context)
    let outline = TextOutline(bytes[..<index])
    guard let byte = current, let bracket = outline.innermostBracket(before: index) else {
      return problem
    }
    let isClosing = byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    if isClosing, bytes[bracket.open..<index].contains(0x0A) {
      return .openBracket(bracket.isMapping, at: place(of: bracket.open))
    }
    return problem.hinting("expected \",\" or \"\(bracket.isMapping ? "}" : "]")\"")
  }

  /// JSON has no comma behind the last element.
  private var trailingComma: String? {
    guard let byte = current, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}"),
      bytes[..<index].last(where: { $0 > 0x20 }) == UInt8(ascii: ",")
    else { return "a patch that begins with [ has to be JSON, not YAML" }
    return "JSON has no comma behind the last element"
  }
}

/// Gives offsets of a file their positions, which count columns in characters.
///
/// Offsets have to come in rising order: each byte is looked at once.
private struct Locator {
  let lines: SourceLines
  private var line = 0
  private var offset = 0
  private var column = 0

  init(lines: SourceLines) { self.lines = lines }

  mutating func position(of wanted: Int, in bytes: [UInt8]) -> Position {
    while line + 1 < lines.starts.count, Int(lines.starts[line + 1]) <= wanted {
      line += 1
      offset = Int(lines.starts[line])
      column = 0
    }
    while offset < wanted, offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 { column += 1 }
      offset += 1
    }
    return lines.position(line: line, column: column)
  }
}

extension Problem {
  fileprivate static func endOfJSON(at position: Position) -> Problem {
    Problem(.jsonEndsEarly, "malformed JSON: unexpected end of JSON input", at: position)
  }

  fileprivate static func openBracket(_ isMapping: Bool, at position: Position) -> Problem {
    let (open, close) = isMapping ? ("{", "}") : ("[", "]")
    return Problem(
      .jsonEndsEarly, "malformed JSON: this \"\(open)\" is never closed", at: position,
      hint: "add \"\(close)\"")
  }

  fileprivate static func openQuote(at position: Position) -> Problem {
    Problem(
      .malformedJson, "malformed JSON: this quote is not closed on its line", at: position)
  }

  fileprivate static func unexpectedInJSON(
    _ character: String, _ context: String, at position: Position
  ) -> Problem {
    Problem(
      .malformedJson, "malformed JSON: invalid character '\(character)' \(context)", at: position)
  }

  fileprivate static func tooDeepJSON(at position: Position) -> Problem {
    Problem(
      .jsonTooDeep, "more than \(JSONReader.maximumDepth) levels of nesting", at: position)
  }
}
