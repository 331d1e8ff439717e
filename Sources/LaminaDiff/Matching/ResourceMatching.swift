internal import Lamina

/// Finds out which resources of two sides are the same resource.
///
/// In this order: those with the same id; with names that differ in the content hash only; with another
/// version or group of the API; in another namespace, if there is one on each side; and last, within a
/// kind, those whose lines are mostly the same. Of several with one id the first belongs to the first.
struct ResourceMatching {
  struct Pair {
    /// Places among the resources of each side; one of them may be nil.
    let old: Int?
    let new: Int?
    let match: ResourceDiff.Match?
  }

  private let old: [RenderedResource]
  private let new: [RenderedResource]
  private let oldIDs: [RenderedResource.Identity]
  private let newIDs: [RenderedResource.Identity]
  /// For each new resource its partner, and how it was found.
  private var partners: [(old: Int, match: ResourceDiff.Match)?]
  private var isOldTaken: [Bool]

  /// All resources of both sides, in the order of the new one; one that was removed stands behind the
  /// resource that it followed.
  static func pairs(old: [RenderedResource], new: [RenderedResource]) -> [Pair] {
    var matching = ResourceMatching(old: old, new: new)
    matching.match(.id) { Key($0, [.version, .namespace, .name]) }
    matching.match(.contentHash) { Key($0, [.version, .namespace, .baseName]) }
    matching.match(.apiVersion) { Key($0, [.namespace, .name], withGroup: false) }
    matching.match(.namespace, onlyPairs: true) { Key($0, [.baseName]) }
    matching.matchSimilar()
    return matching.pairs
  }

  private init(old: [RenderedResource], new: [RenderedResource]) {
    self.old = old
    self.new = new
    oldIDs = old.map(\.id)
    newIDs = new.map(\.id)
    partners = Array(repeating: nil, count: new.count)
    isOldTaken = Array(repeating: false, count: old.count)
  }

  // MARK: - By id

  private struct Key: Hashable {
    enum Part {
      case version
      case namespace
      case name
      case baseName
    }

    private let parts: [ByteText]

    init(_ id: RenderedResource.Identity, _ wanted: [Part], withGroup: Bool = true) {
      parts =
        [ByteText(id.kind), ByteText(withGroup ? id.group : "")]
        + wanted.map { part in
          switch part {
          case .version: ByteText(id.version)
          case .namespace: ByteText(id.namespace)
          case .name: ByteText(id.name)
          case .baseName: ByteText(HashedName.base(of: id))
          }
        }
    }
  }

  /// Pairs what is left of both sides by a key.
  ///
  /// - Parameter onlyPairs: leaves keys that several resources of a side have.
  private mutating func match(
    _ match: ResourceDiff.Match, onlyPairs: Bool = false,
    by key: (RenderedResource.Identity) -> Key
  ) {
    let rest = new.indices.filter { partners[$0] == nil }
    if rest.isEmpty { return }
    var counts: [Key: Int] = [:]
    if onlyPairs { for index in rest { counts[key(newIDs[index]), default: 0] += 1 } }
    var places: [Key: [Int]] = [:]
    for index in old.indices.reversed() where !isOldTaken[index] {
      places[key(oldIDs[index]), default: []].append(index)
    }
    for index in rest {
      let key = key(newIDs[index])
      if onlyPairs, counts[key] != 1 || places[key]?.count != 1 { continue }
      guard let partner = places[key]?.popLast() else { continue }
      pair(partner, index, match)
    }
  }

  private mutating func pair(_ oldIndex: Int, _ newIndex: Int, _ match: ResourceDiff.Match) {
    partners[newIndex] = (oldIndex, match)
    isOldTaken[oldIndex] = true
  }

  // MARK: - By content

  private mutating func matchSimilar() {
    var kinds: [Key: (old: [Int], new: [Int])] = [:]
    for index in old.indices where !isOldTaken[index] {
      kinds[Key(oldIDs[index], []), default: ([], [])].old.append(index)
    }
    for index in new.indices where partners[index] == nil {
      kinds[Key(newIDs[index], []), default: ([], [])].new.append(index)
    }
    for (olds, news) in kinds.values where !olds.isEmpty && !news.isEmpty {
      let found = Similarity.pairs(old: olds.map { old[$0] }, new: news.map { new[$0] })
      for (oldIndex, newIndex, percent) in found {
        pair(olds[oldIndex], news[newIndex], .similarity(percent: percent))
      }
    }
  }

  // MARK: - The outcome

  private var pairs: [Pair] {
    // Removed resources, by the old resource in front of them that is still there.
    var removed: [Int: [Int]] = [:]
    var last = -1
    for index in old.indices {
      if isOldTaken[index] { last = index } else { removed[last, default: []].append(index) }
    }
    func removedPairs(after place: Int) -> [Pair] {
      (removed[place] ?? []).map { Pair(old: $0, new: nil, match: nil) }
    }
    var all = removedPairs(after: -1)
    for index in new.indices {
      all.append(Pair(old: partners[index]?.old, new: index, match: partners[index]?.match))
      if let partner = partners[index] { all += removedPairs(after: partner.old) }
    }
    return all
  }
}
