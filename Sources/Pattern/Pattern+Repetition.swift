extension Pattern.Parser {
  /// The greatest repeat count, and the greatest product of nested ones.
  ///
  /// Source: Go regexp/syntax, `repeat` and `repeatIsValid`.
  private static var repeatLimit: Int { 1000 }

  /// Reads `*`, `+` or `?`.
  mutating func parseRepetitionOperator(_ byte: UInt8) throws(PatternError) {
    let start = position
    position += 1
    let minimum = byte == UInt8(ascii: "+") ? 1 : 0
    let maximum = byte == UInt8(ascii: "?") ? 1 : nil
    try repeatLastPiece(from: start, minimum: minimum, maximum: maximum)
  }

  /// Reads `{n}`, `{n,}` or `{n,m}`, and tells whether it was one.
  ///
  /// A brace that begins none of these is an ordinary character.
  mutating func parseRepetitionCount() throws(PatternError) -> Bool {
    let start = position
    guard let (minimum, maximum) = readCounts() else {
      position = start + 1
      try appendLiteral(UInt32(UInt8(ascii: "{")))
      return false
    }
    let limit = Self.repeatLimit
    guard minimum <= limit, maximum.map({ $0 <= limit && minimum <= $0 }) ?? true else {
      throw failure(.invalidRepeatCount, from: start, to: position)
    }
    try repeatLastPiece(from: start, minimum: minimum, maximum: maximum)
    return true
  }

  /// Puts a repetition in the place of the piece read last.
  ///
  /// A question mark after the operator only makes it lazy. Operators do not stack.
  private mutating func repeatLastPiece(
    from start: Int, minimum: Int, maximum: Int?
  ) throws(PatternError) {
    _ = consume(UInt8(ascii: "?"))
    if let lastRepetition {
      throw failure(.invalidNestedRepetition, from: lastRepetition, to: position)
    }
    guard let piece = frame.items.last else {
      throw failure(.missingRepetitionArgument, from: start, to: position)
    }
    let node = try insert(.repetition(piece, minimum: minimum, maximum: maximum))
    guard tree.nodes[node].repeats <= Self.repeatLimit else {
      throw failure(.invalidRepeatCount, from: start, to: position)
    }
    frame.items[frame.items.count - 1] = node
  }

  /// Reads the counts between braces; none when the text has another form.
  private mutating func readCounts() -> (minimum: Int, maximum: Int?)? {
    position += 1
    guard let minimum = readCount() else { return nil }
    var maximum: Int? = minimum
    if consume(UInt8(ascii: ",")) {
      if peek() == UInt8(ascii: "}") {
        maximum = nil
      } else {
        guard let count = readCount() else { return nil }
        maximum = count
      }
    }
    return consume(UInt8(ascii: "}")) ? (minimum, maximum) : nil
  }

  /// Reads a decimal number without leading zeros; a huge one stops growing.
  private mutating func readCount() -> Int? {
    let start = position
    var count = 0
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      count = min(count * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000)
      position += 1
    }
    let hasLeadingZero = position - start > 1 && source[start] == UInt8(ascii: "0")
    return position == start || hasLeadingZero ? nil : count
  }
}
