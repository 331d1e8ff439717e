package import Lamina

/// One resource that differs, or that only one side has.
package struct ResourceDiff: Sendable {
  /// How the two were known to be one resource.
  package enum Match: Sendable, Equatable {
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

  package enum Kind: String, Sendable {
    case added
    case removed
    case changed
  }

  /// At least one of the two is there.
  package let old: ManifestResource?
  package let new: ManifestResource?
  /// nil where only one side has the resource.
  package let match: Match?
  /// In the order of the fields; none of a resource that only one side has.
  package let changes: [FieldChange]
  /// What a reviewer must know beyond the fields.
  package let consequences: [Consequence]
  /// The root that has the object on the new side, where this one no longer has it.
  package private(set) var movedTo: String?
  /// The root that had the object on the old side, where this one has it now.
  package private(set) var movedFrom: String?
  /// How the lines of an object changed that moved here.
  package private(set) var moveChanges: LineDiff?

  package init(
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

  package var kind: Kind {
    if old == nil { return .added }
    return new == nil ? .removed : .changed
  }

  var isMoved: Bool { movedTo != nil || movedFrom != nil }

  /// The same with other consequences.
  func with(_ consequences: [Consequence]) -> ResourceDiff {
    var copy = ResourceDiff(
      old: old, new: new, match: match, changes: changes, consequences: consequences)
    copy.movedTo = movedTo
    copy.movedFrom = movedFrom
    copy.moveChanges = moveChanges
    return copy
  }

  /// A removed resource that another root has now: nothing is lost.
  func moved(to root: String) -> ResourceDiff {
    var copy = with([Consequence(kind: .move, message: "it moves to \(root)")])
    copy.movedTo = root
    return copy
  }

  /// An added resource that another root had before.
  func moved(from root: String, _ changes: LineDiff) -> ResourceDiff {
    var copy = with([
      Consequence(
        kind: .move,
        message: "it moves from \(root): where removed objects are pruned, apply this root first")
    ])
    copy.movedFrom = root
    copy.moveChanges = changes
    return copy
  }
}

/// One resource of a rendered stream.
package struct ManifestResource: Sendable {
  package let id: RenderedResource.Identity
  /// As it is printed, secrets masked, with a line feed at its end.
  package let yaml: [UInt8]
  /// All of it, secrets masked; nil for a resource that is the same on both sides.
  package let value: ManifestValue?
  /// Where it comes from, for what was rendered here.
  package let origin: Diagnostic.Location?

  package init(
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
package struct Manifest: Sendable {
  package let resources: [ManifestResource]

  package init(resources: [ManifestResource]) { self.resources = resources }
}
