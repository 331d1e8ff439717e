internal import LaminaSyntax

/// A YAML text that a scalar of a file holds, such as an inline patch, with the way back to the bytes of the file.
struct EmbeddedText: Sendable {
  let tree: SyntaxTree
  /// How the scalar is written.
  let style: SyntaxNode.Style
  /// The bytes of the file that make each byte of the text: more than one where it is escaped.
  private let spans: [Range<Int>]
  /// The end of the scalar in the file.
  private let end: Int

  /// - Returns: nil for what is no scalar, for a text that is no YAML, and where the way back is not certain.
  init?(_ id: SyntaxNode.ID, in file: SyntaxTree) {
    guard case .scalar(let style, let text) = file[id].content else { return nil }
    let range = file[id].range
    switch text {
    case .source(let range): spans = range.map { $0..<$0 + 1 }
    case .decoded(let bytes):
      var alignment = Alignment(file.bytes, bytes)
      let isAligned =
        switch style {
        case .literal, .folded: alignment.readBlock(range, isFolded: style == .folded)
        case .singleQuoted, .doubleQuoted:
          alignment.readFlow(range.lowerBound + 1..<max(range.upperBound, 2) - 1, style)
        case .plain: alignment.readFlow(range, style)
        }
      guard isAligned, alignment.spans.count == bytes.count else { return nil }
      spans = alignment.spans
    }
    let bytes: [UInt8] =
      switch text {
      case .source(let range): Array(file.bytes[range])
      case .decoded(let bytes): bytes
      }
    guard let tree = try? SyntaxTree(bytes) else { return nil }
    self.tree = tree
    self.style = style
    end = range.upperBound
  }

  /// The bytes of the file that a part of the text stands in.
  func fileRange(_ range: Range<Int>) -> Range<Int> {
    let start = range.lowerBound < spans.count ? spans[range.lowerBound].lowerBound : end
    guard !range.isEmpty, range.upperBound <= spans.count else { return start..<start }
    return start..<spans[range.upperBound - 1].upperBound
  }

  /// The byte of the text at a byte of the file.
  func offset(inFile offset: Int) -> Int {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Walks the bytes of the file and of the text side by side. What does not fit ends it: a wrong place would be worse
  /// than none.
  private struct Alignment {
    private let file: [UInt8]
    private let text: [UInt8]
    private(set) var spans: [Range<Int>] = []

    init(_ file: [UInt8], _ text: [UInt8]) {
      self.file = file
      self.text = text
    }

    private static let (space, feed, carriage) = (UInt8(0x20), UInt8(0x0A), UInt8(0x0D))

    private var next: UInt8? { spans.count < text.count ? text[spans.count] : nil }

    private func isBreak(_ byte: UInt8) -> Bool { byte == Self.feed || byte == Self.carriage }

    /// The byte behind a line break.
    private func behindBreak(_ offset: Int, _ end: Int) -> Int {
      file[offset] == Self.carriage && offset + 1 < end && file[offset + 1] == Self.feed
        ? offset + 2 : offset + 1
    }

    private mutating func take(_ byte: UInt8, _ span: Range<Int>) -> Bool {
      guard next == byte else { return false }
      spans.append(span)
      return true
    }

    // MARK: - Blocks

    /// - Parameter range: from `|` or `>` on.
    mutating func readBlock(_ range: Range<Int>, isFolded: Bool) -> Bool {
      var index = range.lowerBound
      while index < range.upperBound, !isBreak(file[index]) { index += 1 }
      guard index < range.upperBound else { return text.isEmpty }
      index = behindBreak(index, range.upperBound)
      guard let indent = indent(index..<range.upperBound) else { return false }
      while index < range.upperBound {
        var end = index
        while end < range.upperBound, !isBreak(file[end]) { end += 1 }
        var start = index
        while start < end, start - index < indent, file[start] == Self.space { start += 1 }
        for offset in start..<end {
          guard take(file[offset], offset..<offset + 1) else { return false }
        }
        let after = end < range.upperBound ? behindBreak(end, range.upperBound) : end
        // Between two folded lines stands a space; a line break of several is folded away.
        if !take(Self.feed, end..<after), isFolded { _ = take(Self.space, end..<after) }
        index = after
        if after == end { break }
      }
      // The last line's break is not in the range.
      while take(Self.feed, range.upperBound..<range.upperBound) {}
      return true
    }

    /// By how much the lines of the file are deeper than those of the text: blank lines may be as they are.
    private func indent(_ range: Range<Int>) -> Int? {
      func depth(_ bytes: ArraySlice<UInt8>) -> Int? {
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
          if isBreak(bytes[index]) {
            start = index + 1
          } else if bytes[index] != Self.space {
            return index - start
          }
          index += 1
        }
        return nil
      }
      guard let outer = depth(file[range]), let inner = depth(text[...]), outer >= inner else {
        return nil
      }
      return outer - inner
    }

    // MARK: - Quotes

    /// - Parameter range: without the quotes.
    mutating func readFlow(_ range: Range<Int>, _ style: SyntaxNode.Style) -> Bool {
      var index = range.lowerBound
      while index < range.upperBound {
        let byte = file[index]
        if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
          guard index + 1 < range.upperBound else { return false }
          if isBreak(file[index + 1]) {
            // A line that goes on.
            index = behindBlanks(behindBreak(index + 1, range.upperBound), range.upperBound)
            continue
          }
          let after = index + Self.length(ofEscape: file[index + 1])
          guard after <= range.upperBound, takeCharacter(index..<after) else { return false }
          index = after
        } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
          guard take(byte, index..<index + 2) else { return false }
          index += 2
        } else if let after = fold(at: index, range.upperBound) {
          index = after
        } else {
          guard take(byte, index..<index + 1) else { return false }
          index += 1
        }
      }
      return true
    }

    private static func length(ofEscape byte: UInt8) -> Int {
      switch byte {
      case UInt8(ascii: "x"): 4
      case UInt8(ascii: "u"): 6
      case UInt8(ascii: "U"): 10
      default: 2
      }
    }

    /// All bytes of the next character are made by one escape.
    private mutating func takeCharacter(_ span: Range<Int>) -> Bool {
      guard next != nil else { return false }
      spans.append(span)
      while let byte = next, byte & 0xC0 == 0x80 { spans.append(span) }
      return true
    }

    private func behindBlanks(_ offset: Int, _ end: Int) -> Int {
      var index = offset
      while index < end, file[index] == Self.space || file[index] == 0x09 { index += 1 }
      return index
    }

    /// Blanks and line breaks: of one break a space is left, of more one fewer.
    ///
    /// - Returns: nil where no line ends behind the blanks.
    private mutating func fold(at offset: Int, _ end: Int) -> Int? {
      var index = behindBlanks(offset, end)
      guard index < end, isBreak(file[index]) else { return nil }
      var count = 0
      while index < end, isBreak(file[index]) {
        index = behindBlanks(behindBreak(index, end), end)
        count += 1
      }
      if count == 1 {
        _ = take(Self.space, offset..<index)
      } else {
        for _ in 1..<count { _ = take(Self.feed, offset..<index) }
      }
      return index
    }
  }
}
