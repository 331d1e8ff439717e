/// A text in which the braces and brackets around a place are written as lines, for the readers of cursors, which know
/// nothing but indentation:
///
///     - {name: web, ports: [{na|      - name: web
///                                       ports:
///                                         - na|
struct BlockForm {
  private(set) var bytes: [UInt8]
  /// Where the place is in them. The word around it is as it was.
  private(set) var offset: Int

  /// Lines above the cursor that are looked at: longer collections are not written by hand.
  private static let mostLines = 100
  fileprivate static let mostLevels = 100

  /// - Returns: nil where the place is not within braces or brackets.
  init?(_ text: [UInt8], _ offset: Int) {
    guard let start = Self.start(text, offset) else { return nil }
    var writer = Writer(text, cursor: offset)
    writer.write(from: start)
    guard let place = writer.place else { return nil }
    bytes = Array(text[..<start.key]) + writer.output + text[writer.end...]
    self.offset = start.key + place
  }

  /// Where a collection begins that a place is in.
  private struct Start {
    /// Its bracket.
    let bracket: Int
    /// What is behind this is written anew: the end of the key or the dash before it.
    let key: Int
    /// The column of that key; of a dash the one behind it.
    let column: Int
    let isBehindKey: Bool
  }

  /// The outermost collection around a place, looked for on its line and, as long as these end within one, on those
  /// above it.
  private static func start(_ text: [UInt8], _ offset: Int) -> Start? {
    var line = lineStart(text, offset)
    var outermost: Start?
    for _ in 0..<mostLines {
      if let start = value(onLineAt: line, in: text), start.bracket < offset,
        Scan.depth(text[start.bracket..<offset]) > 0
      {
        outermost = start
      }
      guard line > 0, goesOn(text[..<(line - 1)]) else { break }
      line = lineStart(text, line - 1)
    }
    return outermost
  }

  private static func lineStart(_ text: [UInt8], _ offset: Int) -> Int {
    (text[..<offset].lastIndex { $0 == 0x0A } ?? -1) + 1
  }

