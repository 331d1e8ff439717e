/// What selectors of objects say of the labels of pods.
extension InspectedBuild {
  /// Whether labels meet a selector with `matchLabels` and `matchExpressions`.
  func matches(_ selector: NodeID, _ labels: NodeID?) -> Bool {
    if let wanted = tree.field(words.matchLabels, of: selector),
      missedLabel(wanted, labels) != nil
    {
      return false
    }
    guard let list = tree.field(words.matchExpressions, of: selector) else { return true }
    return tree.children(of: list).allSatisfy { meets($0, labels) }
  }

  /// See `Tree.missedLabel`.
  func missedLabel(_ wanted: NodeID, _ labels: NodeID?) -> NodeID? {
    tree.missedLabel(wanted, of: labels)
  }

  /// An expression that is not understood is taken for met, since the rules would say wrong things of it.
  private func meets(_ expression: NodeID, _ labels: NodeID?) -> Bool {
    guard let key = tree.field(words.key, of: expression),
      let operation = tree.field(words.operator, of: expression)
    else { return true }
    let value = symbol(ofText: key).flatMap { key in labels.flatMap { tree.field(key, of: $0) } }
    func isListed() -> Bool {
      guard let value, let values = tree.field(words.values, of: expression) else { return false }
      return tree.children(of: values).contains { tree.textsAreEqual($0, value) }
    }
    if tree.textEquals(operation, "In") { return isListed() }
    if tree.textEquals(operation, "NotIn") { return !isListed() }
    if tree.textEquals(operation, "Exists") { return value != nil }
    if tree.textEquals(operation, "DoesNotExist") { return value == nil }
    return true
  }

  /// Whether something in a selector, or in labels, is put there by a later tool.
  func holdsSubstitutions(_ node: NodeID) -> Bool {
    var rest = [node]
    while let next = rest.popLast() {
      if tree.isSubstituted(next) { return true }
      rest += tree.children(of: next)
    }
    return false
  }

  /// A selector says nothing, and so selects everything or nothing.
  func isEmptySelector(_ selector: NodeID) -> Bool {
    tree.children(of: selector).allSatisfy { tree.isNullOrEmpty($0) }
  }
}
