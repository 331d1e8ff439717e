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

  private let old: [[ArraySlice<UInt8>: Int]]
  private let new: [[ArraySlice<UInt8>: Int]]

  /// Places of those that belong together, the most similar first, each at most once.
  static func pairs(
    old: [RenderedResource], new: [RenderedResource]
  ) -> [(old: Int, new: Int, percent: Int)] {
    let similarity = Similarity(old: old.map(lines), new: new.map(lines))
    var (olds, news): (Set<Int>, Set<Int>) = ([], [])
    return similarity.candidates.filter { candidate in
      guard !olds.contains(candidate.old), !news.contains(candidate.new) else { return false }
      olds.insert(candidate.old)
      news.insert(candidate.new)
      return true
    }
  }

  /// How often each line stands in a resource, without those that say what it is called.
  private static func lines(of resource: RenderedResource) -> [ArraySlice<UInt8>: Int] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in resource.yaml.split(separator: UInt8(ascii: "\n")) where !isCommon(line) {
      counts[line, default: 0] += 1
    }
    return counts
  }

  private static func isCommon(_ line: ArraySlice<UInt8>) -> Bool {
    ["apiVersion: ", "kind: ", "metadata:", "  name: ", "  namespace: ", "spec:"]
      .contains { line.starts(with: $0.utf8) }
  }

  private var candidates: [(old: Int, new: Int, percent: Int)] {
    var holders: [ArraySlice<UInt8>: [Int]] = [:]
    for (index, lines) in old.enumerated() {
      for line in lines.keys { holders[line, default: []].append(index) }
    }
    var candidates: [(old: Int, new: Int, percent: Int)] = []
    for (index, lines) in new.enumerated() {
      for other in mostAlike(lines, holders) {
        guard let percent = percent(old[other], lines) else { continue }
        candidates.append((other, index, percent))
      }
    }
    return candidates.sorted {
      ($1.percent, $0.old, $0.new) < ($0.percent, $1.old, $1.new)
    }
  }

  /// The old resources that share most of the rarer lines.
  private func mostAlike(
    _ lines: [ArraySlice<UInt8>: Int], _ holders: [ArraySlice<UInt8>: [Int]]
  ) -> [Int] {
    var shared: [Int: Int] = [:]
    for line in lines.keys {
      guard let holders = holders[line], holders.count <= Self.mostHolders else { continue }
      for holder in holders { shared[holder, default: 0] += 1 }
    }
    return shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Self.mostCandidates).map(\.key)
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
