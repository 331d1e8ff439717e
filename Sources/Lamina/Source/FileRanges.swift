internal import LaminaSyntax

/// The ranges of one file's keys and values, in order: of a large file, each of thousands of messages asks once.
///
/// The nodes of a build know only where they begin (see `Node`): ends would cost every build what only messages
/// need. So a file that somebody complains of is read a second time, by the reader that keeps ranges.
struct FileRanges: Sendable {
  /// What came of reading them; a failure is kept, too.
  enum Outcome: Sendable {
    case ranges(FileRanges)
    /// The text is no YAML, or nested too deeply for its ranges to be kept.
    case none
  }

  private let tree: SyntaxTree
  /// All that begins at a byte, in the order of the bytes.
  private let places: [Place]
  /// Where the keys of each text begin; nil before somebody asks.
  private var starts: [ByteText: [Int]]?

  struct Place: Sendable {
    let start: Int
    /// The byte behind the shortest node that begins here, and behind the longest.
    var shortest: Int
    var longest: Int
  }

  init(_ tree: SyntaxTree) {
    self.tree = tree
    var places: [Place] = []
    for (_, node) in tree.allNodes {
      let end = node.range.upperBound
      let starts = [node.range.lowerBound, node.fullRange.lowerBound]
      for start in starts[0] == starts[1] ? starts.prefix(1) : starts[...] {
        places.append(Place(start: start, shortest: end, longest: end))
      }
    }
    places.sort { $0.start < $1.start }
    var merged: [Place] = []
    for place in places {
      guard let last = merged.indices.last, merged[last].start == place.start else {
        merged.append(place)
        continue
      }
      merged[last].shortest = min(merged[last].shortest, place.shortest)
      merged[last].longest = max(merged[last].longest, place.longest)
    }
    self.places = merged
  }

  func place(at offset: Int) -> Place? {
    let index = places.firstIndexInOrder { $0.start >= offset }
    return index < places.count && places[index].start == offset ? places[index] : nil
  }

  mutating func start(ofKey text: String, before offset: Int) -> Int? {
    let starts = starts ?? keys()
    self.starts = starts
    guard let known = starts[text] else { return nil }
    let index = known.firstIndexInOrder { $0 >= offset }
    return index > 0 ? known[index - 1] : nil
  }

  private func keys() -> [ByteText: [Int]] {
    var result: [ByteText: [Int]] = [:]
    for (id, _) in tree.allNodes {
      for entry in tree.entries(of: id) {
        guard let text = tree.text(of: entry.key) else { continue }
        result[text, default: []].append(tree[entry.key].range.lowerBound)
      }
    }
    return result.mapValues { $0.sorted() }
  }
}

extension Array {
  /// The first index for which a condition holds that holds for all behind it as well; the count where there is none.
  fileprivate func firstIndexInOrder(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
