/// The paths of field specs: `spec/template/spec/containers[]/image`.
extension FieldPath {
  /// Cuts a path at its slashes. `\/` is a slash within a key, one slash may stand in front, and blanks
  /// around a step say nothing (kyaml/utils/pathsplitter.go, kyaml/yaml/match.go `cleanPath`).
  init(fieldSpec path: Span<UInt8>, symbols: inout SymbolTable) {
    text = symbols.intern(path)
    position = .none
    guard path.contains(UInt8(ascii: "\\")) else {
      steps = Self.steps(ofPlain: path, symbols: &symbols)
      return
    }
    var steps: [Step] = []
    for part in Self.split(symbols.bytes(text), at: UInt8(ascii: "/")) {
      steps.append(Step(fieldSpec: part.span, symbols: &symbols))
    }
    self.steps = steps
  }

  init(fieldSpec path: String, symbols: inout SymbolTable) {
    let bytes = Array(path.utf8)
    self.init(fieldSpec: bytes.span, symbols: &symbols)
  }

  /// The steps of a path in which no slash is escaped, as in nearly all.
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
      steps.append(Step(fieldSpec: path.extracting(start..<end), symbols: &symbols))
      if end == path.count { return steps }
      start = end + 1
    }
  }
}

extension FieldPath.Step {
  /// Nearly all steps are names that begin and end with a letter: those of the default tables are made
  /// before each build.
  init(fieldSpec part: Span<UInt8>, symbols: inout SymbolTable) {
    guard let last = part.indices.last, Self.isLetter(part[0]), Self.isLetter(part[last]) else {
      self.init(odd: part, symbols: &symbols)
      return
    }
    self.init(kind: .key, key: symbols.intern(part))
  }

  /// For steps with brackets, blanks or other signs at an end. Not inlined, to keep the common way
  /// short.
  @inline(never)
  private init(odd part: Span<UInt8>, symbols: inout SymbolTable) {
    let isOfList =
      part.count >= 2 && part[part.count - 1] == UInt8(ascii: "]")
      && part[part.count - 2] == UInt8(ascii: "[")
    let name = part.extracting(0..<(isOfList ? part.count - 2 : part.count))
    let step = Self(trimming: name, symbols: &symbols)
    if step.key.isEmpty, !name.isEmpty {
      self.init(kind: .itself, key: .empty)
      return
    }
    self.init(kind: isOfList && step.isKey ? .keyOfList : step.kind, key: step.key)
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
}
