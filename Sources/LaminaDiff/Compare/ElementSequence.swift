internal import Lamina

/// Finds which elements of two lists belong together by their order.
///
/// What is the same on both sides in the same order stays (a longest common subsequence); what only
/// stands elsewhere is a change of the order. The rest is paired where two elements between the same
/// neighbours look like one that was edited.
struct ElementSequence {
  private let old: [ComparedValue]
  private let new: [ComparedValue]
  private var pairs: [ElementPairs.Pair] = []

  /// Comparing each with each is left out for longer runs.
  private static let maximumRun = 64

  static func pairs(_ old: [ComparedValue], _ new: [ComparedValue]) -> ElementPairs {
    var numbers: [ComparedValue: Int] = [:]
    func number(_ value: ComparedValue) -> Int {
      let number = numbers[value, default: numbers.count]
      numbers[value] = number
      return number
    }
    let (olds, news) = (old.map(number), new.map(number))
    let changes = SequenceDiff.changes(old: olds, new: news)
    let moved = Moved(olds, news, changes)
    var sequence = ElementSequence(old: old, new: new)
    for change in changes {
      sequence.pair(
        change.old.filter { !moved.old.contains($0) }, change.new.filter { !moved.new.contains($0) }
      )
    }
    let isMoved = !moved.old.isEmpty
    let removed = Set(changes.flatMap(\.old)).subtracting(moved.old)
    let added = Set(changes.flatMap(\.new)).subtracting(moved.new)
    return ElementPairs(
      all: sequence.pairs,
      oldOrder: isMoved ? words(of: old, without: removed) : [],
      newOrder: isMoved ? words(of: new, without: added) : [])
  }

  private init(old: [ComparedValue], new: [ComparedValue]) {
    self.old = old
    self.new = new
  }

  private static func words(
    of list: [ComparedValue], without places: Set<Int>
  ) -> [ElementWords] {
    list.indices.filter { !places.contains($0) }.map { ElementWords(list[$0]) }
  }

  /// Pairs what one run has with what stands in its place.
  private mutating func pair(_ olds: [Int], _ news: [Int]) {
    let anchors = similar(olds, news)
    var (left, right) = (0, 0)
    for (oldEnd, newEnd) in anchors + [(olds.count, news.count)] {
      pairBetween(olds[left..<oldEnd], news[right..<newEnd])
      if oldEnd < olds.count, newEnd < news.count { note(olds[oldEnd], news[newEnd]) }
      (left, right) = (min(oldEnd + 1, olds.count), min(newEnd + 1, news.count))
    }
  }

  /// As many on both sides are taken for the same ones, edited.
  private mutating func pairBetween(_ olds: ArraySlice<Int>, _ news: ArraySlice<Int>) {
    if olds.count == news.count, zip(olds, news).allSatisfy({ haveOneShape(old[$0], new[$1]) }) {
      for (old, new) in zip(olds, news) { note(old, new) }
    } else {
      for place in olds { note(place, nil) }
      for place in news { note(nil, place) }
    }
  }

  private mutating func note(_ old: Int?, _ new: Int?) {
    pairs.append(ElementPairs.Pair(step: .index(new ?? old ?? 0), old: old, new: new))
  }

  // MARK: - Likeness

  /// Places in the two runs, both rising, of elements that look alike.
  private func similar(_ olds: [Int], _ news: [Int]) -> [(Int, Int)] {
    guard olds.count <= Self.maximumRun, news.count <= Self.maximumRun else { return [] }
    var anchors: [(Int, Int)] = []
    var next = 0
    for (right, place) in news.enumerated() {
      let found = olds.indices.dropFirst(next).first { areAlike(old[olds[$0]], new[place]) }
      guard let found else { continue }
      anchors.append((found, right))
      next = found + 1
    }
    return anchors
  }

  /// Two mappings of which half of the fields are the same, or two arguments for one flag.
  private func areAlike(_ old: ComparedValue, _ new: ComparedValue) -> Bool {
    switch (old, new) {
    case (.mapping(let left), .mapping(let right)):
      let same = Set(left).intersection(right).count
      return same > 0 && same * 2 >= min(left.count, right.count)
    case (.string(let left), .string(let right)):
      guard let flag = left.string.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
      return right.string.utf8.starts(with: left.string.utf8[...flag])
    default: return false
    }
  }

  private func haveOneShape(_ old: ComparedValue, _ new: ComparedValue) -> Bool {
    switch (old, new) {
    case (.mapping(let left), .mapping(let right)): return left.map(\.key) == right.map(\.key)
    case (.mapping, _), (_, .mapping), (.list, _), (_, .list): return false
    default: return true
    }
  }
}

/// Elements that both lists have, and that a common subsequence left out because they stand elsewhere.
private struct Moved {
  private(set) var old: Set<Int> = []
  private(set) var new: Set<Int> = []

  init(_ olds: [Int], _ news: [Int], _ changes: [SequenceDiff.Change]) {
    var places: [Int: [Int]] = [:]
    for place in changes.flatMap(\.old).reversed() {
      places[olds[place], default: []].append(place)
    }
    for place in changes.flatMap(\.new) {
      guard let from = places[news[place]]?.popLast() else { continue }
      old.insert(from)
      new.insert(place)
    }
  }
}
