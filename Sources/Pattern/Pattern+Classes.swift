extension Pattern.Parser {
  /// Reads a class between square brackets.
  ///
  /// A closing bracket that comes first is an ordinary member, and so is a minus sign anywhere
  /// it forms no range. Source: Go regexp/syntax, character classes.
  mutating func parseBracketClass() throws(PatternError) {
    let start = position
    position += 1
    let isNegated = consume(UInt8(ascii: "^"))
    var members: [Pattern.ScalarSet.Member] = []
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while isFirst || peek() != UInt8(ascii: "]") {
      isFirst = false
      if let member = try parseClassMember() {
        members.append(member)
      } else {
        ranges.append(try parseClassRange(classStart: start))
      }
    }
    position += 1
    if !ranges.isEmpty { members.append(.init(ranges: ranges)) }
    try append(
      Pattern.ScalarSet(members: members, isFolded: flags.foldsCase, isNegated: isNegated))
  }

  /// Reads a member that is a class of its own, if one comes next.
  ///
  /// `[:alpha:]` or `\d`; nil for a code point, which may be the beginning of a range.
  private mutating func parseClassMember() throws(PatternError) -> Pattern.ScalarSet.Member? {
    if let member = try parseNamedClass() { return member }
    return try parseClassEscape()
  }

  /// Reads one code point or a range of them.
  ///
  /// A minus sign before the closing bracket is a member.
  private mutating func parseClassRange(
    classStart: Int
  ) throws(PatternError) -> ClosedRange<UInt32> {
    let start = position
    let lower = try parseClassScalar(classStart: classStart)
    let next = peek(1)
    guard peek() == UInt8(ascii: "-"), next != nil, next != UInt8(ascii: "]") else {
      return lower...lower
    }
    position += 1
    let upper = try parseClassScalar(classStart: classStart)
    guard lower <= upper else { throw failure(.invalidCharacterRange, from: start, to: position) }
    return lower...upper
  }

  /// Reads one code point of a class, written out or escaped.
  private mutating func parseClassScalar(classStart: Int) throws(PatternError) -> UInt32 {
    switch peek() {
    case nil: throw failure(.missingBracket, from: classStart)
    case UInt8(ascii: "\\"): return try parseEscape()
    default: return try nextScalar()
    }
  }
}

extension Pattern.Parser {
  /// Reads `[:name:]` or `[:^name:]` inside a class, if that is what comes next.
  ///
  /// Without its closing `:]` it is not a name, and the bracket is an ordinary member.
  private mutating func parseNamedClass() throws(PatternError) -> Pattern.ScalarSet.Member? {
    guard peek() == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":"),
      let end = findNamedClassEnd()
    else { return nil }
    var name = source[(position + 2)..<end]
    let isNegated = name.first == UInt8(ascii: "^")
    if isNegated { name = name.dropFirst() }
    guard let ranges = Pattern.asciiClass(named: String(decoding: name, as: UTF8.self)) else {
      throw failure(.invalidCharacterRange, from: position, to: end + 2)
    }
    position = end + 2
    return .init(ranges: ranges, isNegated: isNegated)
  }

  /// The offset of the `:]` that ends the name beginning here.
  private func findNamedClassEnd() -> Int? {
    var offset = position + 2
    while offset + 1 < source.count {
      if source[offset] == UInt8(ascii: ":") && source[offset + 1] == UInt8(ascii: "]") {
        return offset
      }
      offset += 1
    }
    return nil
  }

  /// Reads `\d`, `\pL` and their like, if one comes next.
  mutating func parseClassEscape() throws(PatternError) -> Pattern.ScalarSet.Member? {
    guard peek() == UInt8(ascii: "\\"), let letter = peek(1) else { return nil }
    if letter == UInt8(ascii: "p") || letter == UInt8(ascii: "P") {
      return try parseUnicodeClass(isNegated: letter == UInt8(ascii: "P"))
    }
    guard let ranges = Pattern.perlClass(letter | 0x20) else { return nil }
    position += 2
    return .init(ranges: ranges, isNegated: letter & 0x20 == 0)
  }

  /// Reads the name after `\p` or `\P`: one letter, or a name between braces.
  private mutating func parseUnicodeClass(
    isNegated: Bool
  ) throws(PatternError) -> Pattern.ScalarSet.Member {
    let start = position
    position += 2
    var name = try readUnicodeClassName(classStart: start)
    let isInverted = name.first == UInt8(ascii: "^")
    if isInverted { name = name.dropFirst() }
    guard var member = Pattern.unicodeClass(named: name) else {
      let remark = name.count > 2 ? "scripts are not supported, general categories are" : ""
      throw failure(.invalidCharacterRange, from: start, to: position, remark: remark)
    }
    if isNegated != isInverted { member.isNegated.toggle() }
    return member
  }

  /// Reads the bytes of a name, leaving out the braces.
  private mutating func readUnicodeClassName(
    classStart: Int
  ) throws(PatternError) -> ArraySlice<UInt8> {
    let start = position
    guard try nextScalar() == UInt32(UInt8(ascii: "{")) else { return source[start..<position] }
    guard let end = find(UInt8(ascii: "}")) else {
      try checkUTF8(from: classStart, to: source.count)
      throw failure(.invalidCharacterRange, from: classStart)
    }
    try checkUTF8(from: start + 1, to: end)
    position = end + 1
    return source[(start + 1)..<end]
  }
}
