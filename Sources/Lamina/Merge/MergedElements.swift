/// The elements of lists that are being merged, where these say of each element which one it is.
///
/// Like `MergedFields`, one list has those of all lists at work, the innermost last.
///
/// One array serves all depths of the recursion because a merge of a pod touches dozens of short
/// lists, and an array for each would cost more than merging them.
struct MergedElements {
  struct Element {
    let node: NodeID
    /// The scalar by which it is told apart.
    let name: NodeID
    /// The patch has an element of the same name.
    var isMerged = false
  }

  /// A name by its bytes. What is found is compared.
  ///
  /// The key holds no reference to the text: its last eight bytes and a hash of all. Two names may
  /// share it; `push` then gives up, and `place(of:)` compares the texts.
  private struct Key: NumberedKey {
    let lastWord: UInt64
    let hash: UInt32

    /// Any number but a small one: the length, which tells `a1` from `a11`, must not cancel it out.
    private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

    init(_ text: ShortText) {
      lastWord = text.lastWord
      hash = text.hash(seed: Self.seed)
    }

    func mix(into hash: inout NumberHash) { hash.combine(lastWord ^ UInt64(self.hash) << 32) }
  }

  /// The places of the elements of a long list.
  private struct Index {
    /// Where the list begins.
    let start: Int
    var places = NumberTable<Key, Int>()
  }

  /// With so many elements an index pays.
  static let many = 16

  private var elements: ContiguousArray<Element> = []
  /// Those of the long lists among them, in the same order.
  private var indexes: [Index] = []

  /// Room for the lists of an ordinary pod, so that the array is allocated once.
  init() { elements.reserveCapacity(16) }

  var count: Int { elements.count }

  subscript(place: Int) -> Element {
    get { elements[place] }
    set { elements[place] = newValue }
  }

  /// Puts the elements of a list behind all others; false where one has no name, or two have the same, or
  /// are taken for the same by the index.
  ///
  /// False is no error: `KeyedMerge` does the merge. What has been pushed by then stays until
  /// `pop`. An element that stands for another one (`Ledger.repetitions`) is refused as well, since
  /// only `KeyedMerge` knows that both are one node.
  ///
  /// - Parameter key: what the name stands under; nil for scalars, which are their own names.
  mutating func push(elementsOf list: NodeID, key: Symbol?, in tree: borrowing Tree) -> Bool {
    let start = count
    var child = tree.first(of: list)
    while let current = child {
      child = tree.next(after: current)
      guard let name = key == nil ? current : key.flatMap({ tree.field($0, of: current) }),
        tree.shape(name) == .scalar, !tree.isNull(name), !tree.textIsEmpty(name),
        tree.ledger.repetitions.isEmpty || tree.ledger.repetitions[current] == nil
      else { return false }
      // The list turns out to be long: an index is begun and filled with what is there already.
      if count - start == Self.many {
        indexes.append(Index(start: start))
        for place in start..<count where !index(place, tree) { return false }
      }
      if count - start < Self.many {
        if place(of: name, in: start..<count, tree) != nil { return false }
        elements.append(Element(node: current, name: name))
      } else {
        elements.append(Element(node: current, name: name))
        if !index(count - 1, tree) { return false }
      }
    }
    return true
  }

  /// Puts an element of the innermost list into its index; false where one is there that has the same name,
  /// or one that the index takes for the same.
  private mutating func index(_ place: Int, _ tree: borrowing Tree) -> Bool {
    let key = Self.key(of: elements[place].name, tree)
    return indexes[indexes.count - 1].places.updateValue(place, forKey: key) == nil
  }

  private static func key(of name: NodeID, _ tree: borrowing Tree) -> Key {
    tree.withText(name) { text in
      text.withUnsafeBytes { Key(ShortText($0)) }
    }
  }

  /// Takes off the elements from a place on.
  mutating func pop(from start: Int) {
    while elements.count > start { elements.removeLast() }
    while let last = indexes.last, last.start >= start { indexes.removeLast() }
  }

  /// Finds the element of a name.
  ///
  /// - Parameter places: the range of one list, as `push` left it. Short lists are searched; long
  ///   ones have an index, found by where the list begins.
  func place(of name: NodeID, in places: Range<Int>, _ tree: borrowing Tree) -> Int? {
    guard places.count > Self.many,
      let index = indexes.lastIndex(where: { $0.start == places.lowerBound })
    else {
      for place in places where tree.haveSameText(elements[place].name, name) { return place }
      return nil
    }
    guard let place = indexes[index].places[Self.key(of: name, tree)],
      tree.haveSameText(elements[place].name, name)
    else { return nil }
    return place
  }
}

extension Tree {
  /// Whether two scalars have the same bytes.
  ///
  /// Compares bytes in the tree's text, without interning: the names of most elements are needed
  /// only here.
  fileprivate func haveSameText(_ a: NodeID, _ b: NodeID) -> Bool {
    let (mine, theirs) = (textRange(a), textRange(b))
    guard mine.count == theirs.count else { return false }
    let distance = theirs.lowerBound - mine.lowerBound
    for place in mine where text[place] != text[place + distance] { return false }
    return true
  }
}
