extension Rule {
  /// Entries that do nothing, or something else than they say.
  private static let entries: [Rule] = [
    .patchNoMatch, .imageNoMatch,
  ]

  /// How kustomizations are written.
  private static let kustomizations: [Rule] = []

  /// Objects against each other.
  private static let objects: [Rule] = []

  /// The rules about silencing.
  private static let silencing: [Rule] = [.unusedIgnore]

  /// All rules that need no more than the build, in the order in which they are documented.
  package static let all: [Rule] = entries + kustomizations + objects + silencing
}
