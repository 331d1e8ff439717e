/// The lines of a document.
///
/// Line starts are those of the file, found once for positions (`LineStarts`), so that a document
/// is not searched for line feeds again.
struct BlockLines {
  let text: BlockText.Text
  /// Where they begin, counted from the beginning of the file that holds the document at `offset`.
  private let starts: UnsafeBufferPointer<UInt32>
  private let offset: Int

  /// There is nothing but printable ASCII and line feeds.
  let isASCII: Bool

  init(_ text: BlockText.Text, at offset: Int, starts: UnsafeBufferPointer<UInt32>) {
    self.text = text
    self.offset = offset
    self.starts = starts
    isASCII = ByteScan(text).firstUnprintable(from: 0) == nil
  }

  /// There is nothing but line feeds and what YAML counts as printable, without tabs and the other line
  /// breaks of YAML 1.1 (libyaml reader.c `yaml_parser_update_buffer`).
  var isPrintable: Bool {
    var index = 0
    // Most of a text is ASCII, which the scan passes over eight bytes at a time.
    while let place = ByteScan(text).firstUnprintable(from: index) {
      let character = GoRune.decode(text.span, at: place)
      switch character.value {
      case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: return false
      case 0xA0... where !character.isInvalid: index = place + character.width
      default: return false
      }
    }
    return true
  }

  /// A line; behind the last one there are lines without a place.
  subscript(number: Int) -> BlockLine {
    let (start, next) = (start(of: number), start(of: number + 1))
    // The last line may lack its line feed.
    let end = next == text.count && text.last != .lineFeed ? next : next - 1
    return BlockLine(text: text, number: number, start: start, end: end, isASCII: isASCII)
  }

  /// The end of the text for numbers behind the last line.
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
