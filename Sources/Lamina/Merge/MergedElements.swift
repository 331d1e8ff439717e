/// The elements of lists that are being merged, as long as these are short and say of each element which
/// one it is.
///
/// Like `MergedFields`, one list has those of all lists at work, the innermost last.
struct MergedElements {
  struct Element {
    let node: NodeID
    /// The scalar by which it is told apart.
    let name: NodeID
    /// The patch has an element of the same name.
    var isMerged = false
  }

  private var elements: ContiguousArray<Element> = []

  init() { elements.reserveCapacity(16) }

  var count: Int { elements.count }

  subscript(place: Int) -> Element {
    get { elements[place] }
    set { elements[place] = newValue }
  }

  /// Puts the elements of a list behind all others; false where there are many, one has no name, or two
  /// have the same.
  ///
  /// - Parameter key: what the name stands under; nil for scalars, which are their own names.
  mutating func push(elementsOf list: NodeID, key: Symbol?, in tree: borrowing Tree) -> Bool {
    let start = count
    var child = tree.first(of: list)
    while let current = child {
      child = tree.next(after: current)
      guard count - start < KeyedList.manyElements,
        let name = key == nil ? current : key.flatMap({ tree.field($0, of: current) }),
        tree.shape(name) == .scalar, !tree.isNull(name), !tree.textIsEmpty(name),
        place(of: name, in: start..<count, tree) == nil,
        tree.ledger.repetitions.isEmpty || tree.ledger.repetitions[current] == nil
      else { return false }
      elements.append(Element(node: current, name: name))
    }
    return true
  }

  /// Takes off the elements from a place on.
  mutating func pop(from start: Int) {
    while elements.count > start { elements.removeLast() }
  }

  /// Finds the element of a name.
  func place(of name: NodeID, in places: Range<Int>, _ tree: borrowing Tree) -> Int? {
    for place in places where tree.haveSameText(elements[place].name, name) { return place }
    return nil
  }
}

extension Tree {
  /// Whether two scalars have the same bytes.
  fileprivate func haveSameText(_ a: NodeID, _ b: NodeID) -> Bool {
    let (mine, theirs) = (textRange(a), textRange(b))
    guard mine.count == theirs.count else { return false }
    let distance = theirs.lowerBound - mine.lowerBound
    for place in mine where text[place] != text[place + distance] { return false }
    return true
  }
}
