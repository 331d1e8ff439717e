/// From lines of files to values.
extension BuildHistory {
  /// A line of a file that somebody asks about.
  package struct SourceLine: Sendable {
    package let line: Int
    /// Nil for the whole line.
    package let column: Int?
    /// The files of the build that are meant, by the paths that messages call them.
    package let files: Set<ByteText>

    package init(line: Int, column: Int?, files: Set<ByteText>) {
      self.line = line
      self.column = column
      self.files = files
    }
  }

  /// How a line has to do with a value, the closest first.
  package enum Reach: Int, Comparable, Sendable {
    case value, operation, entry, layer

    package static func < (one: Reach, other: Reach) -> Bool { one.rawValue < other.rawValue }
  }

  /// How closely a line has to do with a value; of two entries that hold the line, the shorter one is closer.
  package struct Closeness: Comparable, Sendable {
    package let reach: Reach
    package let lines: Int

    package init(reach: Reach, lines: Int) {
      self.reach = reach
      self.lines = lines
    }

    package static func < (one: Closeness, other: Closeness) -> Bool {
      (one.reach, one.lines) < (other.reach, other.lines)
    }
  }

  /// The paths of all files of the build.
  package var files: [String] {
    var seen: Set<ByteText> = []
    return stage.sources.files.map(\.path).filter { seen.insert($0).inserted }
  }

  /// How a line has to do with a write of a value; nil where it has not.
  package func closeness(
    of line: SourceLine, to write: FieldWrite, of node: NodeID
  ) -> Closeness? {
    let positions = write.positions
    if let value = positions.value {
      if let span = span(line, from: value, isLine: isEnvironment(value, of: node)) {
        return Closeness(reach: .value, lines: span)
      }
    }
    if let copied = positions.copied, let span = span(line, from: copied) {
      return Closeness(reach: .value, lines: span)
    }
    if let operation = positions.operation, let span = span(line, from: operation) {
      return Closeness(reach: .operation, lines: span)
    }
    let entries = ([positions.entry].compactMap { $0 } + positions.parts)
      .compactMap { span(line, from: $0) }
    if let lines = entries.min() { return Closeness(reach: .entry, lines: lines) }
    let spans = write.layers.compactMap { span(line, from: $0.position) }
    return spans.min().map { Closeness(reach: .layer, lines: $0) }
  }

  /// Whether a line is a part of an operation of a JSON patch. Such a line does what its operation does, and not all
  /// that the entry with the patch does.
  package func isOperation(_ line: SourceLine) -> Bool {
    ledger.trace.operationPlaces.contains { span(line, from: $0) != nil }
  }

  /// The number of lines of what stands at a position, if the line is one of them.
  func span(_ line: SourceLine, from position: Position, isLine: Bool = false) -> Int? {
    guard let file = stage.sources.file(of: position), line.files.contains(file.path),
      let start = stage.sources.place(of: position), start.line <= line.line
    else { return nil }
    if isLine { return start.line == line.line ? 1 : nil }
    guard let end = stage.sources.endOfAll(at: position), line.line <= end.line else {
      return start.line == line.line ? 1 : nil
    }
    // A collection may end at the beginning of the line behind it.
    if line.line == end.line, end.column == 1, end.line > start.line { return nil }
    if let column = line.column, line.line == start.line, column < start.column { return nil }
    if let column = line.column, line.line == end.line, column >= end.column { return nil }
    return end.line - start.line + 1
  }

  /// A line of an env file is a value by itself, whatever a reader of YAML makes of the file.
  private func isEnvironment(_ position: Position, of node: NodeID) -> Bool {
    guard let file = stage.sources.file(of: position), !file.isConfiguration,
      let offset = stage.sources.byteOffset(of: position)
    else { return false }
    let key = tree.symbols.bytes(tree.key(node))
    let rest = file.bytes[offset...]
    return rest.starts(with: key) && rest.dropFirst(key.count).first == UInt8(ascii: "=")
  }

  /// Where the key of a collection stands, which is nearly always the line above its first entry.
  package func keyPlace(of node: NodeID) -> Diagnostic.Location? {
    let position = tree.position(node)
    guard let place = stage.sources.textPlace(of: position) else { return nil }
    let (file, key) = (stage.sources.files[place.file], Array(tree.symbols.bytes(tree.key(node))))
    guard !key.isEmpty, let found = file.place(ofKey: key, from: place.line) else {
      return location(position)
    }
    return Diagnostic.Location(
      file: file.path, line: file.firstLine + found.line + 1,
      column: file.indent + found.column + 1)
  }
}

extension SourceFile {
  /// The line and the column of a key, from 0, on the line of its value or above it.
  func place(ofKey key: [UInt8], from line: Int) -> (line: Int, column: Int)? {
    for line in stride(from: line, through: max(line - Self.linesAboveValue, 0), by: -1) {
      if let column = column(ofKey: key, line: line) { return (line, column) }
    }
    return nil
  }

  /// Comments may stand between a key and its value.
  private static let linesAboveValue = 20

  /// The column at which a line has a key, from 0.
  private func column(ofKey key: [UInt8], line: Int) -> Int? {
    guard lineStarts.indices.contains(line) else { return nil }
    let text = bytes[Int(lineStarts[line])...].prefix { $0 != UInt8(ascii: "\n") }
    let body = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
    var rest = body
    let quote = rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "'")
    if quote { rest = rest.dropFirst() }
    guard rest.starts(with: key) else { return nil }
    rest = rest.dropFirst(key.count)
    if quote { rest = rest.dropFirst() }
    guard rest.first == UInt8(ascii: ":") else { return nil }
    return body.startIndex - text.startIndex
  }
}
