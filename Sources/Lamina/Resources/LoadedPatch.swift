/// A patch as it was read: its text may hold strategic merges, or one JSON patch.
enum LoadedPatch: Sendable {
  case strategic([StrategicPatch])
  case json(JSONPatch)

  /// The objects of strategic merges; none of a JSON patch.
  var objects: [NodeID] {
    switch self {
    case .strategic(let patches): patches.map(\.resource.root)
    case .json: []
    }
  }
}

/// One object of a strategic merge patch.
struct StrategicPatch: Sendable {
  /// The object, and the id by which it finds its target.
  let resource: Resource
  /// The entry that asks for the patch.
  let asked: Position
}
