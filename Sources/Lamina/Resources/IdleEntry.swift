/// An entry of a kustomization that found nothing to write to in one visit of its layer.
///
/// kustomize passes over it in silence. A rule judges it when the build has ended: the entry may have
/// found something in another visit, or in another root of the same run.
struct IdleEntry: Sendable {
  enum Kind: Sendable {
    /// A patch whose target selects no resource, with the objects of a strategic merge patch; none of a
    /// JSON patch.
    case patch(Selector, objects: [NodeID])
    /// An image that no field holds.
    case image(ImageChange)
    /// A target of a replacement that selects no resource, and the replacement with the number of its targets.
    case replacement(ReplacementTarget, of: Position, targets: Int)
  }

  let kind: Kind
  /// The edit that wrote nothing. Of a target with several paths, that of the first.
  let edit: EditID
}
