public import Lamina

/// One resource that differs, or that only one side has.
public struct ResourceDiff: Sendable {
  /// How the two were known to be one resource.
  public enum Match: Sendable, Equatable {
    /// They have the same id.
    case id
    /// Their names differ in the content hash only.
    case contentHash
    /// They differ in the version or group of their API only.
    case apiVersion
    /// They differ in the namespace only.
    case namespace
    /// They have different names, and so many percent of their lines in common.
    case similarity(percent: Int)
  }

  public enum Kind: String, Sendable {
    case added
    case removed
    case changed
  }

  /// At least one of the two is there.
  public let old: ManifestResource?
  public let new: ManifestResource?
  /// nil where only one side has the resource.
  public let match: Match?
  /// In the order of the fields; none of a resource that only one side has.
  public let changes: [FieldChange]
  /// What a reviewer must know beyond the fields.
  public let consequences: [Consequence]

  public init(
    old: ManifestResource?, new: ManifestResource?, match: Match? = nil,
    changes: [FieldChange] = [],
    consequences: [Consequence] = []
  ) {
    self.old = old
    self.new = new
    self.match = match
    self.changes = changes
    self.consequences = consequences
  }

  public var kind: Kind {
    if old == nil { return .added }
    return new == nil ? .removed : .changed
  }
}

/// One resource of a rendered stream.
public struct ManifestResource: Sendable {
  public let id: RenderedResource.Identity
  /// As it is printed, secrets masked, with a line feed at its end.
  public let yaml: [UInt8]
  /// All of it, secrets masked; nil for a resource that is the same on both sides.
  public let value: ManifestValue?
  /// Where it comes from, for what was rendered here.
  public let origin: Diagnostic.Location?

  public init(
    id: RenderedResource.Identity, yaml: [UInt8], value: ManifestValue?,
    origin: Diagnostic.Location? = nil
  ) {
    self.id = id
    self.yaml = yaml
    self.value = value
    self.origin = origin
  }
}

/// The resources of a rendered stream, in its order.
public struct Manifest: Sendable {
  public let resources: [ManifestResource]

  public init(resources: [ManifestResource]) { self.resources = resources }
}
