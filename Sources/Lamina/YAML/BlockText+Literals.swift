/// Literal blocks: `|` and `|-`.
extension BlockText {
  /// Reads a block behind a key or a dash; its lines stand further to the right than `column`.
  ///
  /// The first line that is not blank sets the indentation. Blank lines at the end do not count.
  ///
  /// `|+`, numbers behind the mark and folded blocks are left to libyaml.
  mutating func readLiteral(
    at mark: Int, below column: Int, into tree: inout Tree
  ) throws(Unusual) {
    let (text, place) = (lines.text, line.place(mark))
    let strips = mark + 2 == line.end && text[mark + 1] == .dash
    guard strips || mark + 1 == line.end else { throw Unusual() }
    let indent = try indentation(below: column)
    let firstByte = content.count
    var feeds = 0
    var next = lines[line.number + 1]
    while next.start < text.count {
      let first = next.firstNonSpace(from: next.start)
      let textStart = next.start + indent
      if first >= textStart, textStart < next.end {
        for _ in 0..<feeds { content.append(.lineFeed) }
        content.append(Text(rebasing: text[textStart..<next.end]))
        feeds = 1
      } else if first == next.end {
        feeds += 1
      } else {
        break
      }
      line = next
      next = lines[next.number + 1]
    }
    // Without a line feed at the end of the text there is none at the end of the block.
    if line.end == text.count { throw Unusual() }
    if !strips { content.append(.lineFeed) }
    addScalar(from: firstByte, .literal, at: place, to: &tree)
  }

  /// The indentation of the block: that of its first line that is not blank. A blank line above
  /// with more spaces is a mistake to libyaml.
  private mutating func indentation(below column: Int) throws(Unusual) -> Int {
    // libyaml counts the spaces of blank lines as well.
    guard let (first, place) = lines.content(from: line.number + 1) else { throw Unusual() }
    let indent = place - first.start
    guard indent > column else { throw Unusual() }
    for number in (line.number + 1)..<first.number {
      if lines[number].end - lines[number].start > indent { throw Unusual() }
    }
    return indent
  }
}
