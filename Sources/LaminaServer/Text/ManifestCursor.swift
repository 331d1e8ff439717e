internal import Lamina

/// Where a cursor is in an object, read from the indentation of lines: while somebody types, a text is rarely YAML.
///
///     spec:
///       containers:
///       - name: web
///         im|           keys: spec, containers; the last mapping has a name
///
/// In a block scalar, such as an inline patch, the keys are those of the text in it.
struct ManifestCursor {
  /// The keys around the cursor, and of a value its own. Lists have none.
  private(set) var keys: [String] = []
  /// The mappings around the cursor with the texts of their other keys: that of each key, and where a key is typed one
  /// more.
  private(set) var mappings: [[ByteText: String]] = []
  /// A value is typed, and not a key.
  private(set) var isValue = false
  /// The cursor stands behind a dash: at a text of a list, or at the first key of a mapping.
  private(set) var isItem = false
  /// The text is a list of mappings, as JSON patches are.
  private(set) var isInRootList = false
  /// The other elements of the innermost list, as far as their keys stand as deep.
  private(set) var otherItems: [(key: String, text: String)] = []
  /// What has been typed of the word.
  private(set) var text = ""
  /// The bytes of the word at the cursor, which a completion replaces.
  private(set) var word: Range<Int>
  /// A colon stands behind the word already.
  private(set) var hasColon = false
  /// A quote stands before the word.
  private(set) var isQuoted = false
  /// The cursor stands right behind a colon.
  private(set) var needsSpace = false
  /// The text of `metadata.name`.
  private(set) var objectName: String?
  /// The bytes of the line that opens the block scalar around the cursor.
  private(set) var block: Range<Int>?

  /// One line in its parts: `  - name: web` has a dash at 2, a key at 4, and a value.
  private struct Line {
    var dashes: [Int] = []
    /// The first byte that is neither a blank nor a dash.
    var column = 0
    var key: String?
    var value = ""

    /// - Returns: nil for a line that says nothing.
    init?(_ bytes: ArraySlice<UInt8>) {
      var rest = bytes
      func skipBlanks() { while rest.first == 0x20 { rest.removeFirst() } }
      skipBlanks()
      while rest.first == 0x2D, rest.count == 1 || rest.dropFirst().first == 0x20 {
        dashes.append(rest.startIndex - bytes.startIndex)
        rest.removeFirst()
        skipBlanks()
      }
      column = rest.startIndex - bytes.startIndex
      if rest.first == UInt8(ascii: "#") || rest.isEmpty && dashes.isEmpty { return nil }
      guard let colon = Self.colon(in: rest) else {
        value = Self.text(rest)
        return
      }
      key = Self.withoutQuotes(Self.text(rest[..<colon]))
      value = Self.text(rest[(colon + 1)...])
    }

    /// The colon behind a key, which begins with no bracket.
    private static func colon(in bytes: ArraySlice<UInt8>) -> Int? {
      guard let first = bytes.first, !"[{|>".utf8.contains(first) else { return nil }
      var index = bytes.startIndex
      if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
        guard let end = bytes.dropFirst().firstIndex(of: first) else { return nil }
        index = end + 1
      }
      while index < bytes.endIndex {
        if bytes[index] == UInt8(ascii: ":"),
          index + 1 == bytes.endIndex || bytes[index + 1] == 0x20
        {
          return index
        }
        index += 1
      }
      return nil
    }

    /// Without blanks around it and a comment behind it.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
      var bytes = bytes.drop { $0 == 0x20 }
      for index in bytes.indices.dropLast()
      where bytes[index] == 0x20 && bytes[index + 1] == UInt8(ascii: "#") {
        bytes = bytes[..<index]
        break
      }
      while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
      if bytes.first == UInt8(ascii: "#") { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }

    static func withoutQuotes(_ text: String) -> String {
      guard text.utf8.count >= 2, let first = text.first, first == "\"" || first == "'",
        text.last == first
      else { return text }
      return String(text.dropFirst().dropLast())
    }

