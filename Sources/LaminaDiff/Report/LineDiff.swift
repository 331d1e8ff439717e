/// Lines that differ, in groups with a few lines around them that do not.
package struct LineDiff: Sendable, Equatable {
  package enum Line: Sendable, Equatable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  /// Lines that stand together.
  package struct Hunk: Sendable, Equatable {
    /// The number of the first line on each side, from 1; as `diff -u` has it, the line before it where
    /// the side has no line in the hunk.
    package let oldStart: Int
    package let newStart: Int
    package let lines: [Line]

    package init(oldStart: Int, newStart: Int, lines: [Line]) {
      self.oldStart = oldStart
      self.newStart = newStart
      self.lines = lines
    }

    package var oldCount: Int { lines.count { if case .added = $0 { false } else { true } } }
    package var newCount: Int { lines.count { if case .removed = $0 { false } else { true } } }
  }

  package let hunks: [Hunk]
  /// The string holds JSON on one line, which was laid out to be compared.
  package let isLaidOut: Bool
  /// One side's last line ends without a line feed and the other's with one.
  package let changesLastLineFeed: Bool

  package init(hunks: [Hunk], isLaidOut: Bool = false, changesLastLineFeed: Bool = false) {
    self.hunks = hunks
    self.isLaidOut = isLaidOut
    self.changesLastLineFeed = changesLastLineFeed
  }
}
