internal import Lamina

/// Tells the elements of a list apart by what they have under certain keys.
///
/// Where the type of the list has merge keys, these are asked. Elsewhere `name`, `metadata.name`, `key`
/// and `id` are tried, the first one that every element of both lists has and no two share; it need not
/// mean anything to the API server, but people who read a change know elements by it.
struct ElementKeys {
  private let old: [ComparedValue]
  private let new: [ComparedValue]
  private var oldPartners: [Int?]
  private var newPartners: [Int?]
  /// For each new element the step by which its partner was found.
  private var steps: [Int: ChangedPath.Step] = [:]

  private static let commonKeys = [["name"], ["metadata.name"], ["key"], ["id"]]

  /// Nil where nothing tells the elements apart.
  static func pairs(
    _ old: ComparedValue.List, _ new: ComparedValue.List
  ) -> ElementPairs? {
    let all = old.elements + new.elements
    guard all.allSatisfy({ if case .mapping = $0 { true } else { false } }) else { return nil }
    let mergeKeys = new.mergeKeys.isEmpty ? old.mergeKeys : new.mergeKeys
    var keys = ElementKeys(old.elements, new.elements)
    if !mergeKeys.isEmpty {
      keys.pairAll(by: mergeKeys)
      // A port that gets another number is still the port of that name.
      keys.pairRest(by: [mergeKeys[0]])
      keys.pairRest(by: ["name"])
      return keys.result(naming: mergeKeys)
    }
    guard
      let common = commonKeys.first(where: {
        isUnique($0, in: old.elements) && isUnique($0, in: new.elements)
      })
    else { return nil }
    keys.pairAll(by: common)
    return keys.result(naming: common)
  }

  private init(_ old: [ComparedValue], _ new: [ComparedValue]) {
    self.old = old
    self.new = new
    oldPartners = Array(repeating: nil, count: old.count)
    newPartners = Array(repeating: nil, count: new.count)
  }

  // MARK: - Pairing

  /// Pairs elements of the same texts under all keys; of several the first with the first.
  private mutating func pairAll(by keys: [String]) {
    var places: [[ByteText?]: [Int]] = [:]
    for index in old.indices.reversed() {
      places[Self.texts(of: old[index], keys), default: []].append(index)
    }
    for index in new.indices {
      guard let partner = places[Self.texts(of: new[index], keys)]?.popLast() else { continue }
      pair(partner, index, by: keys)
    }
  }

  /// Pairs elements that are left, if a text stands only once among those of each side.
  private mutating func pairRest(by keys: [String]) {
    let (olds, news) = (unique(old, oldPartners, keys), unique(new, newPartners, keys))
    for (texts, index) in news.sorted(by: { $0.value < $1.value }) {
      if let partner = olds[texts] { pair(partner, index, by: keys) }
    }
  }

  private func unique(
    _ elements: [ComparedValue], _ partners: [Int?], _ keys: [String]
  ) -> [[ByteText?]: Int] {
    var places: [[ByteText?]: Int?] = [:]
    for index in elements.indices where partners[index] == nil {
      let texts = Self.texts(of: elements[index], keys)
      if texts.contains(nil) { continue }
      places[texts] = .some(places[texts] == nil ? index : nil)
    }
    return places.compactMapValues { $0 }
  }

  private mutating func pair(_ oldIndex: Int, _ newIndex: Int, by keys: [String]) {
    oldPartners[oldIndex] = newIndex
    newPartners[newIndex] = oldIndex
    steps[newIndex] = Self.step(to: new[newIndex], newIndex, keys)
  }

  // MARK: - The outcome

  private func result(naming keys: [String]) -> ElementPairs {
    var all: [ElementPairs.Pair] = []
    var nextOld = 0
    func removed(upTo end: Int) {
      while nextOld < end {
        if oldPartners[nextOld] == nil {
          let step = Self.step(to: old[nextOld], nextOld, keys)
          all.append(ElementPairs.Pair(step: step, old: nextOld, new: nil))
        }
        nextOld += 1
      }
    }
    for index in new.indices {
      let partner = newPartners[index]
      if let partner { removed(upTo: partner) }
      let step = steps[index] ?? Self.step(to: new[index], index, keys)
      all.append(ElementPairs.Pair(step: step, old: partner, new: index))
    }
    removed(upTo: old.count)
    let order = newPartners.compactMap { $0 }
    let isReordered = zip(order, order.dropFirst()).contains { $0 > $1 }
    return ElementPairs(
      all: all,
      oldOrder: isReordered ? order.sorted().map { words(of: old[$0], keys) } : [],
      newOrder: isReordered ? order.map { words(of: old[$0], keys) } : [])
  }

  private func words(of element: ComparedValue, _ keys: [String]) -> ElementWords {
    ElementWords(Self.texts(of: element, keys).compactMap { $0?.string }.joined(separator: ","))
  }

  /// An element without any of the keys is known by its place only.
  private static func step(
    to element: ComparedValue, _ index: Int, _ keys: [String]
  ) -> ChangedPath.Step {
    let values = zip(keys, texts(of: element, keys)).compactMap { key, text in
      text.map { ChangedPath.KeyValue(key: key, value: $0.string) }
    }
    return values.isEmpty ? .index(index) : .element(values)
  }

  private static func texts(of element: ComparedValue, _ keys: [String]) -> [ByteText?] {
    keys.map { key in
      let value = key == "metadata.name" ? element["metadata"]?["name"] : element[key]
      return value?.keyText.map { ByteText($0) }
    }
  }

  private static func isUnique(_ keys: [String], in elements: [ComparedValue]) -> Bool {
    var seen: Set<[ByteText?]> = []
    return elements.allSatisfy {
      let texts = texts(of: $0, keys)
      return !texts.contains(nil) && seen.insert(texts).inserted
    }
  }
}
