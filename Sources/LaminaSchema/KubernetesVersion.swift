internal import Lamina

/// A minor version of Kubernetes, such as 1.33.
package struct KubernetesVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number behind `1.`.
  package let minor: Int

  package init(minor: Int) { self.minor = minor }

  /// Reads `1.33`, `v1.33` and `1.33.2`; nil for any other text.
  package init?(_ text: String) {
    let parts = (text.begins(with: "v") ? text.dropFirst() : text[...])
      .parts(at: ".", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0] == "1", parts.allSatisfy(Self.isNumber),
      let minor = Int(parts[1])
    else { return nil }
    self.minor = minor
  }

  /// ASCII digits only, as `Int` reads a sign as well.
  private static func isNumber(_ part: Substring) -> Bool {
    !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The oldest version whose types are known.
  package static var oldest: KubernetesVersion {
    KubernetesVersion(minor: KubernetesTable.versions.lowerBound)
  }

  /// The newest version whose types are known.
  package static var newest: KubernetesVersion {
    KubernetesVersion(minor: KubernetesTable.versions.upperBound)
  }

  /// Whether the types of the version are known.
  package var isKnown: Bool { KubernetesTable.versions.contains(minor) }

  package var description: String { "1.\(minor)" }

  package static func < (a: KubernetesVersion, b: KubernetesVersion) -> Bool { a.minor < b.minor }
}
