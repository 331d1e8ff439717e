/// What `$patch` asks for.
///
/// Only this directive does anything. kustomize knows neither `$retainKeys` nor
/// `$deleteFromPrimitiveList` nor `$setElementOrder`: it takes them for fields, and they stay in its
/// output. (merge2/smpdirective.go)
enum MergeDirective: Equatable {
  /// There is no directive, or it says `merge`, which is the default.
  case merge
  /// The patch's value takes the place of the object's.
  case replace
  /// The object's value goes.
  case delete
  case unknown(Word)

  /// A directive that nobody knows, and where it stands.
  struct Word: Equatable {
    let text: String
    let position: Position
  }

  /// Compared with the text of the value, whatever its tag or quotes (`value.YNode().Value` in
  /// kyaml).
  fileprivate init(_ node: NodeID, in tree: borrowing Tree) {
    switch true {
    case tree.textEquals(node, "merge"): self = .merge
    case tree.textEquals(node, "replace"): self = .replace
    case tree.textEquals(node, "delete"): self = .delete
    default: self = .unknown(Word(text: tree.string(node), position: tree.position(node)))
    }
  }
}

extension StrategicMerge {
  /// Reads the directive of a mapping of the patch, and takes it out if it is one that is known.
  ///
  /// An unknown one stays, so that the message can show it and a new mapping can keep it.
  func takeDirective(ofMapping origin: NodeID, in tree: inout Tree) -> MergeDirective {
    guard let node = tree.field(.patchDirective, of: origin) else { return .merge }
    let found = MergeDirective(node, in: tree)
    if case .unknown = found { return found }
    tree.noteDirective(node, of: origin)
    tree.removeField(.patchDirective, of: origin)
    return found
  }

  /// Reads the directive of a list of the patch: the first element that has one, if it has nothing
  /// else (`- $patch: replace`). It is taken out with all elements that have the same one.
  ///
  /// Read only where the object has the list; elsewhere such an element is merged like others
  /// (`mergeLists`).
  func takeDirective(ofList origin: NodeID, in tree: inout Tree) -> MergeDirective {
    guard let node = firstDirective(inList: origin, in: tree) else { return .merge }
    let found = MergeDirective(node, in: tree)
    if case .unknown = found { return found }
    tree.noteDirective(node, of: origin)
    // kyaml's way of taking elements out takes empty ones as well (fns.go `ElementSetter`).
    tree.removeChildren(of: origin) { tree, element in
      if tree.isNull(element) { return true }
      guard tree.shape(element) == .mapping else { return false }
      guard let other = tree.field(.patchDirective, of: element) else {
        return tree.isEmptyCollection(element)
      }
      return MergeDirective(other, in: tree) == found
    }
    return found
  }

  /// The directive of the first element that has one; nil if it has something else as well.
  ///
  /// kyaml looks for the first element with the field, and no further (smpdirective.go
  /// `determineSequenceNodePatchStrategy`): an element with more fields hides a directive behind
  /// it.
  private func firstDirective(inList list: NodeID, in tree: Tree) -> NodeID? {
    var element = tree.first(of: list)
    while let current = element {
      if let node = tree.field(.patchDirective, of: current) {
        return tree.count(of: current) == 1 ? node : nil
      }
      element = tree.next(after: current)
    }
    return nil
  }
}

extension Problem {
  static func unknownDirective(_ word: MergeDirective.Word) -> Problem {
    Problem(
      .unknownPatchDirective, "unknown patch strategy '\(word.text)'", at: word.position,
      hint: "$patch may be merge, replace or delete")
  }
}
