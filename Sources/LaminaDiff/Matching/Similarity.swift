internal import Lamina

/// Pairs resources of one kind that have most of their lines in common, as git finds renamed files.
struct Similarity {
  /// The share of lines that two must have in common, in percent.
  private static let leastShare = 50
  /// What all resources have does not count, and fewer common lines than these mean nothing.
  private static let leastLines = 3
  /// Lines that stand in more resources than this tell nothing of one, and would make the search costly.
  private static let mostHolders = 50
  /// How many resources each one is compared with in full.
  private static let mostCandidates = 8

  private let old: [Candidate]
  private let new: [Candidate]

  private struct Candidate {
    let name: [UInt8]
    /// How often each line stands in it, without those that say what it is called.
    let lines: [ArraySlice<UInt8>: Int]

    init(_ resource: RenderedResource) {
      name = Array(resource.id.name.utf8)
      var counts: [ArraySlice<UInt8>: Int] = [:]
      for line in resource.yaml.split(separator: UInt8(ascii: "\n"))
      where !Similarity.isCommon(line) {
        counts[line, default: 0] += 1
      }
      lines = counts
    }

    /// By what others of its like may be found: its lines, and the words of its name.
    var marks: [ArraySlice<UInt8>] { lines.keys + name.split(separator: UInt8(ascii: "-")) }

    /// How much the names have in common at their beginning and end: layers put something there.
    func affinity(to other: Candidate) -> Int {
      let start = zip(name, other.name).prefix { $0 == $1 }.count
      let end = zip(name.reversed(), other.name.reversed()).prefix { $0 == $1 }.count
      return min(start + end, name.count, other.name.count)
    }
  }

  private typealias Pair = (old: Int, new: Int, percent: Int, affinity: Int)

  /// Places of those that belong together, the most similar first, each at most once.
  static func pairs(
    old: [RenderedResource], new: [RenderedResource]
  ) -> [(old: Int, new: Int, percent: Int)] {
    let similarity = Similarity(old: old.map { Candidate($0) }, new: new.map { Candidate($0) })
    var (olds, news): (Set<Int>, Set<Int>) = ([], [])
    return similarity.pairs.compactMap { pair in
      guard !olds.contains(pair.old), !news.contains(pair.new) else { return nil }
      olds.insert(pair.old)
      news.insert(pair.new)
      return (pair.old, pair.new, pair.percent)
    }
  }

  private static func isCommon(_ line: ArraySlice<UInt8>) -> Bool {
    ["apiVersion: ", "kind: ", "metadata:", "  name: ", "  namespace: ", "spec:"]
      .contains { line.starts(with: $0.utf8) }
  }

  /// All that are similar enough, the most similar first; of those, the ones with the likest names.
  private var pairs: [Pair] {
    var holders: [ArraySlice<UInt8>: [Int]] = [:]
    for (index, candidate) in old.enumerated() {
      for mark in candidate.marks { holders[mark, default: []].append(index) }
    }
    var pairs: [Pair] = []
    for (index, candidate) in new.enumerated() {
      for (other, affinity) in mostAlike(candidate, holders) {
        guard let percent = percent(old[other].lines, candidate.lines) else { continue }
        pairs.append((other, index, percent, affinity))
      }
    }
    return pairs.sorted {
      ($1.percent, $1.affinity, $0.old, $0.new) < ($0.percent, $0.affinity, $1.old, $1.new)
    }
  }

  /// The old resources that share most of the rarer marks.
  private func mostAlike(
    _ candidate: Candidate, _ holders: [ArraySlice<UInt8>: [Int]]
  ) -> [(old: Int, affinity: Int)] {
    var shared: [Int: Int] = [:]
    for mark in candidate.marks {
      guard let holders = holders[mark], holders.count <= Self.mostHolders else { continue }
      for holder in holders { shared[holder, default: 0] += 1 }
    }
    return shared.map {
      (old: $0.key, count: $0.value, affinity: old[$0.key].affinity(to: candidate))
    }
    .sorted { ($1.count, $1.affinity, $0.old) < ($0.count, $0.affinity, $1.old) }
    .prefix(Self.mostCandidates).map { ($0.old, $0.affinity) }
  }

  /// Nil where they are not similar enough.
  private func percent(
    _ old: [ArraySlice<UInt8>: Int], _ new: [ArraySlice<UInt8>: Int]
  ) -> Int? {
    let common = new.reduce(0) { $0 + min($1.value, old[$1.key] ?? 0) }
    let total = old.values.reduce(0, +) + new.values.reduce(0, +)
    guard common >= Self.leastLines, total > 0 else { return nil }
    let percent = 200 * common / total
    return percent >= Self.leastShare ? percent : nil
  }
}
