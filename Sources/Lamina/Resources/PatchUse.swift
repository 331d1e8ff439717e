/// The objects that a patch went to, in one visit of its layer.
struct PatchUse: Sendable {
  /// Where the patch begins: an object of a strategic merge, or the list of a JSON patch.
  let position: Position
  /// The objects, whether the patch changed anything in them or not.
  let roots: [NodeID]
}
