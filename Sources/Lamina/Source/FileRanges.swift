internal import LaminaSyntax

/// The ranges of the keys and values of one document of a file, in order: of a large one, each of thousands of
/// messages asks once.
///
/// The nodes of a build know only where they begin (see `Node`): ends would cost every build what only messages
/// need. So what somebody complains of is read a second time, by the reader that keeps ranges.
struct DocumentRanges: Sendable {
  /// Where the document begins in its file. The tree counts from there, all else from the beginning of the file.
  private let base: Int
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

  init(_ tree: SyntaxTree, at base: Int) {
    self.tree = tree
    self.base = base
    var places: [Place] = []
    for (_, node) in tree.allNodes {
      let (start, end) = (base + node.range.lowerBound, base + node.range.upperBound)
      places.append(Place(start: start, shortest: end, longest: end))
      // A tag or an anchor stands before.
      let fullStart = base + node.fullRange.lowerBound
      if fullStart != start {
        places.append(Place(start: fullStart, shortest: end, longest: end))
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
        result[text, default: []].append(base + tree[entry.key].range.lowerBound)
      }
    }
    return result.mapValues { $0.sorted() }
  }
}

/// The ranges of one file, document by document: of a large file, few are complained of.
struct FileRanges: Sendable {
  /// Those that were asked for last. Messages come in the order of the file, and their notes may be about another place
  /// of it.
  private var documents: [Document] = []
  /// All of a file with directives is one, since they say what the tags of a document mean.
  private var hasDirectives: Bool?

  private static let mostDocuments = 16

  private struct Document: Sendable {
    let start: Int
    let end: Int
    /// nil where the text is no YAML, or nested too deeply for its ranges to be kept.
    var ranges: DocumentRanges?
  }

  /// Asks for ranges of the document around a byte; nil where it cannot be read that way, and messages then do
  /// without them.
  mutating func ask<Answer>(
    at offset: Int, of bytes: [UInt8], _ lines: () -> LineStarts,
    _ question: (inout DocumentRanges) -> Answer?
  ) -> Answer? {
    let known = documents.firstIndex { $0.start <= offset && offset < $0.end }
    let index = known ?? read(around: offset, of: bytes, lines().offsets)
    guard var ranges = documents[index].ranges else { return nil }
    documents[index].ranges = nil
    defer { documents[index].ranges = ranges }
    return question(&ranges)
  }

  /// Reads a document, and returns its place among those that are kept.
  private mutating func read(around offset: Int, of bytes: [UInt8], _ lines: [UInt32]) -> Int {
    func begins(_ line: Int, with byte: UInt8) -> Bool {
      Int(lines[line]) < bytes.count && bytes[Int(lines[line])] == byte
    }
    let hasDirectives =
      hasDirectives ?? lines.indices.contains { begins($0, with: UInt8(ascii: "%")) }
    self.hasDirectives = hasDirectives
    var (start, end) = (0, bytes.count)
    if !hasDirectives {
      let line = lines.firstIndexInOrder { Int($0) > offset } - 1
      start = lines[...line].last { Self.isMark(bytes[Int($0)...]) }.map { Int($0) } ?? 0
      end = lines[(line + 1)...].first { Self.isMark(bytes[Int($0)...]) }.map { Int($0) } ?? end
    }
    let text = Self.text(of: bytes[start..<end])
    let tree = try? SyntaxTree(Array(text))
    if documents.count == Self.mostDocuments { documents.removeFirst() }
    documents.append(
      Document(start: start, end: end, ranges: tree.map { DocumentRanges($0, at: text.startIndex) })
    )
    return documents.count - 1
  }

  /// A document from its byte-order mark on, if it has one behind the line of its dashes: what is read as a document has
  /// its mark in front.
  private static func text(of document: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard isMark(document), let feed = document.firstIndex(of: .lineFeed),
      document[(feed + 1)...].starts(with: SourceFile.mark)
    else { return document }
    return document[(feed + 1)...]
  }

  /// Whether a line begins a document: three dashes with nothing or white space behind.
  private static func isMark(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "---".utf8) else { return false }
    guard let next = line.dropFirst(3).first else { return true }
    return next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") || next == UInt8(ascii: "\n")
      || next == UInt8(ascii: "\r")
  }
}

extension Array {
  /// The first index for which a condition holds that holds for all behind it as well; the count where there is none.
  func firstIndexInOrder(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
