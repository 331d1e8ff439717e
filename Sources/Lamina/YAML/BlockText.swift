/// Reads the part of YAML that nearly all manifests are written in, line by line, and ten times as fast
/// as libyaml.
///
///     kind: Deployment            keys with a text behind them, plain or in quotes
///     metadata: {a: [b, c]}       brackets on one line, with simple texts in them
///     spec:
///       containers:
///       - name: web               lists, indented or not
///         args: |-                literal blocks
///           a
///
/// Whatever is not certain to be that (anchors, tags, rare escapes, tabs, and whatever may be a
/// mistake) is `Unusual`: then libyaml reads the document from its beginning. So this reader has no
/// errors of its own, and whatever it accepts must come out as libyaml has it; `BlockTextTests`
/// enforces this.
///
/// Text of scalars is gathered in `content` and goes into the tree at the end, nodes go there at
/// once. If the document turns out to be unusual, `YAMLReader` takes the nodes back, and nothing
/// has happened.
struct BlockText: ~Copyable {
  /// There is something that libyaml has to look at.
  struct Unusual: Error {}

  typealias Text = UnsafeBufferPointer<UInt8>

  /// A mapping or a list that is still open.
  struct Collection {
    /// In bytes, which are characters: nothing but spaces and dashes stands before.
    let column: Int
    let isMapping: Bool
    let node: NodeID
    /// The value that was put into it last, as nodes name each other.
    var last: UInt32 = 0
  }

  /// A place in the text; columns are counted in characters.
  struct Place {
    let line: Int
    let column: Int
  }

  let lines: BlockLines
  /// The lines of the file, for positions.
  private let source: SourceLines
  /// The number of the document's first line in the file.
  private let firstLine: Int
  /// The bytes of all scalars, which the tree takes over at the end.
  var content: ByteBuffer
  /// Where they will stand in the tree.
  private(set) var contentStart = 0

  var collections: ContiguousArray<Collection> = []
  /// The first node; nil while there is none.
  var root: NodeID?
  /// The key of the value that comes next, and what the value keeps of the way it was written.
  var key = Symbol.empty
  var keyFlags: Node.Flags = []
  /// There is a key or a dash without a value, which would be null and stand here.
  private var missingValue: Place?
  /// How many brackets are open on the line.
  var bracketDepth = 0
  /// The line that is being read.
  var line: BlockLine

  /// - Parameter firstLine: the number of the document's first line in its file.
  init(_ lines: BlockLines, firstLine: Int, of source: SourceLines) {
    self.lines = lines
    self.source = source
    self.firstLine = firstLine
    line = lines[0]
    content = ByteBuffer(capacity: lines.text.count / 2)
    collections.reserveCapacity(32)
  }

  /// Reads the whole document, and returns its root.
  mutating func read(into tree: inout Tree) throws(Unusual) -> NodeID? {
    let text = lines.text
    guard !text.isEmpty else { return nil }
    guard lines.isASCII || lines.isPrintable else { throw Unusual() }
    contentStart = tree.text.count
    let hasMark = line.end == 3 && line.isMark && text[0] == .dash
    if hasMark { line = lines[1] }
    while line.start < text.count {
      try checkSize(of: tree)
      let first = line.firstNonSpace(from: line.start)
      if first < line.end, text[first] != .hash { try readLine(at: first, into: &tree) }
      line = lines[line.number + 1]
    }
    // An empty document behind a mark is null, without one it is none.
    guard root != nil || !hasMark else { throw Unusual() }
    endMissingValue(in: &tree)
    while !collections.isEmpty { close(in: &tree) }
    guard tree.hasRoom(forText: content.count) else { throw Unusual() }
    tree.text.append(contentsOf: content.bytes)
    return root
  }

  /// A document that makes the tree too large is refused by the other reader, which has the words.
  func checkSize(of tree: borrowing Tree) throws(Unusual) {
    if tree.nodes.count > Int(tree.budget.nodes) { throw Unusual() }
  }

  // MARK: - Lines

  func position(of place: Place) -> Position {
    source.position(line: firstLine + place.line, column: place.column)
  }

