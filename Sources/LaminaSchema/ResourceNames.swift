internal import Lamina

/// The names of what containers and claims can request.
enum ResourceNames {
  /// The mappings of a built-in type whose keys are such names.
  static let fields: Set<String> = [
    "requests", "limits", "default", "defaultRequest", "max", "min", "maxLimitRequestRatio",
    "capacity", "podFixed",
  ]

  /// Those that a request can have without a domain; `pods` stands in quotas and limits.
  static let known = ["cpu", "memory", "storage", "ephemeral-storage", "pods"]
  /// Beginnings of names that go on with a size or a driver.
  private static let prefixes = ["hugepages-", "attachable-volumes-"]

  /// Whether a name is one of Kubernetes' own, or has a domain like those of devices.
  static func isKnown(_ name: String) -> Bool {
    known.contains(name) || name.utf8.contains(UInt8(ascii: "/"))
      || prefixes.contains { name.begins(with: $0) }
  }
}
