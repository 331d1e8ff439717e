/// The way to a field, as field specs write it: `spec/template/spec/containers[]/image`.
struct FieldPath: Hashable, Sendable {
  struct Step: Hashable, Sendable {
    let key: Symbol
    /// The spec says `[]`: the field should hold a list.
    let isSequence: Bool
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
    for part in joined {
      let isSequence = part.suffix(2).elementsEqual("[]".utf8)
      let key = symbols.intern(isSequence ? part.dropLast(2) : part[...])
      steps.append(Step(key: key, isSequence: isSequence))
    }
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
      let isSequence =
        end - start >= 2 && path[end - 1] == UInt8(ascii: "]") && path[end - 2] == UInt8(ascii: "[")
      let key = symbols.intern(path.extracting(start..<(isSequence ? end - 2 : end)))
      steps.append(Step(key: key, isSequence: isSequence))
      if end == path.count { return steps }
      start = end + 1
    }
  }

  init(_ path: String, symbols: inout SymbolTable) {
    let bytes = Array(path.utf8)
    self.init(bytes.span, symbols: &symbols)
  }
}