  /// Whether a line that ends with these bytes is one within a collection.
  fileprivate static func goesOn(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }.map { "{[,".utf8.contains($0) } ?? false
  }

  /// The collection that begins on a line, behind dashes and a key.
  private static func value(onLineAt start: Int, in text: [UInt8]) -> Start? {
    var index = start
    func skipBlanks() { while index < text.count, text[index] == 0x20 { index += 1 } }
    func isBracket() -> Bool { index < text.count && (text[index] == 0x7B || text[index] == 0x5B) }
    skipBlanks()
    while index + 1 < text.count, text[index] == 0x2D, text[index + 1] == 0x20 {
      index += 1
      skipBlanks()
    }
    let column = index - start
    if isBracket() { return Start(bracket: index, key: index, column: column, isBehindKey: false) }
    guard let colon = Scan.colon(in: text, from: index) else { return nil }
    index = colon + 1
    skipBlanks()
    return isBracket()
      ? Start(bracket: index, key: colon + 1, column: column, isBehindKey: true) : nil
  }

  /// What is in the way of looking for single bytes: quotes.
  private enum Scan {
    /// The end of a text in quotes that begins at a place; the end of the bytes where it is not closed.
    static func end(ofQuotesAt place: Int, in bytes: ArraySlice<UInt8>) -> Int {
      let quote = bytes[place]
      var index = place + 1
      while index < bytes.endIndex, bytes[index] != quote {
        index += quote == 0x22 && bytes[index] == 0x5C ? 2 : 1
      }
      return min(index + 1, bytes.endIndex)
    }

    static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }

    /// How many brackets are open behind all of the bytes.
    static func depth(_ bytes: ArraySlice<UInt8>) -> Int {
      var (index, depth) = (bytes.startIndex, 0)
      var isAtStart = true
      while index < bytes.endIndex {
        let byte = bytes[index]
        // A quote within a word is a part of it.
        if isQuote(byte), isAtStart {
          index = end(ofQuotesAt: index, in: bytes)
          isAtStart = false
          continue
        }
        if byte == 0x7B || byte == 0x5B { depth += 1 }
        if byte == 0x7D || byte == 0x5D {
          depth -= 1
          if depth == 0 { return 0 }
        }
        isAtStart = " \n,:{[".utf8.contains(byte)
        index += 1
      }
      return depth
    }

    /// The colon behind the key that a line begins with.
    static func colon(in text: [UInt8], from start: Int) -> Int? {
      var index = start
      if index < text.count, isQuote(text[index]) {
        index = end(ofQuotesAt: index, in: text[...])
      }
      while index < text.count, text[index] != 0x0A {
        if text[index] == 0x3A, index + 1 < text.count, text[index + 1] == 0x20 { return index }
        index += 1
      }
      return nil
    }
  }

  /// Goes through a collection to its end, or to that of the line where it has none, and writes each entry as a line.
  private struct Writer {
    private let text: [UInt8]
    private let cursor: Int
    private(set) var output: [UInt8] = []
    /// Where the cursor is in the output.
    private(set) var place: Int?
    /// How far the text was read.
    private(set) var end: Int
    /// The open collections.
    private var levels: [Level] = []
    /// An entry begins with the next byte that is not blank.
    private var isAtEntry = false

    private struct Level {
      let isMapping: Bool
      let column: Int
      /// The first entry of a mapping stands behind a dash.
      var staysOnLine: Bool
    }

    init(_ text: [UInt8], cursor: Int) {
      self.text = text
      self.cursor = cursor
      end = cursor
    }

    mutating func write(from start: Start) {
      open(text[start.bracket] == 0x7B, below: start.column, isBehindKey: start.isBehindKey)
      var index = start.bracket + 1
      while index < text.count, !levels.isEmpty {
        if index == cursor { markCursor() }
        let byte = text[index]
        switch byte {
        case 0x0A where index >= cursor && !BlockForm.goesOn(text[..<index]):
          removeBlanks()
          end = index
          return
        case 0x20, 0x09, 0x0A, 0x0D:
          if !isAtEntry { output.append(0x20) }
        case 0x7B, 0x5B:
          // Each level is written deeper than the one around it.
          if levels.count == BlockForm.mostLevels { return place = nil }
          let isBehindKey = !isAtEntry
          beginEntry()
          let level = levels[levels.count - 1]
          let inner = level.column + (level.isMapping || isBehindKey ? 0 : 2)
          open(byte == 0x7B, below: inner, isBehindKey: isBehindKey)
        case 0x7D, 0x5D:
          levels.removeLast()
          isAtEntry = false
          // What is within does not touch what stands behind it.
          output.append(0x20)
        case 0x2C: isAtEntry = true
        case _ where Scan.isQuote(byte) && (isAtEntry || output.last == 0x20):
          beginEntry()
          let close = Scan.end(ofQuotesAt: index, in: text[...])
          append(index..<close)
          // JSON has no blank there.
          if close < text.count, text[close] == 0x3A, close + 1 < text.count,
            text[close + 1] != 0x20
          {
            append(close..<close + 1)
            if place == nil || close + 1 != cursor { output.append(0x20) }
            index = close + 1
            continue
          }
          index = close
          continue
        default:
          beginEntry()
          output.append(byte)
        }
        index += 1
      }
      if place == nil, index >= cursor { markCursor() }
      removeBlanks()
      end = index
    }

    /// Those at the end, as far as the cursor is not behind them.
    private mutating func removeBlanks() {
      while output.last == 0x20, output.count > place ?? 0 { output.removeLast() }
    }

    /// Copies bytes, among which the cursor may be.
    private mutating func append(_ range: Range<Int>) {
      if range.contains(cursor), place == nil { place = output.count + cursor - range.lowerBound }
      output += text[range]
    }

    private mutating func markCursor() {
      if place != nil { return }
      beginEntry()
      place = output.count
    }

    private mutating func open(_ isMapping: Bool, below column: Int, isBehindKey: Bool) {
      levels.append(
        Level(
          isMapping: isMapping, column: isBehindKey ? column + 2 : column,
          staysOnLine: !isBehindKey))
      isAtEntry = true
    }

    private mutating func beginEntry() {
      guard isAtEntry, let level = levels.last else { return }
      isAtEntry = false
      if level.staysOnLine {
        levels[levels.count - 1].staysOnLine = false
      } else {
        removeBlanks()
        output.append(0x0A)
        output += [UInt8](repeating: 0x20, count: level.column)
      }
      if !level.isMapping { output += [0x2D, 0x20] }
    }
  }
}
