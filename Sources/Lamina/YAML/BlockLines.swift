/// The lines of a document.
struct BlockLines {
  let text: BlockText.Text
  /// Where they begin, counted from the beginning of the file that holds the document at `offset`.
  private let starts: UnsafeBufferPointer<UInt32>
  private let offset: Int

  init(_ text: BlockText.Text, at offset: Int, starts: UnsafeBufferPointer<UInt32>) {
    self.text = text
    self.offset = offset
    self.starts = starts
  }

  /// A line; behind the last one there are lines without a place.
  subscript(number: Int) -> BlockLine {
    BlockLine(
      text: text, number: number, start: start(of: number), end: start(of: number + 1) - 1)
  }

  private func start(of number: Int) -> Int {
    number < starts.count ? min(Int(starts[number]) - offset, text.count) : text.count
  }

  /// The first line from one on that is not blank, and the place of what stands there.
  func content(from number: Int) -> (line: BlockLine, first: Int)? {
    var line = self[number]
    while line.start < text.count {
      let first = line.firstNonSpace(from: line.start)
      if first < line.end { return (line, first) }
      line = self[line.number + 1]
    }
    return nil
  }
}
