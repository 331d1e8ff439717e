/// What a change does that its fields do not show at a glance.
public struct Consequence: Sendable, Equatable {
  /// What follows.
  public enum Kind: String, Sendable, CaseIterable {
    /// The API server refuses to change the field: the object has to be deleted and made anew.
    case immutableField = "immutable-field"
    /// The pods are replaced, one after the other.
    case rollout
    /// The object goes away.
    case removal
    /// With the object goes what it holds: a namespace's objects, a definition's, a claim's data.
    case dataLoss = "data-loss"
    /// The object is made in another namespace, and the old one stays or goes.
    case namespaceChange = "namespace-change"
    /// The object gets another name: it is made anew, and the old one stays or goes.
    case rename
    /// The number of pods changes.
    case scale
    /// Another root holds the object now.
    case move

    /// The cluster refuses the change, or something is lost by it.
    public var isSevere: Bool {
      switch self {
      case .immutableField, .dataLoss: true
      case .rollout, .removal, .namespaceChange, .rename, .scale, .move: false
      }
    }
  }

  /// What follows.
  public let kind: Kind
  /// One sentence without a full stop: `spec.selector cannot be changed: delete the Deployment first`.
  public let message: String

  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }
}
