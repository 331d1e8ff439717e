/// Help as it is printed: headings, and rows of a name and a text that is wrapped at the right margin.
///
/// All of it is ASCII, and put together from bytes: to count characters takes longer than a small build.
struct HelpPage {
  /// Wider lines would wrap on the narrowest usual terminal.
  static let width = 80
  /// Where the texts of rows begin, unless their names are longer.
  private static let widestName = 26

  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(8192) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func paragraph(_ words: String) {
    separate()
    for line in Self.lines(of: words, width: Self.width) { add(line) }
  }

  mutating func heading(_ title: String) {
    separate()
    bytes += title.utf8
    bytes += ":\n".utf8
  }

  /// Lines that are printed as they are, below a heading.
  mutating func lines(_ lines: [String]) {
    for line in lines {
      bytes += "  ".utf8
      bytes += line.utf8
      bytes.append(Self.lineFeed)
    }
  }

  /// Rows in two columns; a text that does not fit beside its name goes on below itself.
  mutating func rows(_ rows: [(name: String, text: String)]) {
    let widest =
      rows.map(\.name.utf8.count).filter { $0 <= Self.widestName }.max() ?? Self.widestName
    let column = widest + 4
    for (name, words) in rows {
      bytes += "  ".utf8
      bytes += name.utf8
      // How many columns of the line are taken.
      var taken = name.utf8.count + 2
      let lines = Self.lines(of: words, width: Self.width - column)
      if lines.isEmpty || name.utf8.count > widest {
        bytes.append(Self.lineFeed)
        taken = 0
      }
      for line in lines {
        bytes += repeatElement(Self.blank, count: column - taken)
        add(line)
        taken = 0
      }
    }
  }

  private mutating func add(_ line: [UInt8]) {
    bytes += line
    bytes.append(Self.lineFeed)
  }

  private mutating func separate() {
    if !bytes.isEmpty { bytes.append(Self.lineFeed) }
  }

  // MARK: - Lines

  private static let blank = UInt8(ascii: " ")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Markdown with its paragraphs on lines that are not too long; headings and examples stay.
  static func wrapped(_ markdown: String) -> String {
    var bytes: [UInt8] = []
    for paragraph in markdown.utf8.split(separator: lineFeed, omittingEmptySubsequences: false) {
      let isKept = paragraph.starts(with: "    ".utf8) || paragraph.starts(with: "#".utf8)
      if !bytes.isEmpty { bytes.append(lineFeed) }
      if isKept {
        bytes += paragraph
      } else {
        let lines = lines(of: String(paragraph) ?? "", width: width, quote: UInt8(ascii: "`"))
        bytes += lines.joined(separator: [lineFeed])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words on lines of at most so many columns. Manual pages show code in bold; here it is quoted.
  private static func lines(
    of words: String, width: Int, quote: UInt8 = UInt8(ascii: "'")
  ) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for word in words.utf8.split(separator: blank) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = []
      }
      if !line.isEmpty { line.append(blank) }
      for byte in word { line.append(byte == UInt8(ascii: "`") ? quote : byte) }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
