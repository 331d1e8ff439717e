/// Scalars that change together.
///
/// When kustomize adds a label to several places of one object, it hangs the *same* node into all of
/// them (filtersutil/setters.go `SetEntry`). Whatever later writes over one of them, such as a patch
/// that changes `metadata.labels.app`, so changes the selector too. People's outputs depend on it,
/// and nobody would guess it from the files; case `testdata/build/labels-change-together`.
extension Tree {
  /// Makes nodes change together from now on.
  mutating func join(_ ids: [NodeID]) {
    guard ids.count > 1 else { return }
    for id in ids {
      self[id].flags.insert(.twin)
      twinSets[id] = twins.count
    }
    twins.append(ids)
  }

  /// Lets a node change by itself again.
  mutating func separate(_ id: NodeID) {
    guard let set = twinSets.removeValue(forKey: id) else { return }
    self[id].flags.remove(.twin)
    twins[set].removeAll { $0 == id }
  }

  func otherTwins(of id: NodeID) -> [NodeID] {
    guard let set = twinSets[id] else { return [] }
    return twins[set].filter { $0 != id }
  }
}
