import LaminaSyntax

extension YAMLEditor {
  /// Makes the document mean another value, with edits of what differs: comments, order and quotes of all
  /// else stay.
  ///
  ///     items: [a, b # ours]   rewritten to mean [a, x, b]
  ///     items: [a, x, b # ours]
  package mutating func rewrite(to new: YAMLValue) throws(EditError) {
    try rewrite([], value, new)
  }

  /// Goes down both values at once; what differs in kind is written anew.
  private mutating func rewrite(
    _ path: [PathStep], _ old: YAMLValue, _ new: YAMLValue
  ) throws(EditError) {
    if old == new { return }
    switch (old, new) {
    case (.mapping(let entries), .mapping(let wanted)) where !wanted.isEmpty:
      for entry in wanted {
        let place = path + [.key(entry.key)]
        if let known = old[entry.key] {
          try rewrite(place, known, entry.value)
        } else {
          try set(entry.value, at: place)
        }
      }
      // Last, so that the mapping is never empty on the way.
      for entry in entries where new[entry.key] == nil {
        try remove(path + [.key(entry.key)], comment: true)
      }
    case (.sequence(let items), .sequence(let wanted)) where !items.isEmpty && !wanted.isEmpty:
      try rewriteItems(path, items, wanted)
    default: try set(new, at: path)
    }
  }

  /// Items that stand for the same thing keep their lines; others are removed and inserted, from the end, so
  /// that the numbers of those before stay.
  private mutating func rewriteItems(
    _ path: [PathStep], _ old: [YAMLValue], _ new: [YAMLValue]
  ) throws(EditError) {
    let pairs = ItemPairs(old, new)
    var (oldEnd, newEnd) = (old.count, new.count)
    for pair in pairs.all.reversed() + [(-1, -1)] {
      let (gone, added) = (oldEnd - pair.old - 1, newEnd - pair.new - 1)
      // What stands between the same neighbours is taken for a changed item.
      let changed = min(gone, added)
      for number in stride(from: gone - 1, through: changed, by: -1) {
        try remove(path + [.index(pair.old + 1 + number)])
      }
      for number in stride(from: added - 1, through: changed, by: -1) {
        try insert(new[pair.new + 1 + number], before: pair.old + 1 + changed, in: path)
      }
      for number in 0..<changed {
        let place = path + [.index(pair.old + 1 + number)]
        try rewrite(place, old[pair.old + 1 + number], new[pair.new + 1 + number])
      }
      if pair.old >= 0 {
        try rewrite(path + [.index(pair.old)], old[pair.old], new[pair.new])
      }
      (oldEnd, newEnd) = (pair.old, pair.new)
    }
  }

  /// Puts an item before another one, and before the comment above that.
  ///
  /// An item behind another dash (`- - a`) has no line of its own; then the whole list is written
  /// anew.
  private mutating func insert(
    _ item: YAMLValue, before number: Int, in path: [PathStep]
  ) throws(EditError) {
    var items = value.value(at: path)?.items ?? []
    guard items.indices.contains(number) else { return try append([item], to: path) }
    items.insert(item, at: number)
    guard let place = try ownCollection(path),
      case .sequence(let present, let isFlow) = tree[place.id].content
    else { throw EditError("this list cannot be changed") }
    let start = startOfItem(present[number])
    let expected = value.replacing(path[...], with: .sequence(items))
    if isFlow {
      let splice = Splice(start..<start, writer.flow(item) + ", ")
      return try apply(firstOf: [[splice]], expecting: expected)
    }
    guard lines.isFirst(start) else { return try set(.sequence(items), at: path) }
    let blank = String(repeating: " ", count: lines.column(of: start))
    let above = commentStart(above: start)
    let ways = withAndWithoutLiterals { editor in
      let texts = editor.writer.lines(ofItem: item).map { blank + $0 + editor.layout.lineEnd }
      return [[Splice(above..<above, texts.joined())]]
    }
    try apply(firstOf: ways, expecting: expected)
  }
}

/// Which items of two lists stand for the same thing, in an order that both have.
///
/// Equal beginnings and ends are paired first, which is all there is to do for most edits.
private struct ItemPairs {
  private(set) var all: [(old: Int, new: Int)] = []

  /// Longer lists are compared by their ends alone: the table would grow with the square of their length.
  private static let largestTable = 4_000_000

  init(_ old: [YAMLValue], _ new: [YAMLValue]) {
    let (old, new) = (old.map(Self.identity), new.map(Self.identity))
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] {
      all.append((start, start))
      start += 1
    }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    { end += 1 }
    let inner = (old[start..<old.count - end], new[start..<new.count - end])
    if inner.0.count * inner.1.count <= Self.largestTable { addCommon(inner.0, inner.1) }
    for number in (0..<end).reversed() {
      all.append((old.count - 1 - number, new.count - 1 - number))
    }
  }

  /// A longest common subsequence.
  ///
  /// `lengths` holds, for each pair of places, how many items the rests from there have in common;
  /// it is filled from the end and then walked from the beginning.
  private mutating func addCommon(_ old: ArraySlice<YAMLValue>, _ new: ArraySlice<YAMLValue>) {
    let width = new.count + 1
    var lengths = [Int](repeating: 0, count: (old.count + 1) * width)
    for (i, a) in old.enumerated().reversed() {
      for (j, b) in new.enumerated().reversed() {
        lengths[i * width + j] =
          a == b
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      let (a, b) = (old.startIndex + i, new.startIndex + j)
      if old[a] == new[b] {
        all.append((a, b))
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
  }

  /// What an item is called, or all of it where it has no name.
  ///
  /// The names are those by which Kubernetes tells items of its lists apart.
  private static func identity(_ item: YAMLValue) -> YAMLValue {
    for key in ["name", "key", "mountPath", "containerPort", "port"] {
      if let name = item[key], name.text != nil { return .mapping([YAMLValue.Entry(key, name)]) }
    }
    return item
  }
}
