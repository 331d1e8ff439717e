/// Reads the part of YAML that nearly all manifests are written in, line by line, and ten times as fast
/// as libyaml.
///
///     kind: Deployment            keys with a text behind them, plain or in quotes
///     metadata: {}                empty brackets
///     spec:
///       containers:
///       - name: web               lists, indented or not
///         args: |-                literal blocks
///           a
///
/// Whatever is not certain to be that (anchors, tags, escapes in double quotes, what is not ASCII, and
/// whatever may be a mistake) is `Unusual`: then libyaml reads the document from its beginning. So this
/// reader has no errors of its own, and whatever it accepts must come out as libyaml has it; to that
/// `BlockTextTests` holds it.
struct BlockText {
  /// There is something that libyaml has to look at.
  struct Unusual: Error {}

  typealias Text = UnsafeBufferPointer<UInt8>

  /// A mapping or a list that is still open.
  struct Collection {
    let column: Int
    let isMapping: Bool
  }

  /// A place in the text.
  struct Place {
    let line: Int
    let column: Int
  }

  let text: Text
  private(set) var collections: ContiguousArray<Collection> = []
  private var hasRoot = false
  /// There is a key or a dash without a value, which would be null and stand here.
  private var missingValue: Place?
  /// The line that is being read: its number, its first byte, and its line feed.
  var line = 0
  var start = 0
  var end = 0

  /// libyaml gives up on keys of more than 1024 characters.
  private static let longestKey = 1000

  init(_ text: Text) { self.text = text }

  /// Hands the whole document to a reader.
  mutating func read(by reader: inout YAMLReader, into tree: inout Tree) throws(Unusual) {
    guard !text.isEmpty else { return }
    guard text[text.count - 1] == .lineFeed, text.isPrintableASCII else { throw Unusual() }
    moveToLine(0, at: 0)
    let hasMark = end == 3 && isMark && text[0] == .dash
    if hasMark { moveToNextLine() }
    while start < text.count {
      let first = firstNonSpace(from: start)
      if first < end, text[first] != .hash { try readLine(at: first, by: &reader, into: &tree) }
      moveToNextLine()
    }
    // An empty document behind a mark is null, without one it is none.
    guard hasRoot || !hasMark else { throw Unusual() }
    try endMissingValue(by: &reader, into: &tree)
    while !collections.isEmpty { try close(by: &reader, into: &tree) }
  }

  // MARK: - Lines

  /// The line begins with the mark before or behind a document.
  private var isMark: Bool {
    guard end - start >= 3 else { return false }
    let byte = text[start]
    return (byte == .dash || byte == .dot) && text[start + 1] == byte && text[start + 2] == byte
  }

  func moveEnd(from start: Int) -> Int {
    ByteScan(text).first(.lineFeed, from: start) ?? text.count
  }

  mutating func moveToLine(_ number: Int, at place: Int) {
    line = number
    start = place
    end = moveEnd(from: place)
  }

  private mutating func moveToNextLine() { moveToLine(line + 1, at: end + 1) }

  func firstNonSpace(from place: Int) -> Int {
    var place = place
    while place < end, text[place] == .space { place += 1 }
    return place
  }

  private func isBlankOrEnd(_ place: Int) -> Bool { place >= end || text[place] == .space }

  func place(_ index: Int) -> Place { Place(line: line, column: index - start) }

  private mutating func readLine(
    at first: Int, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    if first == start, isMark { throw Unusual() }
    if text[first] == .dash, isBlankOrEnd(first + 1) {
      try goTo(first, isDash: true, by: &reader, into: &tree)
      return try readElement(at: first, by: &reader, into: &tree)
    }
    let scalar = try scalar(at: first)
    if scalar.ending == .key {
      try goTo(first, isDash: false, by: &reader, into: &tree)
      return try readField(scalar, by: &reader, into: &tree)
    }
    // A text below its key.
    guard missingValue != nil, let innermost = collections.last, first - start > innermost.column
    else { throw Unusual() }
    missingValue = nil
    try readText(scalar, by: &reader, into: &tree)
  }

