/// Scalars that change together.
///
/// When kustomize adds a label to several places of one object, it hangs the *same* node into all of
/// them (filtersutil/setters.go `SetEntry`). Whatever later writes over one of them, such as a patch
/// that changes `metadata.labels.app`, so changes the selector too. People's outputs depend on it,
/// and nobody would guess it from the files; case `testdata/build/labels-change-together`.
extension Tree {
  /// Makes nodes that stand alone so far change together from now on.
  mutating func join(_ ids: [NodeID]) {
    guard ids.count > 1, var previous = ids.last else { return }
    for id in ids {
      self[writing: id].flags.insert(.twin)
      twinAfter.updateValue(id, forKey: previous)
      previous = id
    }
  }

  /// Lets a node change by itself again.
  mutating func separate(_ id: NodeID) {
    guard self[id].flags.contains(.twin), let next = twinAfter.updateValue(id, forKey: id) else {
      return
    }
    self[writing: id].flags.remove(.twin)
    var previous = next
    while let twin = twinAfter[previous], twin != id { previous = twin }
    twinAfter.updateValue(next, forKey: previous)
  }

  func otherTwins(of id: NodeID) -> [NodeID] {
    var others: [NodeID] = []
    var twin = twinAfter[id]
    while let other = twin, other != id {
      others.append(other)
      twin = twinAfter[other]
    }
    return others
  }
}
