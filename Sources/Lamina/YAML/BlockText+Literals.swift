/// Literal blocks: `|` and `|-`.
extension BlockText {
  /// Reads a block behind a key or a dash; its lines stand further to the right than `column`.
  ///
  /// The first line that is not blank sets the indentation. Blank lines at the end do not count.
  mutating func readLiteral(
    at mark: Int, below column: Int, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    let place = Place(line: line, column: mark - start)
    let strips = mark + 2 == end && text[mark + 1] == UInt8(ascii: "-")
    guard strips || mark + 1 == end else { throw Unusual() }
    let indent = try indentation(below: column)
    var content: [UInt8] = []
    var feeds = 0
    var (number, first) = (line + 1, end + 1)
    while first < text.count {
      let last = moveEnd(from: first)
      let spaces = leadingSpaces(from: first, to: min(last, first + indent))
      if spaces == indent, last - first > indent {
        for _ in 0..<feeds { content.append(.lineFeed) }
        content.append(contentsOf: Text(rebasing: text[(first + indent)..<last]))
        feeds = 1
      } else if first + spaces == last {
        feeds += 1
      } else {
        break
      }
      (number, first) = (number + 1, last + 1)
    }
    if !strips { content.append(.lineFeed) }
    try content.withUnsafeBufferPointer { content throws(Unusual) in
      try reader.readPlain(content, .literal, at: place, &tree)
    }
    // The caller goes on behind the last line of the block.
    moveToLine(number - 1, at: start)
    end = first - 1
  }

  private func indentation(below column: Int) throws(Unusual) -> Int {
    var first = end + 1
    var widestBlank = 0
    while first < text.count {
      let last = moveEnd(from: first)
      let spaces = leadingSpaces(from: first, to: last)
      if first + spaces < last {
        // libyaml counts the spaces of blank lines as well.
        guard spaces > column, spaces >= widestBlank else { throw Unusual() }
        return spaces
      }
      widestBlank = max(widestBlank, spaces)
      first = last + 1
    }
    throw Unusual()
  }

  func leadingSpaces(from first: Int, to last: Int) -> Int {
    var index = first
    while index < last, text[index] == .space { index += 1 }
    return index - first
  }
}
