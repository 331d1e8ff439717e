internal import Synchronization

/// Another thread for a part of what a build reads, and when there is one.
struct SecondThread: Sendable {
  /// Starts it, as `Host.start` does; nil where the build does all its work itself.
  var start: (@Sendable (_ work: @escaping @Sendable () -> Void) -> Bool)?
  /// Shorter lists of files are read before a thread has started.
  var fewestFiles = 100
  /// So are smaller files of several documents.
  var fewestBytes = 256 << 10
}

/// Texts that two threads read: the build from the first one on, another thread from the last one on.
///
/// Where the two meet, the build goes on with what the other thread has put into a tree of its own. What that cannot
/// read is left to the build, which says what is wrong with it: all is as if one thread had read the texts in their
/// order (`TextsAheadTests`).
final class TextsAhead {
  /// What was read of one text.
  struct Part: Sendable {
    /// In the other thread's tree.
    fileprivate let roots: [NodeID]
    /// The text, where it was the other thread that fetched it.
    let text: FileText?
    fileprivate var nodes = TreePart()

    init(_ roots: [NodeID], of text: FileText? = nil) {
      self.roots = roots
      self.text = text
    }
  }

  /// Puts what is in a text into a tree; nil where that cannot be done.
  typealias Reading = @Sendable (_ place: Int, _ tree: inout Tree) -> Part?

  private let texts: SharedTexts
  /// What the other thread has read.
  private var found: SharedTexts.Outcome?
  /// The build has taken over something.
  private var isBegun = false
  /// The symbols of its tree as the build has them. The first ones are the same in both.
  private var symbols: ContiguousArray<Symbol>

  /// Nil where there is no other thread.
  ///
  /// - Parameter tree: the tree of the build, of which the other thread's gets the symbols and the budget.
  init?(count: Int, on thread: SecondThread, like tree: Tree, _ read: @escaping Reading) {
    guard let startThread = thread.start else { return nil }
    let texts = SharedTexts(count: count)
    var start = Tree(symbols: tree.symbols)
    start.budget = tree.budget
    let beginning = start
    guard startThread({ texts.readBackwards(into: beginning, read) }) else { return nil }
    self.texts = texts
    symbols = ContiguousArray(tree.symbols.all)
  }

  /// A build that has failed leaves nobody behind who reads files for it.
  deinit {
    texts.stop()
    _ = texts.outcome()
  }

  /// What the other thread has read of a text; nil where the build has to read it, which asks for one text after the
  /// other.
  func part(_ place: Int) -> Part? {
    if texts.claimFirst(place) { return nil }
    if found == nil { found = texts.outcome() }
    return found?.parts[place]
  }

  /// Puts what the other thread has read of a text into the tree of the build; nil where the build has to read it.
  ///
  /// - Parameter shift: how far the positions in the build are from those of the other thread.
  func take(_ part: Part, into tree: inout Tree, movedBy shift: UInt32) -> [NodeID]? {
    guard let other = found?.tree else { return nil }
    if !isBegun { tree.addCounts(of: other) }
    isBegun = true
    tree.symbols.adopt(other.symbols, upTo: other.symbols.count, behind: &symbols)
    return tree.adopt(part.nodes, of: other, part.roots, symbols, movedBy: shift)
  }
}

/// What the two threads share.
private final class SharedTexts: Sendable {
  struct Outcome: Sendable {
    var tree: Tree
    /// By the places of the texts; nil where one was not read.
    var parts: [TextsAhead.Part?]
  }

  /// The texts that no thread has begun with.
  private struct Rest {
    var first: Int
    var end: Int
  }

  private let count: Int
  private let rest: Mutex<Rest>
  /// Held by the other thread while it reads, so that the build can wait for it.
  private let found = Mutex<Outcome?>(nil)

  init(count: Int) {
    self.count = count
    rest = Mutex(Rest(first: 0, end: count))
  }

  func readBackwards(into tree: Tree, _ read: TextsAhead.Reading) {
    found.withLock { found in
      var outcome = Outcome(tree: tree, parts: Array(repeating: nil, count: count))
      outcome.tree.stack = .ofThread
      while let place = claimLast() {
        let start = outcome.tree.end
        if var part = read(place, &outcome.tree) {
          part.nodes = TreePart(from: start, to: outcome.tree.end)
          outcome.parts[place] = part
        } else {
          outcome.tree.dropNodes(from: start.node)
        }
      }
      found = outcome
    }
  }

  /// Waits for the other thread; nil where it has not begun, and then never will.
  func outcome() -> Outcome? { found.withLock { $0.take() } }

  func stop() { rest.withLock { $0.end = $0.first } }

  /// Takes a text from the front; false where the other thread has it.
  func claimFirst(_ place: Int) -> Bool {
    rest.withLock { rest in
      if place >= rest.end { return false }
      rest.first = place + 1
      return true
    }
  }

  private func claimLast() -> Int? {
    rest.withLock { rest in
      if rest.first >= rest.end { return nil }
      rest.end -= 1
      return rest.end
    }
  }
}
