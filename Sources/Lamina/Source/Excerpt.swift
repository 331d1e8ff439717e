/// A line of a file with a mark below it, as messages show it:
///
///     3 │ patchs:
///       │ ^ did you mean "patches"?
struct Excerpt {
  /// The line, counted from 1.
  private let number: String
  private let gutter: String
  /// The piece of the line that is shown, and as many blanks as stand before the mark.
  private let text: String
  private let indent: String

  /// The narrowest piece that still says something.
  private static let leastWidth = 24
  /// As many characters as are shown behind the place in question at least, if the line has them.
  private static let widthBehind = 16
  /// Of longer lines diagnostics keep no more.
  private static let mostColumns = LineExcerpt.reach - 100

  /// Tabs before the mark are kept, so that it stands below its character however wide they are shown.
  ///
  /// - Parameters:
  ///   - line: the line, or the part of it that a diagnostic keeps (`LineExcerpt`).
  ///   - start: how many characters of the line stand before that.
  ///   - columns: of the terminal, for the whole row. The line is cut around the place, not the words behind the mark.
  init(of line: String, from start: Int = 0, at location: Diagnostic.Location, columns: Int) {
    number = String(location.line)
    gutter = String(repeating: " ", count: max(5 - number.utf8.count, 1)) + number
    // Two marks of what was cut may be added.
    let room = min(columns, Self.mostColumns) - gutter.utf8.count - " │ ".count - 2
    let width = max(room, Self.leastWidth)
    let scalars = line.unicodeScalars
    let column = max(location.column - 1 - start, 0)
    // A line may have megabytes, of which little is looked at.
    let place =
      scalars.index(scalars.startIndex, offsetBy: column, limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    let behind = scalars[place...].prefix(width + 3).count
    // A line that fits needs no marks.
    let isWhole = column + behind <= width + 2
    let skipped =
      isWhole || column + Self.widthBehind < width
      ? 0 : max(min(column - width / 2, column + behind - width), 0)
    let first = scalars.index(scalars.startIndex, offsetBy: skipped, limitedBy: scalars.endIndex)
    let rest = scalars[(first ?? scalars.startIndex)...]
    let piece = rest.prefix(isWhole ? width + 2 : width)
    let isCutInFront = start > 0 || piece.startIndex > scalars.startIndex
    let before = piece.prefix(first == nil ? column : column - skipped)
    let mark = isCutInFront ? "…" : ""
    text =
      mark + AddressUser.masked(ShownText.line(String(piece)))
      + (piece.endIndex < scalars.endIndex ? "…" : "")
    let shown = AddressUser.masked(ShownText.line(String(before)))
    indent = (mark + shown).unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
  }

  /// The line and the mark, with the hint behind it.
  func lines(hint: String?) -> [String] {
    let blank = String(repeating: " ", count: gutter.utf8.count)
    let words = hint.map { " " + MessageLine.shown($0) } ?? ""
    return ["\(gutter) │ \(text)", "\(blank) │ \(indent)^\(words)"]
  }
}
