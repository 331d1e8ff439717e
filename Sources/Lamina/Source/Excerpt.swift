/// A line of a file with a mark below it, as messages show it:
///
///     3 │ patchs:
///       │ ^ did you mean "patches"?
struct Excerpt {
  /// The line, counted from 1.
  private let number: String
  /// The piece of the line that is shown, and as many blanks as stand before the mark.
  private let text: String
  private let indent: String

  /// As many characters as are shown around the place in question.
  private static let width = 160

  /// Tabs before the mark are kept, so that it stands below its character however wide they are
  /// shown.
  init(of line: String, at location: Diagnostic.Location) {
    let scalars = line.unicodeScalars
    let column = max(location.column - 1, 0)
    // A line may have megabytes, of which little is looked at.
    let skipped = column < Self.width ? 0 : column - Self.width / 2
    let start = scalars.index(scalars.startIndex, offsetBy: skipped, limitedBy: scalars.endIndex)
    let rest = scalars[(start ?? scalars.startIndex)...]
    let piece = rest.prefix(Self.width)
    let isCutInFront = piece.startIndex > scalars.startIndex
    let before = piece.prefix(start == nil ? column : column - skipped)
    let mark = isCutInFront ? "…" : ""
    number = String(location.line)
    text =
      mark + AddressUser.masked(ShownText.line(String(piece)))
      + (piece.endIndex < scalars.endIndex ? "…" : "")
    let shown = AddressUser.masked(ShownText.line(String(before)))
    indent = (mark + shown).unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
  }

  /// The line and the mark, with the hint behind it.
  func lines(hint: String?) -> [String] {
    let gutter = String(repeating: " ", count: max(5 - number.utf8.count, 1)) + number
    let blank = String(repeating: " ", count: gutter.utf8.count)
    let words = hint.map { " " + MessageLine.shown($0) } ?? ""
    return ["\(gutter) │ \(text)", "\(blank) │ \(indent)^\(words)"]
  }
}
