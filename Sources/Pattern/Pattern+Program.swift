extension Pattern {
  /// A program for a machine that follows all the ways through an expression at once.
  ///
  /// Source: the construction of Thompson, as in Go regexp/syntax, `Compile`.
  struct Program: Sendable {
    /// One step; the numbers after it are the steps that may follow.
    enum Instruction: Sendable {
      case match
      case fork(UInt32, UInt32)
      case assertion(Assertion, UInt32)
      case scalar(UInt32, UInt32)
      case folded(UInt32, UInt32)
      case set(UInt32, UInt32)
      case anyScalar(UInt32)
      case anyExceptNewline(UInt32)
    }

    /// Every step.
    let instructions: [Instruction]

    /// The first step.
    let start: UInt32

    /// The character classes the steps refer to.
    let sets: [ScalarSet]

    /// True when a step compares without regard to case.
    let usesFolding: Bool

    /// Translates an expression.
    init(_ tree: Tree) {
      var compiler = Compiler(tree: tree)
      start = compiler.compile()
      instructions = compiler.instructions
      sets = tree.sets
      usesFolding = compiler.usesFolding
    }
  }
}

extension Pattern.Program {
  /// Translates a tree from its end to its beginning, so that what follows is always known.
  ///
  /// Tasks on a stack take the place of recursion, so that deep expressions need no deep call
  /// stack.
  fileprivate struct Compiler {
    /// What is left to do, the next task last.
    enum Task {
      case node(Int)
      case option(skip: UInt32)
      case closeLoop(UInt32, entersBody: Bool)
      case beginAlternative(end: UInt32)
      case joinAlternative
    }

    let tree: Pattern.Tree
    var instructions: [Instruction] = [.match]
    var usesFolding = false

    /// The step that follows whatever is translated next.
    private var next: UInt32 = 0
    private var tasks: [Task] = []

    /// The first steps of the alternatives translated so far, innermost choice last.
    private var alternatives: [UInt32] = []

    init(tree: Pattern.Tree) {
      self.tree = tree
    }

    /// Translates everything, and gives the first step.
    mutating func compile() -> UInt32 {
      tasks.append(.node(tree.root))
      while let task = tasks.popLast() { perform(task) }
      return next
    }

    /// Does one task. What stands in front is translated after it.
    private mutating func perform(_ task: Task) {
      switch task {
      case .node(let index):
        translate(tree.nodes[index].kind)
      case .option(let skip):
        emit(.fork(next, skip))
      case .closeLoop(let fork, let entersBody):
        closeLoop(fork, entersBody: entersBody)
      case .beginAlternative(let end):
        alternatives.append(next)
        next = end
      case .joinAlternative:
        if let other = alternatives.popLast() { emit(.fork(other, next)) }
      }
    }

    /// Adds a step, which is then what follows.
    private mutating func emit(_ instruction: Instruction) {
      instructions.append(instruction)
      next = UInt32(instructions.count - 1)
    }

    /// Translates one node, or plans what it consists of. The last part of a sequence is on top.
    private mutating func translate(_ kind: Pattern.Tree.Node.Kind) {
      switch kind {
      case .empty: break
      case .scalar(let code, let isFolded): translate(code, isFolded: isFolded)
      case .set(let index): emit(.set(UInt32(index), next))
      case .anyScalar: emit(.anyScalar(next))
      case .anyExceptNewline: emit(.anyExceptNewline(next))
      case .assertion(let assertion): emit(.assertion(assertion, next))
      case .group(let child): tasks.append(.node(child))
      case .concatenation(let children): for child in children { tasks.append(.node(child)) }
      case .alternation(let children): translateAlternation(children)
      case .repetition(let child, let minimum, let maximum):
        translateRepetition(child, minimum: minimum, maximum: maximum)
      }
    }

    /// A literal code point; folded ones are canonical already.
    private mutating func translate(_ code: UInt32, isFolded: Bool) {
      usesFolding = usesFolding || isFolded
      emit(isFolded ? .folded(code, next) : .scalar(code, next))
    }

    /// Plans the alternatives, which all go on to the same step.
    private mutating func translateAlternation(_ children: [Int]) {
      let end = next
      for child in children.dropFirst() {
        tasks.append(.joinAlternative)
        tasks.append(.node(child))
        tasks.append(.beginAlternative(end: end))
      }
      if let first = children.first { tasks.append(.node(first)) }
    }

    /// Plans the copies a repetition stands for: the needed ones, then the optional ones.
    private mutating func translateRepetition(_ child: Int, minimum: Int, maximum: Int?) {
      let needed = maximum == nil ? max(minimum - 1, 0) : minimum
      for _ in 0..<needed { tasks.append(.node(child)) }
      if let maximum {
        for _ in minimum..<max(maximum, minimum) {
          tasks.append(.option(skip: next))
          tasks.append(.node(child))
        }
      } else {
        beginLoop(child, entersBody: minimum > 0)
      }
    }

    /// Plans a loop around a fork whose first way is filled in when the body is known.
    private mutating func beginLoop(_ child: Int, entersBody: Bool) {
      emit(.fork(next, next))
      tasks.append(.closeLoop(next, entersBody: entersBody))
      tasks.append(.node(child))
    }

    /// Leads the fork of a loop into the body, which is where a loop with `+` begins.
    private mutating func closeLoop(_ fork: UInt32, entersBody: Bool) {
      if case .fork(_, let exit) = instructions[Int(fork)] {
        instructions[Int(fork)] = .fork(next, exit)
      }
      if !entersBody { next = fork }
    }
  }
}
