/// What turns one sequence into another: the runs that differ, and between them what both have.
///
/// Elements are numbers, equal where the elements are (`LineNumbers` makes them of lines). The way is
/// Myers' in linear space: a search from both ends at once for the middle of a shortest way, then the
/// same on either side of it (E. Myers, "An O(ND) Difference Algorithm and Its Variations"). A search
/// that has become too long is cut where it got furthest, as GNU diff does, so that the whole costs
/// time in proportion to the length at worst; what comes out is then right, but not the shortest.
struct SequenceDiff {
  /// A run of the old elements that a run of the new ones stands for; one of the two may be empty.
  struct Change: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// How many steps a search may take before it is cut.
  static let maximumSearch = 256

  private let old: [Int]
  private let new: [Int]
  private(set) var isOldChanged: [Bool]
  private(set) var isNewChanged: [Bool]

  /// The runs that differ, in order.
  static func changes(old: [Int], new: [Int]) -> [Change] {
    var diff = SequenceDiff(old: old, new: new)
    diff.compare()
    return changes(isOldChanged: diff.isOldChanged, isNewChanged: diff.isNewChanged)
  }

  init(old: [Int], new: [Int]) {
    self.old = old
    self.new = new
    isOldChanged = Array(repeating: false, count: old.count)
    isNewChanged = Array(repeating: false, count: new.count)
  }

  /// The runs of what is marked as changed; what is not marked is the same on both sides.
  static func changes(isOldChanged: [Bool], isNewChanged: [Bool]) -> [Change] {
    var changes: [Change] = []
    var (x, y) = (0, 0)
    while x < isOldChanged.count || y < isNewChanged.count {
      let (startX, startY) = (x, y)
      while x < isOldChanged.count, isOldChanged[x] { x += 1 }
      while y < isNewChanged.count, isNewChanged[y] { y += 1 }
      if x > startX || y > startY {
        changes.append(Change(old: startX..<x, new: startY..<y))
      } else {
        x += 1
        y += 1
      }
    }
    return changes
  }

  /// Marks what differs.
  mutating func compare() {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < old.count - start, end < new.count - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    { end += 1 }
    // What only one side has is a change whatever comes out, and would only make the search longer.
    let olds = Set(old[start..<(old.count - end)])
    let news = Set(new[start..<(new.count - end)])
    var (oldPlaces, newPlaces): ([Int], [Int]) = ([], [])
    for place in start..<(old.count - end) {
      if news.contains(old[place]) { oldPlaces.append(place) } else { isOldChanged[place] = true }
    }
    for place in start..<(new.count - end) {
      if olds.contains(new[place]) { newPlaces.append(place) } else { isNewChanged[place] = true }
    }
    var search = MyersSearch(old: oldPlaces.map { old[$0] }, new: newPlaces.map { new[$0] })
    search.run()
    for (place, isChanged) in zip(oldPlaces, search.isOldChanged) where isChanged {
      isOldChanged[place] = true
    }
    for (place, isChanged) in zip(newPlaces, search.isNewChanged) where isChanged {
      isNewChanged[place] = true
    }
  }
}
