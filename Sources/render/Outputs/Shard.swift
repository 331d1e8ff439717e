import Lamina

/// One of several equal parts of the roots, `2/4`, for jobs on as many machines.
///
/// Every machine that sees the same roots and weights works out the same parts, and asks nobody. Each root has an
/// order of parts that it likes, by hashes of its name and the part's number (rendezvous hashing), and goes to the
/// first one that has room: a part takes a twentieth more than its share at most, and one root more where nothing
/// fits. The heaviest go first. So a root that comes or goes moves few others, and `ShardTests` counts them.
struct Shard: Sendable, Equatable {
  /// From 1.
  let number: Int
  let count: Int

  /// More parts than anyone has machines.
  private static let mostParts = 10_000

  /// Reads `I/N`; nil where that is no part.
  init?(_ text: String) {
    let parts = text.parts(at: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }),
      let number = Int(parts[0]), let count = Int(parts[1]), count <= Self.mostParts,
      (1...max(count, 1)).contains(number), count > 0
    else { return nil }
    self.number = number
    self.count = count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The places of the roots of this part, in rising order.
  func places(of roots: [(name: String, weight: Int)]) -> [Int] {
    Self.parts(of: roots, count: count).enumerated().filter { $0.element == number - 1 }
      .map(\.offset)
  }

  /// The part of each root, from 0.
  static func parts(of roots: [(name: String, weight: Int)], count: Int) -> [Int] {
    let weights = roots.map { max($0.weight, 1) }
    let room = room(for: weights.reduce(0, +), count: count)
    let order = zip(roots, weights).enumerated().map { place, root in
      Ranked(
        place: place, magnitude: Int.bitWidth - root.1.leadingZeroBitCount,
        hash: hash(root.0.name), name: root.0.name)
    }.sorted()
    var loads = Array(repeating: 0, count: count)
    var parts = Array(repeating: 0, count: roots.count)
    for root in order {
      let weight = weights[root.place]
      let liking = (0..<count).map { hash("\(root.name)\0\($0)") }
      let best = loads.indices.filter { loads[$0] + weight <= room }.max { liking[$0] < liking[$1] }
      let part = best ?? loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[part] += weight
      parts[root.place] = part
    }
    return parts
  }

  /// The heaviest roots come first, of about equal ones any: a weight that changes a little changes no order.
  private struct Ranked: Comparable {
    let place: Int
    let magnitude: Int
    let hash: UInt64
    let name: String

    static func < (a: Ranked, b: Ranked) -> Bool {
      if a.magnitude != b.magnitude { return a.magnitude > b.magnitude }
      if a.hash != b.hash { return a.hash < b.hash }
      return (a.name, a.place) < (b.name, b.place)
    }
  }

  /// What a part may take: a twentieth more than its share, rounded up to five bits, so that it stays the same
  /// while the sum changes a little.
  private static func room(for sum: Int, count: Int) -> Int {
    let share = sum / count + 1
    let room = share + share / 20
    let step = 1 << max(Int.bitWidth - room.leadingZeroBitCount - 5, 0)
    return (room + step - 1) / step * step
  }

  /// FNV-1a, with the last step of MurmurHash3, since names that differ at their ends differ in few bits else. The
  /// parts of a release depend on it: it stays as it is.
  private static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