  /// Closes the collections that end before a line, and opens the one that begins with it.
  private mutating func goTo(
    _ first: Int, isDash: Bool, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    let column = first - start
    guard let innermost = collections.last else {
      if hasRoot { throw Unusual() }
      hasRoot = true
      return try open(isMapping: !isDash, at: first, by: &reader, into: &tree)
    }
    if missingValue != nil {
      // The dashes of a list may stand under the first letter of its key.
      let isBelow = isDash && innermost.isMapping && column == innermost.column
      if column > innermost.column || isBelow {
        missingValue = nil
        return try open(isMapping: !isDash, at: first, by: &reader, into: &tree)
      }
      try endMissingValue(by: &reader, into: &tree)
    }
    while let last = collections.last, column < last.column || endsHere(column, isDash) {
      try close(by: &reader, into: &tree)
    }
    guard let last = collections.last, last.column == column, last.isMapping != isDash else {
      throw Unusual()
    }
  }

  /// The innermost collection is a list under the first letter of its key, and here stands the next key.
  private func endsHere(_ column: Int, _ isDash: Bool) -> Bool {
    guard !isDash, collections.count > 1 else { return false }
    let (outer, inner) = (collections[collections.count - 2], collections[collections.count - 1])
    return !inner.isMapping && outer.isMapping && inner.column == column && outer.column == column
  }

  // MARK: - Values

  /// What stands behind a dash.
  private mutating func readElement(
    at dash: Int, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    let first = firstNonSpace(from: dash + 1)
    if first == end || text[first] == .hash { return missingValue = place(dash + 1) }
    if text[first] == .dash, isBlankOrEnd(first + 1) {
      try open(isMapping: false, at: first, by: &reader, into: &tree)
      return try readElement(at: first, by: &reader, into: &tree)
    }
    if startsOtherValue(first) { return try readOtherValue(at: first, by: &reader, into: &tree) }
    let value = try scalar(at: first)
    guard value.ending == .key else { return try readText(value, by: &reader, into: &tree) }
    try open(isMapping: true, at: first, by: &reader, into: &tree)
    try readField(value, by: &reader, into: &tree)
  }

  private mutating func readField(
    _ key: Scalar, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    try take(key, by: &reader, into: &tree)
    let colon = key.end
    let first = firstNonSpace(from: colon + 1)
    if first == end || text[first] == .hash { return missingValue = place(colon + 1) }
    if startsOtherValue(first) { return try readOtherValue(at: first, by: &reader, into: &tree) }
    let value = try scalar(at: first)
    if value.ending == .key { throw Unusual() }
    try readText(value, by: &reader, into: &tree)
  }

  private func startsOtherValue(_ first: Int) -> Bool {
    text[first] == .pipe || text[first] == .leftBrace || text[first] == .leftBracket
  }

  /// A block, or empty brackets.
  private mutating func readOtherValue(
    at first: Int, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    if text[first] == .pipe {
      return try readLiteral(
        at: first, below: collections.last?.column ?? 0, by: &reader, into: &tree)
    }
    let isMapping = text[first] == .leftBrace
    guard first + 1 < end, text[first + 1] == (isMapping ? .rightBrace : .rightBracket) else {
      throw Unusual()
    }
    try checkEnd(after: first + 2)
    try reader.openPlain(isMapping ? .mapping : .sequence, isFlow: true, at: place(first), &tree)
    try reader.closePlain(&tree)
  }

  private mutating func endMissingValue(
    by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    guard let place = missingValue else { return }
    missingValue = nil
    try reader.readPlain(Text(start: nil, count: 0), .plain, at: place, &tree)
  }

  func take(
    _ scalar: Scalar, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    try reader.readPlain(
      Text(rebasing: text[scalar.content]), scalar.style, at: place(scalar.start), &tree)
  }

  private mutating func open(
    isMapping: Bool, at first: Int, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    collections.append(Collection(column: first - start, isMapping: isMapping))
    try reader.openPlain(isMapping ? .mapping : .sequence, isFlow: false, at: place(first), &tree)
  }

  private mutating func close(by reader: inout YAMLReader, into tree: inout Tree) throws(Unusual) {
    collections.removeLast()
    try reader.closePlain(&tree)
  }

  // MARK: - Scalars

