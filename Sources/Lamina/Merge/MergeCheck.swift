/// Looks at a merge of lists element by element, before and after it, for what its author hardly meant.
///
/// Only lists that `KeyedMerge` merges are looked at: in others, every element says which one it is, and all
/// stay that no directive deletes.
///
/// It only observes: lint rules read its remarks, and the merge comes out the same without it.
/// `init` therefore gives nil as early as possible, since builds merge far more lists than lint
/// reports.
struct MergeCheck {
  private let ours: ListElements
  /// The elements of the patch; nil where it does not mention the list.
  private let theirs: ListElements?
  /// The object has no such list.
  private let isNew: Bool
  /// The texts of the keys that elements of the patch have beside a directive.
  private let deleted: [[Symbol]]

  /// Nil where the patch does not say anything odd, and nothing can be lost.
  ///
  /// - Parameters:
  ///   - ours: the elements before the merge; the nodes may be changed by it, their texts here are
  ///     not.
  ///   - mergesWithItself: the list is new, and `ours` are the patch's own elements.
  init?(
    _ ours: ListElements, _ theirs: ListElements?, mergesWithItself: Bool,
    _ purpose: StrategicMerge.Purpose, in tree: Tree
  ) {
    guard purpose == .patch, !ours.isOfScalars else { return nil }
    let patch = mergesWithItself ? ours : theirs
    // Elements that say which one they are under the only key are all found again.
    if ours.keys.count == 1, ours.allHavePrimary, patch?.allHavePrimary ?? true { return nil }
    self.ours = ours
    self.theirs = patch
    isNew = mergesWithItself
    deleted =
      patch.map { patch in
        patch.nodes.indices
          .filter { tree.field(.patchDirective, of: patch.nodes[$0]) != nil }
          .map { patch.values(at: $0) }
      } ?? []
  }

  /// Notes what is odd about the outcome.
  ///
  /// - Parameter result: the elements that are left.
  func note(_ result: [NodeID], of origin: NodeID?, into target: NodeID, in tree: inout Tree) {
    let losses = losses(in: result, of: tree)
    let list = tree.key(target)
    if noteMissingKeys(list, losses, in: &tree) { return }
    if losses.isEmpty { return }
    let asked = tree.ledger.current.map { tree.ledger[$0].position } ?? .none
    tree.ledger.note(
      PatchRemark(
        kind: result.isEmpty ? .listEmptied(byDirective: false) : .elementsLost,
        position: origin.map { tree.position($0) } ?? asked, list: list, losses: losses))
  }

  /// Notes the elements of the patch that cannot be matched; true if there are any.
  private func noteMissingKeys(
    _ list: Symbol, _ losses: [PatchRemark.Loss], in tree: inout Tree
  ) -> Bool {
    guard let theirs, let key = theirs.keys.first else { return false }
    var hasFound = false
    for (index, element) in theirs.nodes.enumerated() {
      guard theirs.primary(at: index).value.isEmpty, tree.shape(element) == .mapping,
        !tree.isEmptyCollection(element), tree.field(.patchDirective, of: element) == nil
      else { continue }
      let fields = tree.children(of: element).filter { tree.key($0) != key }
      tree.ledger.note(
        PatchRemark(
          kind: .elementWithoutKey(key, fields: fields), position: tree.position(element),
          list: list, losses: hasFound ? [] : losses))
      hasFound = true
    }
    return hasFound
  }

  /// The elements of the object that are gone, but for those that a directive deletes and those that another
  /// element of the same keys stands for.
  private func losses(in result: [NodeID], of tree: Tree) -> [PatchRemark.Loss] {
    if isNew { return [] }
    let left = NumberSet(result)
    var gone = ours.nodes.indices.filter { !left.contains(ours.nodes[$0]) }
    if gone.isEmpty { return [] }
    let kept = Set(ours.nodes.indices.filter { left.contains(ours.nodes[$0]) }.map(ours.values))
    gone.removeAll { index in
      let values = ours.values(at: index)
      return kept.contains(values) || deleted.contains { Self.selects($0, values) }
    }
    return gone.map { index in
      PatchRemark.Loss(
        element: ours.primary(at: index).value, field: .empty,
        position: tree.position(ours.nodes[index]))
    }
  }

  /// Whether an element that has some of the keys means one that has these.
  ///
  /// An empty text asks for nothing.
  private static func selects(_ some: [Symbol], _ all: [Symbol]) -> Bool {
    zip(some, all).allSatisfy { $0.isEmpty || $0 == $1 }
  }
}

extension ListElements {
  /// By what an element is told apart, one text for each key.
  fileprivate func values(at index: Int) -> [Symbol] { texts(at: index).map(\.value) }
}

extension StrategicMerge {
  /// How many elements a list of the patch may have for its losses to be looked for.
  ///
  /// Each element is searched for by name without an index; the check is skipped before that gets
  /// slow.
  private static let mostElements = 100

  /// Notes what is lost with a list of elements with names that another one takes the place of, since the
  /// schema knows no key for it.
  ///
  /// This much is asked for each list that is replaced, and inlined; the rest is not, as it is
  /// rarely reached.
  mutating func noteReplacement(of target: NodeID, by origin: NodeID, in tree: inout Tree) {
    guard purpose == .patch, let mine = tree.first(of: target), let theirs = tree.first(of: origin),
      tree.shape(mine) == .mapping, tree.shape(theirs) == .mapping
    else { return }
    noteLosses(of: target, by: origin, in: &tree)
  }

  /// Compares the elements of two lists by their names: an element that the patch does not name, or
  /// a field that its element of the same name does not have, is lost.
  @inline(never)
  private mutating func noteLosses(of target: NodeID, by origin: NodeID, in tree: inout Tree) {
    let keyed: StaticString = "key"
    guard let object, let first = tree.first(of: target) else { return }
    // Elements without `name` may still be told apart by `key`, as tolerations are.
    let key = tree.field(.name, of: first) != nil ? Symbol.name : tree.symbols.intern(keyed)
    let theirs = ListElements(origin, keys: [key], in: &tree)
    // What is called the same twice is not told apart by its name.
    guard theirs.nodes.count <= Self.mostElements, theirs.isOrderly else { return }
    let ours = ListElements(target, keys: [key], in: &tree)
    guard ours.isOrderly else { return }
    var losses: [PatchRemark.Loss] = []
    var hasCommon = false
    for (index, node) in ours.nodes.enumerated() {
      let name = ours.primary(at: index).value
      guard let match = theirs.nodes.indices.first(where: { theirs.primary(at: $0).value == name })
      else {
        losses.append(
          PatchRemark.Loss(element: name, field: .empty, position: tree.position(node)))
        continue
      }
      hasCommon = true
      for field in tree.children(of: node)
      where tree.field(tree.key(field), of: theirs.nodes[match]) == nil {
        losses.append(
          PatchRemark.Loss(
            element: name, field: tree.key(field), position: tree.position(field)))
      }
    }
    let isKnown = ownType(of: object, in: &tree) != nil
    // Two lists without a common name are no merge that went wrong. For a custom kind that is what
    // tells: the author may well have meant to replace the list.
    guard !losses.isEmpty, hasCommon || isKnown else { return }
    tree.ledger.note(
      PatchRemark(
        kind: .listReplaced(
          path: tree.keys(to: target, from: object), object: object, isKnown: isKnown),
        position: tree.position(origin), list: tree.key(target), losses: losses))
  }
}
