/// Finds the lines and columns of positions, of which mostly many lie in one file: that file is looked up once.
package struct PlaceReader {
  /// A place in one of `files`; line and column count from 1.
  package struct Place: Sendable {
    package let file: Int
    package let line: Int
    package let column: Int
  }

  /// The files of all places that were found, as messages call them.
  package private(set) var files: [String] = []
  private var numbers: [ByteText: Int] = [:]

  private let sources: SourceMap
  private let tree: Tree
  /// The file that was looked up last, and its positions.
  private var file: SourceFile?
  private var number = 0
  private var range: Range<UInt32> = 0..<0
  private var starts: [UInt32] = []

  package init(_ history: BuildHistory) {
    sources = history.stage.sources
    tree = history.tree
  }

  /// Where a value stands; nil where no file holds it. The same as `SourceMap.place(of:)`.
  package mutating func place(of value: BuildHistory.ValuePosition) -> Place? {
    place(of: value.position)
  }

  private mutating func place(of position: Position) -> Place? {
    guard let file = file(of: position) else { return nil }
    if file.isPart {
      guard let place = sources.place(of: position) else { return nil }
      return Place(file: self.number(of: place.path), line: place.line, column: place.column)
    }
    let offset = position.raw - file.base
    let line = line(at: offset)
    return Place(file: number, line: line + 1, column: Int(offset - starts[line]) + 1)
  }

  /// Where the key of a collection stands, which is nearly always the line above its first entry.
  package mutating func keyPlace(of node: NodeID) -> Place? {
    let position = tree.position(node)
    guard let file = file(of: position) else { return nil }
    let key = Array(tree.symbols.bytes(tree.key(node)))
    if key.isEmpty { return place(of: position) }
    let line = line(at: position.raw - file.base)
    guard let found = file.place(ofKey: key, from: line) else { return place(of: position) }
    return Place(
      file: number(of: file.path), line: file.firstLine + found.line + 1,
      column: file.indent + found.column + 1)
  }

  private mutating func file(of position: Position) -> SourceFile? {
    if range.contains(position.raw) { return file }
    guard let index = sources.textPlace(of: position)?.file else { return nil }
    let found = sources.files[index]
    let next = index + 1 < sources.files.count ? sources.files[index + 1].base : Position.end.raw
    file = found
    range = found.base..<max(next, found.base)
    starts = found.lineStarts
    number = number(of: found.path)
    return found
  }

  private mutating func number(of path: String) -> Int {
    if let number = numbers[path] { return number }
    files.append(path)
    numbers[path] = files.count - 1
    return files.count - 1
  }

  /// The line of a byte, from 0.
  private func line(at offset: UInt32) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }
}