  /// A text as far as it stands on one line.
  struct Scalar {
    enum Ending {
      /// The text is a key, and here is its colon.
      case key
      /// The text is complete, for what follows it is a comment, or it has quotes.
      case complete
      /// Plain text may go on on the next line.
      case line
      /// There is more to text in single quotes than its first line, or there are quotes in it.
      case openQuote
    }

    let start: Int
    let content: Range<Int>
    let style: YAMLEvents.ScalarStyle
    /// Behind the text and its quotes.
    let end: Int
    let ending: Ending
  }

  private func scalar(at first: Int) throws(Unusual) -> Scalar {
    switch text[first] {
    case UInt8(ascii: "'"): return try quoted(at: first, .singleQuoted)
    case UInt8(ascii: "\""): return try quoted(at: first, .doubleQuoted)
    case UInt8(ascii: "-") where !isBlankOrEnd(first + 1): return try plain(at: first)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: "+"),
      UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "="), UInt8(ascii: "\\"):
      return try plain(at: first)
    default: throw Unusual()
    }
  }

  func plain(at first: Int) throws(Unusual) -> Scalar {
    var last = first
    var index = first
    var ending = Scalar.Ending.line
    while index < end {
      let byte = text[index]
      if byte == .colon, isBlankOrEnd(index + 1) {
        guard last == index - 1 else { throw Unusual() }
        return try key(at: first, first..<index, .plain, end: index)
      }
      if byte == .hash, text[index - 1] == .space {
        ending = .complete
        break
      }
      if byte != .space { last = index }
      index += 1
    }
    return Scalar(
      start: first, content: first..<(last + 1), style: .plain, end: last + 1, ending: ending)
  }

  private func quoted(
    at first: Int, _ style: YAMLEvents.ScalarStyle
  ) throws(Unusual) -> Scalar {
    let quote = text[first]
    var index = first + 1
    while index < end, text[index] != quote {
      if text[index] == .backslash, style == .doubleQuoted { throw Unusual() }
      index += 1
    }
    let content = (first + 1)..<index
    // A quote in single quotes is written twice.
    if index == end || (index + 1 < end && text[index + 1] == quote) {
      guard style == .singleQuoted else { throw Unusual() }
      return Scalar(start: first, content: content, style: style, end: index, ending: .openQuote)
    }
    if index + 1 < end, text[index + 1] == .colon, isBlankOrEnd(index + 2) {
      return try key(at: first, content, style, end: index + 1)
    }
    try checkEnd(after: index + 1)
    return Scalar(start: first, content: content, style: style, end: index + 1, ending: .complete)
  }

  private func key(
    at first: Int, _ content: Range<Int>, _ style: YAMLEvents.ScalarStyle, end: Int
  ) throws(Unusual) -> Scalar {
    guard end - first <= Self.longestKey else { throw Unusual() }
    return Scalar(start: first, content: content, style: style, end: end, ending: .key)
  }

  /// Behind a value there may only be a comment.
  func checkEnd(after place: Int) throws(Unusual) {
    let first = firstNonSpace(from: place)
    guard first >= end || (text[first] == .hash && first > place) else { throw Unusual() }
  }
}

extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let space = UInt8(ascii: " ")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let colon = UInt8(ascii: ":")
  fileprivate static let dash = UInt8(ascii: "-")
  fileprivate static let dot = UInt8(ascii: ".")
  static let hash = UInt8(ascii: "#")
  fileprivate static let leftBrace = UInt8(ascii: "{")
  fileprivate static let leftBracket = UInt8(ascii: "[")
  fileprivate static let pipe = UInt8(ascii: "|")
  fileprivate static let rightBrace = UInt8(ascii: "}")
  fileprivate static let rightBracket = UInt8(ascii: "]")
}

extension UnsafeBufferPointer<UInt8> {
  /// There is nothing but printable ASCII and line feeds. The loop has no way out, so that it can look
  /// at many bytes at once.
  fileprivate var isPrintableASCII: Bool {
    var isOther = false
    for byte in self {
      let isInside = byte &- 0x20 < 0x5F || byte == .lineFeed
      isOther = isOther || !isInside
    }
    return !isOther
  }
}
