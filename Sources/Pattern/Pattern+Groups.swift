extension Pattern.Parser {
  /// Reads the beginning of a group, or flags on their own.
  mutating func openGroup() throws(PatternError) {
    if peek(1) == UInt8(ascii: "?") {
      try parseGroupSyntax()
      return
    }
    position += 1
    push(isCapturing: true)
  }

  /// Reads `)`: the group becomes one piece of what is around it.
  ///
  /// The flags are again those before the group. A group that captures is a node of its own, for
  /// the limits count it as one.
  mutating func closeGroup() throws(PatternError) {
    let content = try finishAlternatives()
    guard let outer = outerFrames.popLast() else { throw failure(.unexpectedParenthesis, from: 0) }
    let node = frame.isCapturing ? try insert(.group(content)) : content
    flags = frame.flags
    frame = outer
    frame.items.append(node)
    position += 1
  }

  /// Reads `|`: what came before it is one alternative.
  mutating func endAlternative() throws(PatternError) {
    frame.alternatives.append(try finishSequence())
    position += 1
  }

  /// Makes one node of the innermost group.
  mutating func finishAlternatives() throws(PatternError) -> Int {
    let last = try finishSequence()
    guard !frame.alternatives.isEmpty else { return last }
    return try insert(.alternation(frame.alternatives + [last]))
  }

  /// Makes one node of the alternative being read, and begins the next.
  private mutating func finishSequence() throws(PatternError) -> Int {
    let items = frame.items
    frame.items = []
    guard let first = items.first else { return try insert(.empty) }
    return items.count == 1 ? first : try insert(.concatenation(items))
  }

  /// Opens a group that will restore the flags now in force.
  private mutating func push(isCapturing: Bool) {
    outerFrames.append(frame)
    frame = Frame(flags: flags, isCapturing: isCapturing)
  }
}

extension Pattern.Parser {
  /// Reads what begins with `(?`: a named group, flags, or a group with flags.
  private mutating func parseGroupSyntax() throws(PatternError) {
    let rest = source.count - position
    if rest > 4, peek(2) == UInt8(ascii: "P"), peek(3) == UInt8(ascii: "<") {
      try parseNamedGroup(nameOffset: 4)
    } else if rest > 3, peek(2) == UInt8(ascii: "<") {
      try parseNamedGroup(nameOffset: 3)
    } else {
      try parseFlags()
    }
  }

  /// Reads `(?P<name>` or `(?<name>`; a name is ASCII letters, digits and underscores.
  private mutating func parseNamedGroup(nameOffset: Int) throws(PatternError) {
    guard let end = find(UInt8(ascii: ">")) else {
      try checkUTF8(from: position, to: source.count)
      throw failure(.invalidGroupName, from: position)
    }
    let start = position + nameOffset
    try checkUTF8(from: start, to: end)
    guard start < end, source[start..<end].allSatisfy(Pattern.isWordByte) else {
      throw failure(.invalidGroupName, from: position, to: end + 1)
    }
    position = end + 1
    push(isCapturing: true)
  }

  /// Reads `(?flags)` or `(?flags:`, where the flags after a minus sign are cleared.
  ///
  /// `(?i)` holds until the end of the group around it, `(?i:…)` within its own.
  private mutating func parseFlags() throws(PatternError) {
    let start = position
    position += 2
    var changed = flags
    var clears = false
    var isDangling = false
    while position < source.count {
      let code = try nextScalar()
      if Self.apply(code, to: &changed, isSet: !clears) {
        isDangling = false
      } else if code == 0x2D && !clears {
        clears = true
        isDangling = true
      } else if (code == 0x3A || code == 0x29) && !isDangling {
        if code == 0x3A { push(isCapturing: false) }
        flags = changed
        return
      } else {
        break
      }
    }
    throw failure(.invalidGroupSyntax, from: start, to: position)
  }

  /// Sets or clears the flag a letter names, and tells whether it names one.
  private static func apply(
    _ letter: UInt32, to flags: inout Pattern.Flags, isSet: Bool
  ) -> Bool {
    switch Unicode.Scalar(letter) {
    case "i": flags.foldsCase = isSet
    case "m": flags.isMultiline = isSet
    case "s": flags.dotMatchesNewline = isSet
    case "U": break
    default: return false
    }
    return true
  }
}

extension Pattern {
  /// Tells whether a byte is an ASCII letter, a digit or an underscore.
  static func isWordByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(UInt32(byte)) || byte == UInt8(ascii: "_")
  }

  /// Tells whether a code point is an ASCII letter or a digit.
  static func isAlphanumeric(_ code: UInt32) -> Bool {
    switch code {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