    /// The value is below the key.
    var opens: Bool { value.isEmpty || value.begins(with: "&") || value.begins(with: "!") }
    var opensBlock: Bool { value.begins(with: "|") || value.begins(with: ">") }
    var firstColumn: Int { dashes.first ?? column }
  }

  /// What is around a place: the mapping whose keys stand at a column, or the list with dashes there.
  private enum Around {
    case mapping(Int)
    case list(Int)
  }

  init(_ bytes: [UInt8], _ offset: Int) {
    let lines = Self.lines(bytes)
    let number = lines.lastIndex { $0.lowerBound <= offset } ?? 0
    let start = lines.isEmpty ? 0 : lines[number].lowerBound
    let stops: Set<UInt8> = [0x20, 0x09, 0x22, 0x27, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D]
    var (first, last) = (offset, offset)
    needsSpace = offset > start && bytes[offset - 1] == UInt8(ascii: ":")
    while first > start, !needsSpace, !stops.contains(bytes[first - 1]) { first -= 1 }
    let end = lines.isEmpty ? 0 : lines[number].upperBound
    while last < end, !stops.contains(bytes[last]), bytes[last] != UInt8(ascii: ":") { last += 1 }
    word = first..<last
    text = String(decoding: bytes[first..<offset], as: UTF8.self)
    hasColon = last < end && bytes[last] == UInt8(ascii: ":")
    isQuoted = first > start && "\"'".utf8.contains(bytes[first - 1])
    if !lines.isEmpty { read(bytes, lines, number, bytes[start..<offset]) }
  }

  /// The bytes of each line without its break.
  private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<(index > start && bytes[index - 1] == 0x0D ? index - 1 : index))
      start = index + 1
    }
    lines.append(start..<bytes.count)
    return lines
  }

  private mutating func read(
    _ bytes: [UInt8], _ lines: [Range<Int>], _ number: Int, _ before: ArraySlice<UInt8>
  ) {
    let current = Line(before)
    isValue = current?.key != nil
    isItem = current?.key == nil && current?.dashes.isEmpty == false
    let blanks = before.prefix { $0 == 0x20 }
    let column: Int = current?.column ?? blanks.count
    var columns = [column]
    var around = Around.mapping(column)
    mappings = [[:]]
    if let key = current?.key { keys = [key] }
    var itemColumn: Int?
    func leaveMapping(_ dash: Int) {
      around = .list(dash)
      if itemColumn == nil, columns.count == 1 { itemColumn = column }
    }
    for dash in current?.dashes.reversed() ?? [] { leaveMapping(dash) }
    var index = number - 1
    while index >= 0 {
      defer { index -= 1 }
      if Self.isMark(bytes[lines[index]]) { break }
      guard let line = Line(bytes[lines[index]]) else { continue }
      if line.opensBlock {
        let column: Int
        switch around {
        case .mapping(let mapping): column = mapping
        case .list(let dash): column = dash
        }
        // The lines of the scalar are deeper than its key or its dash.
        let opener = line.key == nil ? line.dashes.last ?? line.column : line.column
        if opener < column {
          block = lines[index]
          break
        }
      }
      if let key = line.key {
        switch around {
        case .mapping(let mapping) where line.column == mapping:
          mappings[0][key] = mappings[0][key] ?? Line.withoutQuotes(line.value)
        case .list where line.column == itemColumn:
          otherItems.append((key, Line.withoutQuotes(line.value)))
        case .mapping(let mapping) where line.column < mapping && line.opens,
          .list(let mapping) where line.column <= mapping && line.opens:
          keys.insert(key, at: 0)
          mappings.insert([:], at: 0)
          columns.insert(line.column, at: 0)
          around = .mapping(line.column)
        default: break
        }
      }
      for dash in line.dashes.reversed() {
        switch around {
        case .mapping(let mapping) where dash < mapping: leaveMapping(dash)
        case .list(let outer) where dash < outer: leaveMapping(dash)
        default: break
        }
      }
    }
    if case .list = around { isInRootList = true }
    for (level, column) in columns.enumerated() {
      let isInnermost = level == columns.count - 1
      readBelow(bytes, lines, number, column, level, isInnermost ? itemColumn : nil)
    }
    objectName = Self.objectName(bytes, lines, number, columns[0])
  }

  /// The name below `metadata`, whose key stands at a column, or in braces behind it.
  private static func objectName(
    _ bytes: [UInt8], _ lines: [Range<Int>], _ number: Int, _ column: Int
  ) -> String? {
    let first = lines[..<number].lastIndex { isMark(bytes[$0]) || !isAtLeast(column, bytes[$0]) }
    var isInside = false
    /// Where the keys of the metadata stand.
    var inner: Int?
    for range in lines[(first.map { $0 + 1 } ?? 0)...] {
      if isMark(bytes[range]) { return nil }
      guard let line = Line(bytes[range]) else { continue }
      if line.firstColumn < column { return nil }
      if line.column == column {
        isInside = line.key == "metadata"
        if isInside, line.value.begins(with: "{") { return name(inBraces: line.value) }
      } else if isInside {
        inner = inner ?? line.column
        if line.column == inner, line.key == "name" { return Line.withoutQuotes(line.value) }
      }
    }
    return nil
  }

  /// The name of `{name: web, labels: …}`.
  private static func name(inBraces text: String) -> String? {
    for entry in text.dropFirst().split(whereSeparator: { ",}".contains($0) }) {
      if let line = Line(Array(entry.utf8)[...]), line.key == "name" {
        return Line.withoutQuotes(line.value)
      }
    }
    return nil
  }

  /// Whether a line says nothing, or stands as deep.
  private static func isAtLeast(_ column: Int, _ bytes: ArraySlice<UInt8>) -> Bool {
    Line(bytes).map { $0.firstColumn >= column } ?? true
  }

  /// The keys of a mapping that stand below the cursor, and then those of the list's other elements.
  private mutating func readBelow(
    _ bytes: [UInt8], _ lines: [Range<Int>], _ number: Int, _ column: Int, _ level: Int,
    _ itemColumn: Int?
  ) {
    var isInside = true
    for range in lines[(number + 1)...] {
      if Self.isMark(bytes[range]) { return }
      guard let line = Line(bytes[range]) else { continue }
      if line.firstColumn < column { isInside = false }
      if !isInside {
        // Another element begins with a dash; anything else ends the list.
        guard let itemColumn, line.column >= itemColumn else { return }
        if line.column == itemColumn, let key = line.key {
          otherItems.append((key, Line.withoutQuotes(line.value)))
        }
      } else if line.column == column, line.dashes.isEmpty, let key = line.key {
        mappings[level][key] = mappings[level][key] ?? Line.withoutQuotes(line.value)
      }
    }
  }

  private static func isMark(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "---".utf8) || line.starts(with: "...".utf8)
  }
}
