/// The names of what containers and claims can request.
enum ResourceNames {
  /// The mappings of a built-in type whose keys are such names.
  static let fields: Set<String> = [
    "requests", "limits", "default", "defaultRequest", "max", "min", "maxLimitRequestRatio",
    "capacity", "podFixed",
  ]

  static let known = ["cpu", "memory", "storage", "ephemeral-storage", "pods"]
  private static let prefixes = ["hugepages-", "attachable-volumes-"]

  /// Whether a name is one of Kubernetes' own, or has a domain like those of devices.
  static func isKnown(_ name: String) -> Bool {
    known.contains(name) || name.utf8.contains(UInt8(ascii: "/"))
      || prefixes.contains { name.hasPrefix($0) }
  }
}
