internal import Lamina

/// Colours of messages on a terminal: the severity, the gutter of a line of a file, and the mark below it.
///
/// The lines are painted once they are laid out. What they quote has no escapes of its own, which `MessageLine`
/// takes out.
enum MessageColours {
  private static let end = "\u{1B}[0m"

  static func painted(_ text: String) -> String {
    text.parts(at: "\n", omittingEmptySubsequences: false)
      .map { painted(line: String($0)) }.joined(separator: "\n")
  }

  private static let severities = [
    ("error: ", "\u{1B}[1;31m"), ("Error: ", "\u{1B}[1;31m"), ("warning: ", "\u{1B}[1;33m"),
    ("note: ", "\u{1B}[1;36m"), ("verbose: ", "\u{1B}[2m"),
  ]

  private static func painted(line: String) -> String {
    if line.begins(with: " ") { return excerpt(line) ?? line }
    for (word, start) in severities {
      guard let place = firstWord(word, in: line) else { continue }
      let end = line.index(place, offsetBy: word.count - 2)
      return String(line[..<place]) + start + line[place..<end] + Self.end + line[end...]
    }
    return line
  }

  /// Where the word begins the line, or stands behind a place and a colon.
  private static func firstWord(_ word: String, in line: String) -> String.Index? {
    if line.begins(with: word) { return line.startIndex }
    return line.indices.first { index in
      line[..<index].ends(with: ": ") && line[index...].begins(with: word)
    }
  }

  /// `    3 │ patchs:`, or the line below it; nil for another.
  private static func excerpt(_ line: String) -> String? {
    guard let bar = line.firstIndex(of: "│") else { return nil }
    let gutter = line[..<bar]
    guard gutter.count > 5, gutter.allSatisfy({ $0 == " " || $0.isNumber }) else { return nil }
    let rest = line[line.index(after: bar)...]
    let isMark = gutter.allSatisfy { $0 == " " }
    let shown = isMark ? "\u{1B}[1;32m\(rest)\(end)" : String(rest)
    return "\u{1B}[2m\(gutter)│\(end)\(shown)"
  }
}