  /// A line with something on it begins an element, a field, or a text whose key stands above.
  private mutating func readLine(
    at first: Int, into tree: inout Tree
  ) throws(Unusual) {
    if first == line.start, line.isMark { throw Unusual() }
    let text = lines.text
    if text[first] == .dash, line.isBlankOrEnd(first + 1) {
      try goTo(first, isDash: true, into: &tree)
      return try readElement(at: first, into: &tree)
    }
    let scalar = try line.scalar(at: first)
    if scalar.ending == .key {
      try goTo(first, isDash: false, into: &tree)
      return try readField(scalar, into: &tree)
    }
    // A text below its key.
    guard missingValue != nil, let innermost = collections.last,
      first - line.start > innermost.column
    else { throw Unusual() }
    missingValue = nil
    try readText(scalar, into: &tree)
  }

  /// Closes the collections that end before a line, and opens the one that begins with it.
  private mutating func goTo(
    _ first: Int, isDash: Bool, into tree: inout Tree
  ) throws(Unusual) {
    let column = first - line.start
    guard let innermost = collections.last else {
      if root != nil { throw Unusual() }
      return try open(isMapping: !isDash, at: first, into: &tree)
    }
    if missingValue != nil {
      // The dashes of a list may stand under the first letter of its key.
      let isBelow = isDash && innermost.isMapping && column == innermost.column
      if column > innermost.column || isBelow {
        missingValue = nil
        return try open(isMapping: !isDash, at: first, into: &tree)
      }
      endMissingValue(in: &tree)
    }
    while let last = collections.last, column < last.column || endsHere(column, isDash) {
      close(in: &tree)
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
    at dash: Int, into tree: inout Tree
  ) throws(Unusual) {
    let text = lines.text
    var dash = dash
    var first = line.firstNonSpace(from: dash + 1)
    // Further dashes on the line are lists in the list.
    while first < line.end, text[first] == .dash, line.isBlankOrEnd(first + 1) {
      try open(isMapping: false, at: first, into: &tree)
      dash = first
      first = line.firstNonSpace(from: dash + 1)
    }
    if first == line.end || text[first] == .hash { return missingValue = line.place(dash + 1) }
    if Self.startsOtherValue(text[first]) { return try readOtherValue(at: first, into: &tree) }
    let value = try line.scalar(at: first)
    guard value.ending == .key else { return try readText(value, into: &tree) }
    try open(isMapping: true, at: first, into: &tree)
    try readField(value, into: &tree)
  }

  /// What stands behind a key. A value that is a key itself (`a: b: c`) is a mistake, and libyaml
  /// has the words.
  private mutating func readField(
    _ key: BlockLine.Scalar, into tree: inout Tree
  ) throws(Unusual) {
    try setKey(key, in: &tree)
    let colon = key.end
    let text = lines.text
    let first = line.firstNonSpace(from: colon + 1)
    if first == line.end || text[first] == .hash { return missingValue = line.place(colon + 1) }
    if Self.startsOtherValue(text[first]) { return try readOtherValue(at: first, into: &tree) }
    let value = try line.scalar(at: first)
    if value.ending == .key { throw Unusual() }
    try readText(value, into: &tree)
  }

  /// A literal block or a bracket; folded blocks (`>`) are no value of this reader.
  private static func startsOtherValue(_ byte: UInt8) -> Bool {
    byte == .pipe || byte == .leftBrace || byte == .leftBracket
  }

  /// A block, or brackets.
  private mutating func readOtherValue(
    at first: Int, into tree: inout Tree
  ) throws(Unusual) {
    if lines.text[first] == .pipe {
      return try readLiteral(
        at: first, below: collections.last?.column ?? 0, into: &tree)
    }
    let end = try readBrackets(at: first, into: &tree)
    try line.checkEnd(after: end)
  }

  /// A key or a dash without a value has the empty plain scalar, which is null.
  private mutating func endMissingValue(in tree: inout Tree) {
    guard let place = missingValue else { return }
    missingValue = nil
    addScalar(from: content.count, .plain, at: place, to: &tree)
  }
}

extension UInt8 {
  static let dash = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")
  static let leftBrace = UInt8(ascii: "{")
  static let leftBracket = UInt8(ascii: "[")
  fileprivate static let pipe = UInt8(ascii: "|")
}
