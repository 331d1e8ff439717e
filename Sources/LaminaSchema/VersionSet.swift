/// Some of the versions of the table, a bit for each.
struct VersionSet: Sendable, Equatable {
  /// The lowest bit is the oldest version of the table; 32 are enough for ten years of releases.
  private let bits: UInt32

  private init(bits: UInt32) { self.bits = bits }

  /// All versions. Of a required field this says that every version with the type requires it.
  static let all = VersionSet(bits: .max)
  static let none = VersionSet(bits: 0)

  /// Reads `28`, `-28`, `30-` or several of these between commas (see `KubernetesTable`).
  init(_ text: ArraySlice<UInt8>) {
    var bits: UInt32 = 0
    for part in text.split(separator: UInt8(ascii: ",")) {
      let ends = part.split(
        separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
      let first = ends.first.flatMap { Self.number($0) } ?? KubernetesTable.versions.lowerBound
      let last = ends.last.flatMap { Self.number($0) } ?? KubernetesTable.versions.upperBound
      for minor in KubernetesTable.versions where first <= minor && minor <= last {
        bits |= Self.bit(minor)
      }
    }
    self.bits = bits
  }

  private static func bit(_ minor: Int) -> UInt32 {
    1 << UInt32(truncatingIfNeeded: minor - KubernetesTable.versions.lowerBound)
  }

  /// Nil for no digits, where a range is open.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1) - Int(UInt8(ascii: "0")) }
  }

  func contains(_ version: KubernetesVersion) -> Bool { bits & Self.bit(version.minor) != 0 }

  /// `since 1.30`, `up to 1.28`, `in 1.26 to 1.28`.
  var description: String {
    let minors = KubernetesTable.versions.filter { contains(KubernetesVersion(minor: $0)) }
    guard let first = minors.first, let last = minors.last else { return "in no version" }
    let (oldest, newest) = (
      KubernetesTable.versions.lowerBound, KubernetesTable.versions.upperBound
    )
    if last == newest { return first == oldest ? "in all versions" : "since 1.\(first)" }
    if first == oldest { return "up to 1.\(last)" }
    return first == last ? "in 1.\(first)" : "in 1.\(first) to 1.\(last)"
  }
}
