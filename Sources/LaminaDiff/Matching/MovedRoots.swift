package import Lamina

/// Finds directories that were moved or renamed: a root that is gone and a new one with mostly the same
/// objects are one root.
package enum MovedRoots {
  /// A root that only one side has.
  package struct Candidate: Sendable {
    let name: String
    let objects: Set<Object>

    package init(name: String, _ rendering: Rendering) {
      self.name = name
      objects = Set(rendering.resources.map { Object($0.id) })
    }
  }

  /// What tells an object from the others of its root, without the content hash of its name and without
  /// its namespace, which often is what a directory is renamed for.
  struct Object: Hashable, Sendable {
    private let parts: [ByteText]

    init(_ id: RenderedResource.Identity) {
      parts = [id.group, id.kind, HashedName.base(of: id)].map { ByteText($0) }
    }
  }

  /// The share of objects that two must have in common, in percent.
  private static let leastShare = 50

  /// Places of the old and the new roots that belong together, each at most once: the most objects in
  /// common first, then the paths that have most parts in common.
  package static func pairs(
    old: [Candidate], new: [Candidate]
  ) -> [(old: Int, new: Int)] {
    var found: [(percent: Int, shared: Int, old: Int, new: Int)] = []
    for (left, before) in old.enumerated() {
      for (right, after) in new.enumerated() {
        let total = max(before.objects.count, after.objects.count)
        if total == 0 { continue }
        let percent = 100 * before.objects.intersection(after.objects).count / total
        if percent < leastShare { continue }
        found.append((percent, sharedParts(before.name, after.name), left, right))
      }
    }
    found.sort { ($1.percent, $1.shared, $0.old, $0.new) < ($0.percent, $0.shared, $1.old, $1.new) }
    var (olds, news): (Set<Int>, Set<Int>) = ([], [])
    var pairs: [(old: Int, new: Int)] = []
    for pair in found where !olds.contains(pair.old) && !news.contains(pair.new) {
      olds.insert(pair.old)
      news.insert(pair.new)
      pairs.append((pair.old, pair.new))
    }
    return pairs
  }

  /// How many parts two paths have in common, wherever they stand.
  static func sharedParts(_ left: String, _ right: String) -> Int {
    let parts = [left, right].map { Set($0.parts(at: "/").map { ByteText($0) }) }
    return parts[0].intersection(parts[1]).count
  }
}
