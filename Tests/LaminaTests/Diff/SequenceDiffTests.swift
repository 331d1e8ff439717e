import Testing

@testable import LaminaDiff

@Suite struct SequenceDiffTests {
  private func lines(_ text: String) -> [ArraySlice<UInt8>] {
    SequenceDiff.lines(of: Array(text.utf8))
  }

  /// The lines of a diff of words, each with its mark.
  private func diff(_ old: String, _ new: String, context: Int = 1) -> [[String]] {
    let diff = LineDiff(
      old: Array(old.replacing(" ", with: "\n").utf8),
      new: Array(new.replacing(" ", with: "\n").utf8), context: context)
    return diff.hunks.map { hunk in
      ["\(hunk.oldStart),\(hunk.oldCount) \(hunk.newStart),\(hunk.newCount)"]
        + hunk.lines.map {
          switch $0 {
          case .kept(let line): " \(line)"
          case .removed(let line): "-\(line)"
          case .added(let line): "+\(line)"
          }
        }
    }
  }

  @Test func givesTheChangedLinesAndThoseAround() {
    #expect(diff("a b c d e", "a b x d e") == [["2,3 2,3", " b", "-c", "+x", " d"]])
    #expect(diff("a b c", "a b c") == [])
    #expect(diff("", "a b") == [["0,0 1,2", "+a", "+b"]])
    #expect(diff("a b", "") == [["1,2 0,0", "-a", "-b"]])
  }

  @Test func putsChangesWithFewLinesBetweenTogether() {
    #expect(
      diff("a 1 2 b", "A 1 2 B") == [["1,4 1,4", "-a", "+A", " 1", " 2", "-b", "+B"]])
    let apart = [["1,2 1,2", "-a", "+A", " 1"], ["4,2 4,2", " 3", "-b", "+B"]]
    #expect(diff("a 1 2 3 b", "A 1 2 3 B") == apart)
  }

  @Test func movesARunToTheLineThatIsIndentedLeast() {
    let old = "- name: a\n  value: 1\n- name: c\n  value: 1\n"
    let new = "- name: a\n  value: 1\n- name: b\n  value: 1\n- name: c\n  value: 1\n"
    let changes = SequenceDiff.changes(old: lines(old), new: lines(new))
    #expect(changes == [SequenceDiff.Change(old: 2..<2, new: 2..<4)])
  }

  @Test func tellsTheLastLineFeed() {
    let diff = LineDiff(old: Array("a\n".utf8), new: Array("a".utf8))
    #expect(diff.hunks.isEmpty)
    #expect(diff.changesLastLineFeed)
  }

  /// `é` in one and in two scalars is the same to Swift's strings, and not in a file.
  @Test func comparesBytes() {
    #expect(LineDiff(old: Array("\u{E9}".utf8), new: Array("e\u{301}".utf8)).hunks.count == 1)
  }

  /// The old with the changes made is the new, and short sequences get a shortest way.
  @Test func findsTheShortestWay() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let letters = Int.random(in: 1...4, using: &random)
      let old = randomSequence(upTo: 12, letters, &random)
      let new = randomSequence(upTo: 12, letters, &random)
      let changes = SequenceDiff.changes(old: old, new: new)
      #expect(applied(changes, to: old, new) == new)
      let cost = changes.reduce(0) { $0 + $1.old.count + $1.new.count }
      #expect(cost == old.count + new.count - 2 * commonLength(old, new))
    }
  }

  /// Searches that are cut give a right result, too; so do runs that are moved.
  @Test func staysRightWhereTheSearchIsCut() {
    var random = SeededGenerator(seed: 8)
    let old = randomSequence(of: 3000, 40, &random)
    let new = randomSequence(of: 3000, 40, &random)
    #expect(applied(SequenceDiff.changes(old: old, new: new), to: old, new) == new)
    let oldLines = old.map { Array("\($0)".utf8)[...] }
    let newLines = new.map { Array("\($0)".utf8)[...] }
    let changes = SequenceDiff.changes(old: oldLines, new: newLines)
    #expect(applied(changes, to: oldLines, newLines) == newLines)
  }

  private func randomSequence(
    upTo length: Int, _ letters: Int, _ random: inout SeededGenerator
  ) -> [Int] {
    randomSequence(of: Int.random(in: 0...length, using: &random), letters, &random)
  }

  private func randomSequence(
    of length: Int, _ letters: Int, _ random: inout SeededGenerator
  ) -> [Int] {
    (0..<length).map { _ in Int.random(in: 0..<letters, using: &random) }
  }

  private func applied<Element>(
    _ changes: [SequenceDiff.Change], to old: [Element], _ new: [Element]
  ) -> [Element] {
    var result: [Element] = []
    var place = 0
    for change in changes {
      result += old[place..<change.old.lowerBound]
      result += new[change.new]
      place = change.old.upperBound
    }
    return result + old[place...]
  }

  /// The length of a longest common subsequence, by the table.
  private func commonLength(_ old: [Int], _ new: [Int]) -> Int {
    var row = Array(repeating: 0, count: new.count + 1)
    for element in old {
      var diagonal = 0
      for (place, other) in new.enumerated() {
        let above = row[place + 1]
        row[place + 1] = element == other ? diagonal + 1 : max(above, row[place])
        diagonal = above
      }
    }
    return row[new.count]
  }
}
