/// The way to a field, as field specs write it: `spec/template/spec/containers[]/image`.
struct FieldPath: Hashable, Sendable {
  struct Step: Hashable, Sendable {
    let key: Symbol
    /// The spec says `[]`: the field should hold a list.
    let isSequence: Bool
    /// The part can only lead to an element of a list, and so to nothing in a mapping: `*`, `-`, a whole
    /// number or `[…]`.
    let isElement: Bool

    /// Nearly all parts are names that begin and end with a letter: thousands of them, those of the default
    /// tables, are read before each build.
    @inline(__always)
    fileprivate init(_ part: Span<UInt8>, symbols: inout SymbolTable) {
      guard let last = part.indices.last, Self.isLetter(part[0]), Self.isLetter(part[last]) else {
        self.init(odd: part, symbols: &symbols)
        return
      }
      self.init(key: symbols.intern(part), isSequence: false, isElement: false)
    }

    private init(key: Symbol, isSequence: Bool, isElement: Bool) {
      self.key = key
      self.isSequence = isSequence
      self.isElement = isElement
    }

    @inline(never)
    private init(odd part: Span<UInt8>, symbols: inout SymbolTable) {
      isSequence =
        part.count >= 2 && part[part.count - 1] == UInt8(ascii: "]")
        && part[part.count - 2] == UInt8(ascii: "[")
      var (start, end) = (0, isSequence ? part.count - 2 : part.count)
      // Blanks around a name say nothing (kyaml/yaml/fns.go `cleanPath`).
      while start < end, Self.isBlank(part[start]) { start += 1 }
      while start < end, Self.isBlank(part[end - 1]) { end -= 1 }
      isElement = Self.isElement(part.extracting(start..<end))
      key = symbols.intern(part.extracting(start..<end))
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isBlank(_ byte: UInt8) -> Bool {
      byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// As kyaml's `PathGetter` tells parts apart (kyaml/yaml/fns.go `getFilter`).
    private static func isElement(_ part: Span<UInt8>) -> Bool {
      if part.isEmpty { return false }
      switch part[0] {
      case UInt8(ascii: "*"): return part.count == 1
      case UInt8(ascii: "["): return part[part.count - 1] == UInt8(ascii: "]")
      case UInt8(ascii: "-") where part.count == 1: return true
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        return Int(String(decoding: part.indices.map { part[$0] }, as: UTF8.self)) != nil
      default: return false
      }
    }
  }

  let steps: [Step]
  /// The whole path as it was written, for comparisons and messages.
  let text: Symbol

  /// Cuts a path at its slashes; `\/` is a slash within a key, and one slash may stand in front
  /// (kyaml utils/pathsplitter.go).
  init(_ path: Span<UInt8>, symbols: inout SymbolTable) {
    text = symbols.intern(path)
    guard path.contains(UInt8(ascii: "\\")) else {
      steps = Self.steps(ofPlain: path, symbols: &symbols)
      return
    }
    var parts = symbols.bytes(text)
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Array($0) }
    if parts.count > 1, parts[0].isEmpty { parts.removeFirst() }
    var joined: [[UInt8]] = []
    for part in parts {
      if let last = joined.last, last.last == UInt8(ascii: "\\") {
        joined[joined.count - 1] = last.dropLast() + [UInt8(ascii: "/")] + part
      } else {
        joined.append(part)
      }
    }
    var steps: [Step] = []
    for part in joined { steps.append(Step(part.span, symbols: &symbols)) }
    self.steps = steps
  }

  /// The steps of a path in which no slash is escaped, which are all of the default tables: thousands
  /// are read before a build begins.
  private static func steps(
    ofPlain path: Span<UInt8>, symbols: inout SymbolTable
  ) -> [Step] {
    let slash = UInt8(ascii: "/")
    var start = 0
    if path.count > 1, path[start] == slash { start += 1 }
    var steps: [Step] = []
    steps.reserveCapacity(path.indices.count { path[$0] == slash } + 1)
    while true {
      var end = start
      while end < path.count, path[end] != slash { end += 1 }
      steps.append(Step(path.extracting(start..<end), symbols: &symbols))
      if end == path.count { return steps }
      start = end + 1
    }
  }

  init(_ path: String, symbols: inout SymbolTable) {
    let bytes = Array(path.utf8)
    self.init(bytes.span, symbols: &symbols)
  }
}
