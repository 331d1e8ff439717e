extension Pattern {
  /// The switches that `(?flags)` sets.
  ///
  /// Greediness (`U`) is read and forgotten, for it does not change whether there is a match.
  struct Flags: Sendable {
    /// `i`: letters match in either case.
    var foldsCase = false

    /// `m`: `^` and `$` also match at line ends.
    var isMultiline = false

    /// `s`: `.` also matches a newline.
    var dotMatchesNewline = false
  }

  /// Reads expressions in one pass, with the open groups on a stack of its own.
  ///
  /// Source: Go regexp/syntax, `Parse` with the Perl flags.
  struct Parser {
    /// A group that is still open, or the whole expression.
    struct Frame {
      /// The flags to go back to when the group closes.
      let flags: Flags

      /// True when the group would capture, which counts in the limits.
      let isCapturing: Bool

      /// The finished alternatives.
      var alternatives: [Int] = []

      /// The pieces of the alternative being read.
      var items: [Int] = []
    }

    /// The expression.
    let source: [UInt8]

    /// Where reading goes on.
    var position = 0

    /// The flags in force.
    var flags = Flags()

    /// The groups around the innermost one.
    var outerFrames: [Frame] = []

    /// The innermost open group.
    var frame = Frame(flags: Flags(), isCapturing: false)

    /// What has been read.
    var tree = Tree()

    /// Where the repetition that was read last begins, when nothing has been read since.
    var lastRepetition: Int?

    /// Makes a parser for an expression.
    init(_ source: Span<UInt8>) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(source.count)
      for index in 0..<source.count { bytes.append(source[index]) }
      self.source = bytes
    }
  }
}

extension Pattern.Parser {
  /// Reads the whole expression.
  mutating func parse() throws(PatternError) -> Pattern.Tree {
    while let byte = peek() {
      let start = position
      let isRepetition = try parsePiece(byte)
      lastRepetition = isRepetition ? start : nil
    }
    tree.root = try finishAlternatives()
    guard outerFrames.isEmpty else { throw failure(.missingParenthesis, from: 0) }
    return tree
  }

  /// Reads the next piece, and tells whether it was a repetition operator.
  private mutating func parsePiece(_ byte: UInt8) throws(PatternError) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      try parseRepetitionOperator(byte)
      return true
    case UInt8(ascii: "{"):
      return try parseRepetitionCount()
    case UInt8(ascii: "("):
      try openGroup()
    case UInt8(ascii: ")"):
      try closeGroup()
    case UInt8(ascii: "|"):
      try endAlternative()
    case UInt8(ascii: "["):
      try parseBracketClass()
    case UInt8(ascii: "\\"):
      try parseBackslash()
    default:
      try parsePlain(byte)
    }
    return false
  }

  /// Reads a piece of one character: an anchor, the dot or a literal.
  private mutating func parsePlain(_ byte: UInt8) throws(PatternError) {
    switch byte {
    case UInt8(ascii: "^"):
      position += 1
      try append(.assertion(flags.isMultiline ? .beginLine : .beginText))
    case UInt8(ascii: "$"):
      position += 1
      try append(.assertion(flags.isMultiline ? .endLine : .endText))
    case UInt8(ascii: "."):
      position += 1
      try append(flags.dotMatchesNewline ? .anyScalar : .anyExceptNewline)
    default:
      try appendLiteral(nextScalar())
    }
  }
}

extension Pattern.Parser {
  /// The byte at a distance from the reading position, none after the end.
  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < source.count ? source[position + distance] : nil
  }

  /// Consumes a byte when it comes next, and tells whether it did.
  mutating func consume(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  /// Reads one code point; at the end it gives U+FFFD and does not move.
  ///
  /// An expression that is no UTF-8 is refused, as by Go.
  mutating func nextScalar(before end: Int? = nil) throws(PatternError) -> UInt32 {
    let limit = end ?? source.count
    let (code, width) = Pattern.decode(source.span, at: position, end: limit)
    if code == Pattern.replacement && width == 1 {
      throw failure(.invalidUTF8, from: position, to: limit)
    }
    position += width
    return code
  }

  /// Checks that a part of the expression is UTF-8.
  ///
  /// Go checks a name before it says what else is wrong with it.
  func checkUTF8(from start: Int, to end: Int) throws(PatternError) {
    var copy = self
    copy.position = start
    while copy.position < end { _ = try copy.nextScalar(before: end) }
  }

  /// Finds a byte at or after the reading position.
  func find(_ byte: UInt8) -> Int? {
    source[position...].firstIndex(of: byte)
  }

  /// The error that quotes a part of the expression, up to its end unless told otherwise.
  func failure(
    _ reason: PatternError.Reason, from start: Int, to end: Int? = nil, remark: String = ""
  ) -> PatternError {
    let bytes = Array(source[start..<(end ?? source.count)])
    return PatternError(reason: reason, expression: bytes, remark: remark)
  }
}

extension Pattern.Parser {
  /// The greatest height of a tree. Source: Go regexp/syntax, `maxHeight`.
  private static var heightLimit: Int { 1000 }

  /// The greatest number of instructions. Source: Go regexp/syntax, `maxSize`.
  ///
  /// Go allows 128 MiB for a program, with 40 bytes for each instruction.
  private static var sizeLimit: Int { (128 << 20) / 40 }

  /// Adds a node to the tree, within the limits on size and height.
  mutating func insert(_ kind: Pattern.Tree.Node.Kind) throws(PatternError) -> Int {
    let node = tree.measured(kind)
    if node.size > Self.sizeLimit { throw failure(.tooLarge, from: 0) }
    if node.height > Self.heightLimit { throw failure(.nestsTooDeeply, from: 0) }
    tree.nodes.append(node)
    return tree.nodes.count - 1
  }

  /// Adds a piece to the alternative being read.
  mutating func append(_ kind: Pattern.Tree.Node.Kind) throws(PatternError) {
    frame.items.append(try insert(kind))
  }

  /// Adds a literal code point, in either case when the flags say so.
  mutating func appendLiteral(_ code: UInt32) throws(PatternError) {
    let value = flags.foldsCase ? Pattern.CaseFolding.canonical(code) : code
    try append(.scalar(value, isFolded: flags.foldsCase))
  }

  /// Adds a character class.
  mutating func append(_ set: Pattern.ScalarSet) throws(PatternError) {
    tree.sets.append(set)
    try append(.set(tree.sets.count - 1))
  }
}
