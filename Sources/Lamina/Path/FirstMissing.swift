/// How far a path leads through what is there: to its end, or to the first step that leads nowhere.
///
/// The values on the way decide what a step is: in a mapping it is a key, in a list an index.
struct FirstMissing {
  /// The last value on the way.
  let node: NodeID
  /// The step that leads nowhere from there; the number of steps where all of them lead on.
  let step: Int

  /// - Parameters:
  ///   - count: how many steps of the path to take.
  ///   - entersScalars: whether the way may end at a scalar; if not, it ends at the collection that holds
  ///     the scalar.
  init(
    in path: FieldPath, upTo count: Int, below root: NodeID, entersScalars: Bool,
    _ negativeIndices: NegativeIndices, of tree: Tree
  ) {
    var node = root
    for step in 0..<count {
      guard let child = tree.child(path.steps[step], of: node, negativeIndices),
        entersScalars || tree.shape(child) != .scalar
      else {
        self.init(node: node, step: step)
        return
      }
      node = child
    }
    self.init(node: node, step: count)
  }

  private init(node: NodeID, step: Int) {
    self.node = node
    self.step = step
  }
}

/// What a negative index means.
enum NegativeIndices {
  /// `-1` is the last element (RFC 6902 has no such thing, json-patch v4 patch.go `partialArray` does).
  case countFromEnd
  /// A negative number is no index at all.
  case leadNowhere
}

extension FieldPath.Step {
  /// The place that an index means in a list of some elements; a negative one counts from the end. Nil
  /// outside of the list, and for what is no index.
  func place(inListOf count: Int) -> Int? {
    guard case .index(let index) = kind else { return nil }
    let place = index < 0 ? index &+ count : index
    return place >= 0 && place < count ? place : nil
  }
}

extension Tree {
  /// What a step leads to: the field of a mapping, or the element of a list if the step is an index.
  ///
  /// It is the plain reading of a step, without wildcards and conditions: for JSON patches and for
  /// hints.
  func child(
    _ step: FieldPath.Step, of node: NodeID, _ negativeIndices: NegativeIndices
  ) -> NodeID? {
    switch shape(node) {
    case .mapping: return field(step.key, of: node)
    case .sequence:
      guard case .index(let index) = step.kind else { return nil }
      if index >= 0 { return link(at: index, in: node)?.node }
      guard negativeIndices == .countFromEnd else { return nil }
      return step.place(inListOf: count(of: node)).flatMap { link(at: $0, in: node)?.node }
    case .scalar: return nil
    }
  }
}
