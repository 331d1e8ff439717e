/// The texts by which the elements of two lists are told apart: one row for each different element,
/// with a text for each key, which is empty where the element lacks it.
struct MergeRows {
  /// The keys that any element has, or all if no element has any.
  private(set) var usedKeys: [Int] = []
  /// Rows of the patch first. They hold the used keys only.
  private(set) var rows: [[Symbol]] = []

  init(_ theirs: ListElements?, _ ours: ListElements) {
    var seen: Set<[Symbol]> = []
    for list in [theirs, ours].compactMap({ $0 }) {
      for index in list.nodes.indices {
        // A scalar is its own key even where it is null.
        let row = list.texts(at: index).map { list.isOfScalars ? $0.text : $0.value }
        if seen.insert(row).inserted { rows.append(row) }
      }
    }
    if ours.keys.count > 1 { fillGaps() }
    keepUsedKeys(of: max(ours.keys.count, 1))
  }

  private mutating func keepUsedKeys(of width: Int) {
    let all = Array(0..<width)
    usedKeys = all.filter { key in rows.contains { !$0[key].isEmpty } }
    if usedKeys.isEmpty { usedKeys = all }
    guard usedKeys.count < width else { return }
    rows = rows.map { row in usedKeys.map { row[$0] } }
  }

  /// The place, among the used keys, of the one under which the rows have the most different texts.
  var mostTellingKey: Int {
    let counts = usedKeys.indices.map { key in Set(rows.map { $0[key] }).count }
    return counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
  }

  // MARK: - Gaps

  /// Lets rows that lack a key and rows that have it become one, as where a port says its protocol and
  /// another of the same number does not (`mergeValues`).
  ///
  /// kyaml compares every row with every row. Only rows with the same first text can fit, and of these
  /// only pairs where one has a gap, so the others need not be looked at, unless a row lacks the first
  /// key itself.
  private mutating func fillGaps() {
    guard rows.contains(where: Self.hasGap) else { return }
    guard !rows.contains(where: { $0[0].isEmpty }) else {
      return fillGaps(among: Array(rows.indices))
    }
    var groups: [Symbol: [Int]] = [:]
    for index in rows.indices { groups[rows[index][0], default: []].append(index) }
    for group in groups.values where group.count > 1 { fillGaps(among: group) }
  }

  private mutating func fillGaps(among group: [Int]) {
    let gaps = group.filter { Self.hasGap(rows[$0]) }
    for index in group {
      let row = rows[index]
      // A row that was filled on the way is still compared as it was.
      for other in Self.hasGap(row) ? group : gaps {
        guard let filled = Self.fit(row, rows[other]) else { continue }
        rows[index] = filled
        rows[other] = filled
      }
    }
  }

  private static func hasGap(_ row: [Symbol]) -> Bool { row.contains { $0.isEmpty } }

  /// Two rows fit if they have a text in common, perhaps the empty one, and differ only where one of
  /// them has a gap.
  private static func fit(_ a: [Symbol], _ b: [Symbol]) -> [Symbol]? {
    var haveCommon = false
    var result: [Symbol] = []
    for (left, right) in zip(a, b) {
      if left == right { haveCommon = true }
      if left != right, !left.isEmpty, !right.isEmpty { return nil }
      result.append(left.isEmpty ? right : left)
    }
    return haveCommon ? result : nil
  }
}
