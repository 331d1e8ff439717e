/// Moves runs of lines that one side has more to where they read best.
///
/// Which of several equal lines was added is often open: behind an element of a list, its last lines
/// and those of the next one are the same. A run can then begin at any of several lines, and the one
/// that is indented least begins what a person would call the addition. Of several such, the last is
/// taken, as git does.
struct Sliding {
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let oldNumbers: [Int]
  private let newNumbers: [Int]

  init(
    old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>], _ oldNumbers: [Int], _ newNumbers: [Int]
  ) {
    self.old = old
    self.new = new
    self.oldNumbers = oldNumbers
    self.newNumbers = newNumbers
  }

  /// The same changes, additions and removals moved.
  func slid(_ changes: [SequenceDiff.Change]) -> [SequenceDiff.Change] {
    var result: [SequenceDiff.Change] = []
    for (place, change) in changes.enumerated() {
      let previous = result.last
      let next = changes.indices.contains(place + 1) ? changes[place + 1] : nil
      if change.old.isEmpty {
        let room = room(after: previous?.new, before: next?.new, new.count)
        result.append(change.moved(by: distance(of: change.new, within: room, new, newNumbers)))
      } else if change.new.isEmpty {
        let room = room(after: previous?.old, before: next?.old, old.count)
        result.append(change.moved(by: distance(of: change.old, within: room, old, oldNumbers)))
      } else {
        result.append(change)
      }
    }
    return result
  }

  /// Where a run may stand. Beside another change it would become one with it.
  private func room(
    after previous: Range<Int>?, before next: Range<Int>?, _ count: Int
  ) -> Range<Int> {
    let start = previous.map { $0.upperBound + 1 } ?? 0
    return start..<max(start, next.map { $0.lowerBound - 1 } ?? count)
  }

  /// How far to move a run within the room.
  private func distance(
    of run: Range<Int>, within room: Range<Int>, _ lines: [ArraySlice<UInt8>], _ numbers: [Int]
  ) -> Int {
    var lowest = run.lowerBound
    while lowest > room.lowerBound, numbers[lowest - 1] == numbers[lowest - 1 + run.count] {
      lowest -= 1
    }
    var highest = run.lowerBound
    while highest + run.count < room.upperBound, numbers[highest] == numbers[highest + run.count] {
      highest += 1
    }
    if lowest == highest { return 0 }
    var best = highest
    for start in stride(from: highest, through: lowest, by: -1)
    where indentation(of: lines[start]) < indentation(of: lines[best]) {
      best = start
    }
    return best - run.lowerBound
  }

  /// A line without anything begins nothing.
  private func indentation(of line: ArraySlice<UInt8>) -> Int {
    guard let first = line.firstIndex(where: { $0 != UInt8(ascii: " ") }) else { return .max }
    return first - line.startIndex
  }
}

extension SequenceDiff.Change {
  fileprivate func moved(by distance: Int) -> Self {
    Self(
      old: (old.lowerBound + distance)..<(old.upperBound + distance),
      new: (new.lowerBound + distance)..<(new.upperBound + distance))
  }
}
