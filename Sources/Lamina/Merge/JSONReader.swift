/// Reads JSON text into a tree, in JSON form (see `JSONTrip`).
///
/// A patch that begins with `[` is given to Go's `encoding/json` as it is, which takes nothing but
/// JSON: no comments, no single quotes, no comma behind the last element. Strings that a patch spells
/// otherwise than Go would keep their spelling and the tag `custom`, since `test` compares spellings.
///
/// This is a reader of its own, beside the one for YAML, because YAML accepts more than JSON and
/// its scalars mean something else. Error texts follow those of Go's scanner; hints name the
/// mistakes that people make when they write a patch by hand. A missing bracket or quote is
/// reported where it was opened, since Go's "unexpected end of JSON input" helps nobody.
struct JSONReader {
  /// The levels that Go's reader reads (encoding/json scanner.go `maxNestingDepth`).
  static let maximumDepth = 10_000

  /// The whole file, in UTF-8. Bytes that are not valid UTF-8 are taken as they are here;
  /// `JSONString.decoded` replaces them as Go does.
  private let bytes: [UInt8]
  /// The next byte to read.
  private var index = 0
  /// The number of open brackets.
  private var depth = 0
  private var locator: Locator

  /// Reads the one value of a file.
  ///
  /// - Throws: at the first byte that is not JSON, also after the value: a file holds one value and
  ///   spaces.
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

  /// Reads a value that begins at `index`; leading spaces are skipped by the caller. Zero stands
  /// for the end of the file and is no beginning of a value.
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

  /// Reads a mapping. Of a key that stands twice the last value wins, at the place of the last, as
  /// `encoding/json` reads objects into Go maps.
  private mutating func object(
    into tree: inout Tree, at position: Position
  ) throws(Problem) -> NodeID {
    let mapping = tree.addMapping(at: position)
    // The last value of each key. It is needed only for repeated keys, which the counts below
    // reveal.
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

  /// Reads a list.
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

  /// Passes an opening bracket and the spaces behind it.
  private mutating func open() throws(Problem) {
    depth += 1
    if depth > Self.maximumDepth {
      throw .tooDeepJSON(at: locator.position(of: index, in: bytes))
    }
    index += 1
    skipSpace()
  }

  /// Passes a closing bracket, and returns the collection that it ends.
  private mutating func close(_ node: NodeID) -> NodeID {
    depth -= 1
    index += 1
    return node
  }

  // MARK: - Scalars

  /// Reads a string that is a value. If Go would spell it another way, the token itself is kept,
  /// quotes included, with the tag `custom`: `test` compares spellings, `JSONTrip.unmarshal`
  /// decodes it.
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
  ///
  /// The escapes are checked and not decoded. A control character is an error, as in JSON; a line
  /// break among them means that the closing quote is missing.
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

  /// Passes what follows a backslash. A lone half of a surrogate pair is accepted, and decoded to
  /// the replacement character later.
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

  /// Reads a number and keeps its text. JSON allows neither a leading `+` or zero nor a dot without
  /// digits on both sides; a zero that digits follow is read as `0`, and the digits are what
  /// "follows the value".
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

  /// Passes at least one digit.
  private mutating func skipDigits() throws(Problem) {
    let start = index
    while bytes.span.isDigit(at: index) { index += 1 }
    if index == start { throw unexpected("in numeric literal") }
  }

  /// Reads `true`, `false` or `null`, of which the first letter has been seen. The error names the
  /// word as Go does: "invalid character 'x' in literal true".
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

  /// The next byte; nil at the end of the file.
  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Only these four bytes are space in JSON; a no-break space or a byte order mark is an error.
  private mutating func skipSpace() {
    while let byte = current,
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    { index += 1 }
  }

  /// The problem with the next byte: at the end of the file the innermost open bracket is reported
  /// instead.
  ///
  /// - Parameter context: Go's words for what the reader was doing (encoding/json scanner.go).
  private mutating func unexpected(_ context: String) -> Problem {
    let position = locator.position(of: index, in: bytes)
    guard current != nil else {
      let bracket = TextOutline(bytes[...]).innermostBracket(before: bytes.count)
      return bracket.map { .openBracket($0.isMapping, at: place(of: $0.open)) }
        ?? .endOfJSON(at: position)
    }
    // Four bytes hold the longest UTF-8 character; only the first scalar is named.
    let following = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    return .unexpectedInJSON(String(following.unicodeScalars.prefix(1)), context, at: position)
  }

  // MARK: - Mistakes

  /// The position of a byte that has been passed.
  ///
  /// `locator` only moves forward, so another one begins anew: this costs a pass over the file,
  /// once an error.
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
///
/// A value is located as it is read, so the total work is linear in the size of the file.
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
      // Continuation bytes of UTF-8 belong to the character before them.
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
