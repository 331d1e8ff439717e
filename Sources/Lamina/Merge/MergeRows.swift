/// The texts by which the elements of two lists are told apart: one row for each different element,
/// with a text for each key, which is empty where the element lacks it.
///
///     ports of the patch       ports of the object            rows
///     - containerPort: 80      - containerPort: 80
///       name: web                protocol: TCP         →      [80, TCP]
///                              - containerPort: 81            [81, ""]
///
/// (walk/associative_sequence.go `elementValues`, `mergeValues`, `validateKeys`)
struct MergeRows {
  /// The keys that any element has, or all if no element has any.
  ///
  /// They are places in the keys of the list.
  private(set) var usedKeys: [Int] = []
  /// Rows of the list whose elements come first. They hold the used keys only.
  private(set) var rows: [[Symbol]] = []

  /// With more keys than this, which no built-in type has, an index has more to look up than it saves.
  private static let manyKeys = 4

  /// - Parameters:
  ///   - theirs: the elements of the patch; nil where there is no such list.
  ///   - purpose: decides which list comes first.
  init(
    _ theirs: ListElements?, _ ours: ListElements, _ purpose: StrategicMerge.Purpose
  ) {
    var seen: Set<[Symbol]> = []
    let lists = purpose == .patch ? [theirs, ours] : [ours, theirs]
    for list in lists.compactMap({ $0 }) {
      for index in list.nodes.indices {
        // A scalar is its own key even where it is null.
        let row = list.texts(at: index).map { list.isOfScalars ? $0.text : $0.value }
        if seen.insert(row).inserted { rows.append(row) }
      }
    }
    if ours.keys.count > 1 {
      let isIndexed = rows.count > KeyedList.manyElements && ours.keys.count <= Self.manyKeys
      Self.fillGaps(of: &rows, isIndexed: isIndexed)
    }
    keepUsedKeys(of: max(ours.keys.count, 1))
  }

  /// Drops keys that no row has a text for (`validateKeys`): elements are then matched by the
  /// others alone.
  private mutating func keepUsedKeys(of width: Int) {
    let all = Array(0..<width)
    usedKeys = all.filter { key in rows.contains { !$0[key].isEmpty } }
    if usedKeys.isEmpty { usedKeys = all }
    guard usedKeys.count < width else { return }
    rows = rows.map { row in usedKeys.map { row[$0] } }
  }

  // MARK: - Gaps

  /// Lets rows that lack a key and rows that have it become one, as where a port says its protocol and
  /// another of the same number does not (`mergeValues`).
  ///
  /// kyaml compares every row with every row. With an index only those that can fit are compared.
  ///
  /// - Parameter isIndexed: which of the two ways;
  ///   `StrategicMergePropertyTests.anIndexFillsTheSameGaps` holds them together.
  static func fillGaps(of rows: inout [[Symbol]], isIndexed: Bool) {
    // Without a gap two rows that fit are the same row, and there is none twice.
    guard rows.contains(where: hasGap) else { return }
    var index = isIndexed ? RowIndex() : nil
    for place in rows.indices {
      // A row that was filled on the way is still compared as it was.
      let row = rows[place]
      for other in index?.candidates(for: row, in: rows) ?? Array(rows.indices) {
        guard let filled = fit(row, rows[other]) else { continue }
        for changed in [place, other] where rows[changed] != filled {
          rows[changed] = filled
          index?.add(filled, at: changed)
        }
      }
    }
  }

  private static func hasGap(_ row: [Symbol]) -> Bool { row.contains { $0.isEmpty } }

  /// Two rows fit if they have a text in common, perhaps the empty one, and differ only where one of
  /// them has a gap.
  ///
  /// Returns the row that both become, nil where they do not fit (`match`).
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

/// Finds the rows that may fit a row, without a look at all of them.
///
/// Two rows that fit have some text in common, and where neither has a gap they agree. So for each key
/// that may hold the common text, the other row has that text, and under each key where the first row
/// has a text it has the same or none: which leaves few combinations to look up.
private struct RowIndex {
  /// Places of rows by what they hold under some of the keys, for each set of keys that was asked for.
  private var placesByKeys: [[Int]: [[Symbol]: [Int]]] = [:]

  /// The places, in rising order, of all rows that can fit, and perhaps of some that cannot.
  mutating func candidates(for row: [Symbol], in rows: [[Symbol]]) -> [Int] {
    var found: Set<Int> = []
    let filled = row.indices.filter { !row[$0].isEmpty }
    for common in row.indices {
      let keys = row.indices.filter { $0 == common || !row[$0].isEmpty }
      // The other row may have a gap under any of these. Each subset is one look-up, hence the
      // limit of `manyKeys`.
      let optional = filled.filter { $0 != common }
      for gaps in Self.subsets(of: optional) {
        let wanted = keys.map { gaps.contains($0) ? Symbol.empty : row[$0] }
        found.formUnion(places(of: wanted, under: keys, in: rows))
      }
    }
    return found.sorted()
  }

  /// Notes that a row holds something else now. What it held before does no harm.
  mutating func add(_ row: [Symbol], at place: Int) {
    for keys in placesByKeys.keys {
      placesByKeys[keys]?[keys.map { row[$0] }, default: []].append(place)
    }
  }

  /// The places of the rows that hold these texts under these keys. The table for a set of keys is
  /// built when it is first asked for.
  private mutating func places(
    of wanted: [Symbol], under keys: [Int], in rows: [[Symbol]]
  ) -> [Int] {
    if placesByKeys[keys] == nil {
      var places: [[Symbol]: [Int]] = [:]
      for (place, row) in rows.enumerated() {
        places[keys.map { row[$0] }, default: []].append(place)
      }
      placesByKeys[keys] = places
    }
    return placesByKeys[keys]?[wanted] ?? []
  }

  /// All subsets of the keys, the empty one first; two to the power of their number.
  private static func subsets(of keys: [Int]) -> [[Int]] {
    keys.reduce([[]]) { subsets, key in subsets + subsets.map { $0 + [key] } }
  }
}
