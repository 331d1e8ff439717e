/// How parts of the text are set apart: by colours where they are wanted, else not at all.
package struct TextStyle: Sendable {
  package enum Paint: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case boldRed = "1;31"
    case boldGreen = "1;32"
    case boldYellow = "1;33"
    case dim = "2"
    /// Words that differ within a line.
    case markedRed = "7;31"
    case markedGreen = "7;32"

    package var start: String { "\u{1B}[\(rawValue)m" }

    package static let end = "\u{1B}[0m"
  }

  package let isColoured: Bool

  package init(isColoured: Bool) { self.isColoured = isColoured }

  package func callAsFunction(_ paint: Paint, _ text: String) -> String {
    isColoured && !text.isEmpty ? paint.start + text + Paint.end : text
  }
}
