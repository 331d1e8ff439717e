/// A list while it is merged: elements are found by the texts of their keys, replaced, taken out and
/// put behind the others.
///
/// The finding is kyaml's, with its rules for elements that lack a key (fns.go `ElementSetter`,
/// `ElementMatcher`). kyaml looks at every element every time. Long lists have an index by each key
/// here, so that only the elements with the same text under one of them have to be looked at.
struct KeyedList {
  /// From this number of elements on, an index pays.
  static let manyElements = 16

  /// The merge keys; none for a list of scalars, where the scalar is its own only key.
  private let keys: [Symbol]
  /// The elements in order. An element that is taken out leaves nil behind, so that places stay
  /// valid in the indexes.
  private var slots: [NodeID?] = []
  /// `width` texts for each slot.
  private var texts: [ListElements.KeyText] = []
  /// For each key the places of the elements by their text; nothing where the list is short.
  private var placesByText: [[Symbol: [Int]]]
  /// Elements that no index finds and that the next call of `set` takes out.
  private var emptyPlaces: [Int] = []
  /// Elements that no index finds and that make a call of `set` fail.
  private var strangePlaces: [Int] = []

  /// - Parameter isIndexed: whether elements are found by dictionaries or by looking at all. Both
  ///   give the same (`StrategicMergePropertyTests.anIndexFindsWhatIsThere`); dictionaries cost
  ///   more than they save in short lists.
  init(keys: [Symbol], isIndexed: Bool) {
    self.keys = keys
    placesByText = isIndexed ? Array(repeating: [:], count: max(keys.count, 1)) : []
  }

  /// A list that begins with these elements.
  init(_ elements: ListElements, isIndexed: Bool, in tree: Tree) {
    self.init(keys: elements.keys, isIndexed: isIndexed)
    for (index, node) in elements.nodes.enumerated() {
      append(node, elements.texts(at: index), in: tree)
    }
  }

  /// The elements that are left.
  var nodes: [NodeID] { slots.compactMap { $0 } }

  /// The number of texts of an element.
  private var width: Int { max(keys.count, 1) }
  /// What `ElementSetter` matches: mappings if there are keys, scalars otherwise.
  private var expectedShape: Node.Shape { keys.isEmpty ? .scalar : .mapping }
  private var isIndexed: Bool { !placesByText.isEmpty }

  /// Adds an element at the end, even if one with its texts is there.
  mutating func append(
    _ node: NodeID, _ nodeTexts: ArraySlice<ListElements.KeyText>, in tree: Tree
  ) {
    for (index, text) in zip(placesByText.indices, nodeTexts) {
      placesByText[index][text.text, default: []].append(slots.count)
    }
    if isIndexed { noteOddity(of: node, at: slots.count, in: tree) }
    slots.append(node)
    texts += nodeTexts
  }

  /// Remembers an element that `set` treats specially without comparing texts, so that an indexed
  /// list finds it, too.
  private mutating func noteOddity(of node: NodeID, at place: Int, in tree: Tree) {
    let shape = tree.shape(node)
    if tree.isNull(node) || (shape == .mapping && tree.isEmptyCollection(node)) {
      emptyPlaces.append(place)
    } else if shape != expectedShape {
      strangePlaces.append(place)
    }
  }

  /// The fewest places among which all elements with these texts are; nil where all have to be looked
  /// at. An empty text tells scalars apart, but not elements by a key.
  private func candidates(_ values: [Symbol]) -> [Int]? {
    var fewest: [Int]?
    for (places, text) in zip(placesByText, values) where !text.isEmpty || keys.isEmpty {
      let found = places[text] ?? []
      if found.count < fewest?.count ?? .max { fewest = found }
    }
    return fewest
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
    let place =
      candidates(values).map { $0.first(where: isWanted) } ?? slots.indices.first(where: isWanted)
    return place.flatMap { slots[$0] }
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
    if values.isEmpty {
      removeAll()
    } else if let candidates = candidates(values) {
      let strange = keys.isEmpty || values[0].isEmpty ? strangePlaces : []
      let places = emptyPlaces + strange + candidates
      emptyPlaces = []
      for place in places {
        if try replace(at: place, by: element, elementTexts, with: values, in: tree) {
          isFound = true
        }
      }
    } else {
      for place in slots.indices {
        if try replace(at: place, by: element, elementTexts, with: values, in: tree) {
          isFound = true
        }
      }
    }
    if let element, !isFound, !tree.isNull(element) { append(element, elementTexts, in: tree) }
  }

  /// `ElementSetter` without values keeps no element: each counts as one that was not found, and
  /// those are kept only `if len(e.Values) > 0`.
  private mutating func removeAll() {
    slots = []
    texts = []
    for index in placesByText.indices { placesByText[index] = [:] }
    emptyPlaces = []
    strangePlaces = []
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
    // kyaml keeps other elements only if the first text is not empty (fns.go `isMappingSetter`);
    // with an empty one it goes on to compare, and fails.
    if !isMapping, !keys.isEmpty, !values[0].isEmpty { return false }
    guard try isMatch(place, node, values, in: tree) else { return false }
    slots[place] = element
    if let element {
      setTexts(elementTexts, at: place)
      if isIndexed { noteOddity(of: element, at: place, in: tree) }
    }
    return true
  }

  /// An old entry in the index does no harm: texts are compared again when it is used.
  ///
  /// Gives a place the texts of the element that now stands there, in `texts` and in the indexes.
  private mutating func setTexts(_ new: ArraySlice<ListElements.KeyText>, at place: Int) {
    let first = place * width
    for (index, text) in zip(placesByText.indices, new)
    where texts[first + index].text != text.text {
      placesByText[index][text.text, default: []].append(place)
    }
    texts.replaceSubrange(first..<(first + width), with: new)
  }

  /// Whether an element has each key of `values`, with that text or, for an empty one, with any.
  ///
  /// - Throws: for an element that is not of the shape that can have keys, as `FieldMatcher` does.
  private func isMatch(
    _ place: Int, _ node: NodeID, _ values: [Symbol], in tree: Tree
  ) throws(Problem) -> Bool {
    guard tree.shape(node) == expectedShape else {
      throw .wrongElement(tree.shape(node), expected: expectedShape, at: tree.position(node))
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
      .mergedListElementWrong,
      "found \(words(shape)) in a list that is merged, where \(words(expected)) is expected",
      at: position)
  }
}
