extension Pattern.Program {
  /// Follows all the ways through the program at once, one code point of the text at a time.
  ///
  /// No step is visited twice at one place, so time is bounded by text length times program size.
  ///
  /// `PatternLimitsTests` has expressions that take exponential time where ways are tried one after
  /// the other.
  func run(on text: Span<UInt8>, isAnchoredAtStart: Bool) -> Bool {
    var machine = Machine(self)
    var offset = 0
    while true {
      let (code, width) = Pattern.decode(text, at: offset, end: text.count)
      machine.current = width == 0 ? nil : code
      if offset == 0 || !isAnchoredAtStart { machine.enter(start) }
      if machine.advance() { return true }
      if width == 0 || (isAnchoredAtStart && machine.isIdle) { return false }
      offset += width
    }
  }
}

extension Pattern.Program {
  /// The state of a search between two code points.
  private struct Machine {
    let program: Pattern.Program

    /// The code point before this place, none at the beginning of the text.
    var previous: UInt32?

    /// The code point after this place, none at the end of the text.
    var current: UInt32?

    /// The steps to take at this place.
    private var pending: [UInt32] = []

    /// The steps to take at the next place.
    private var upcoming: [UInt32] = []

    /// The steps already taken at this place, as a sparse set.
    private var visited: SparseSet

    init(_ program: Pattern.Program) {
      self.program = program
      visited = SparseSet(capacity: program.instructions.count)
    }

    /// True when no way goes on from here.
    var isIdle: Bool { pending.isEmpty }

    /// Adds a step to take at this place.
    ///
    /// Called at each place where a match may begin.
    mutating func enter(_ step: UInt32) {
      pending.append(step)
    }

    /// Takes every step at this place and moves to the next, or finds that there is a match.
    ///
    /// The order of the steps does not matter, since only whether there is a match is asked.
    mutating func advance() -> Bool {
      let folded = program.usesFolding ? current.map(Pattern.CaseFolding.canonical) : current
      visited.removeAll()
      while let step = pending.popLast() {
        guard visited.insert(step) else { continue }
        if take(program.instructions[Int(step)], folded: folded) { return true }
      }
      swap(&pending, &upcoming)
      previous = current
      return false
    }

    /// Takes one step, and tells whether it is a match.
    ///
    /// Steps without a character are followed at this place, the others at the next.
    private mutating func take(_ instruction: Instruction, folded: UInt32?) -> Bool {
      switch instruction {
      case .match:
        return true
      case .fork(let first, let second):
        pending.append(second)
        pending.append(first)
      case .assertion(let assertion, let next):
        if holds(assertion) { pending.append(next) }
      case .scalar(let code, let next):
        if code == current { upcoming.append(next) }
      case .folded(let code, let next):
        if code == folded { upcoming.append(next) }
      case .set(let index, let next):
        if let current, program.sets[Int(index)].contains(current) { upcoming.append(next) }
      case .anyScalar(let next):
        if current != nil { upcoming.append(next) }
      case .anyExceptNewline(let next):
        if let current, current != Pattern.newline { upcoming.append(next) }
      }
      return false
    }

    /// Tells whether a condition holds at this place.
    private func holds(_ assertion: Pattern.Assertion) -> Bool {
      switch assertion {
      case .beginText: previous == nil
      case .endText: current == nil
      case .beginLine: previous == nil || previous == Pattern.newline
      case .endLine: current == nil || current == Pattern.newline
      case .wordBoundary: Pattern.isWord(previous) != Pattern.isWord(current)
      case .notWordBoundary: Pattern.isWord(previous) == Pattern.isWord(current)
      }
    }
  }
}

extension Pattern {
  /// The code point that ends a line.
  static var newline: UInt32 { 0x0A }

  /// Tells whether a code point belongs to a word, which only ASCII ones do.
  static func isWord(_ code: UInt32?) -> Bool {
    code.map { isAlphanumeric($0) || $0 == 0x5F } ?? false
  }
}
