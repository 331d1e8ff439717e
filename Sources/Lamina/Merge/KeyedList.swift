/// A list while it is merged: elements are found by the texts of their keys, replaced, taken out and
/// put behind the others.
///
/// The finding is kyaml's, with its rules for elements that lack a key (fns.go `ElementSetter`,
/// `ElementMatcher`). Where every element has its first key, only elements with the same one have to
/// be looked at, and long lists have an index of them.
struct KeyedList {
  /// From this number of elements on, an index pays.
  static let manyElements = 16

  private let keys: [Symbol]
  private var slots: [NodeID?] = []
  private var texts: [ListElements.KeyText] = []
  private var placesByText: [Symbol: [Int]]?

  init(keys: [Symbol], isIndexed: Bool) {
    self.keys = keys
    placesByText = isIndexed ? [:] : nil
  }

  init(_ elements: ListElements, isIndexed: Bool) {
    self.init(keys: elements.keys, isIndexed: isIndexed)
    for (index, node) in elements.nodes.enumerated() {
      append(node, elements.texts(at: index))
    }
  }

  /// The elements that are left.
  var nodes: [NodeID] { slots.compactMap { $0 } }

  private var width: Int { max(keys.count, 1) }

  mutating func append(_ node: NodeID, _ nodeTexts: ArraySlice<ListElements.KeyText>) {
    if let first = nodeTexts.first { placesByText?[first.text, default: []].append(slots.count) }
    slots.append(node)
    texts += nodeTexts
  }

  // MARK: - Finding

  /// The first element with these texts. An empty text stands for a key that is not asked for, unless
  /// all are empty: then each key has to be there, and hold nothing.
  func first(with values: [Symbol]) -> NodeID? {
    let asksForAll = values.allSatisfy { $0.isEmpty }
    func isWanted(_ place: Int) -> Bool {
      guard slots[place] != nil else { return false }
      return values.indices.allSatisfy { index in
        if values[index].isEmpty, !asksForAll { return true }
        let text = texts[place * width + index]
        return text.isPresent && text.text == values[index]
      }
    }
    let found: Int?
    if let placesByText {
      found = values.first.flatMap { placesByText[$0]?.first(where: isWanted) }
    } else {
      found = slots.indices.first(where: isWanted)
    }
    return found.flatMap { slots[$0] }
  }

  // MARK: - Setting

  /// Puts an element in the place of every one with these texts, or behind all if there is none; with
  /// nil takes them out.
  ///
  /// Here an empty text asks only whether the key is there. With fewer texts than keys the last keys
  /// are not asked for; without any, all elements go. Empty elements go whatever is asked.
  mutating func set(
    _ element: NodeID?, with values: [Symbol], in tree: inout Tree
  ) throws(Problem) {
    let elementTexts = element.map { ListElements.texts(of: $0, keys: keys, in: &tree) } ?? []
    var isFound = false
    func visit(_ place: Int) throws(Problem) {
      if try replace(at: place, by: element, elementTexts, with: values, in: tree) {
        isFound = true
      }
    }
    if let placesByText {
      let places = values.first.flatMap { placesByText[$0] } ?? []
      for place in places { try visit(place) }
    } else {
      for place in slots.indices { try visit(place) }
    }
    if let element, !isFound, !tree.isNull(element) { append(element, elementTexts) }
  }

  /// Does what `set` does with one place; true where the element there is one that was asked for.
  private mutating func replace(
    at place: Int, by element: NodeID?, _ elementTexts: ArraySlice<ListElements.KeyText>,
    with values: [Symbol], in tree: Tree
  ) throws(Problem) -> Bool {
    guard let node = slots[place] else { return false }
    let isMapping = tree.shape(node) == .mapping
    if tree.isNull(node) || (isMapping && tree.isEmptyCollection(node)) {
      slots[place] = nil
      return false
    }
    let asksForMappings = !keys.isEmpty && values.first.map { !$0.isEmpty } ?? false
    if !isMapping, asksForMappings { return false }
    guard try isMatch(place, node, values, in: tree) else {
      if values.isEmpty { slots[place] = nil }
      return false
    }
    slots[place] = element
    if element != nil {
      texts.replaceSubrange((place * width)..<((place + 1) * width), with: elementTexts)
    }
    return true
  }

  private func isMatch(
    _ place: Int, _ node: NodeID, _ values: [Symbol], in tree: Tree
  ) throws(Problem) -> Bool {
    if values.isEmpty { return false }
    let expected: Node.Shape = keys.isEmpty ? .scalar : .mapping
    guard tree.shape(node) == expected else {
      throw .wrongElement(tree.shape(node), expected: expected, at: tree.position(node))
    }
    if keys.isEmpty { return texts[place].text == values[0] }
    return zip(values, texts[(place * width)...]).allSatisfy { value, text in
      text.isPresent && (value.isEmpty || value == text.text)
    }
  }
}

extension Problem {
  static func wrongElement(
    _ shape: Node.Shape, expected: Node.Shape, at position: Position
  ) -> Problem {
    Problem(
      .invalidPatch,
      "found \(words(shape)) in a list that is merged, where \(words(expected)) is expected",
      at: position)
  }
}
