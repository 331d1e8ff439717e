/// An order of resources that a caller asks for.
public enum Reordering: String, Sendable, CaseIterable {
  /// By kind, namespaces first and webhooks last, then by name.
  case legacy
  /// That of the files.
  case fileOrder = "none"
}
