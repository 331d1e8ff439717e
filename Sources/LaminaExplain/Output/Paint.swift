/// Colours of text for a terminal, where they are wanted.
struct Paint {
  enum Color: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  let isColoured: Bool

  func callAsFunction(_ color: Color, _ text: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The text with blanks behind it.
  func padded(to width: Int) -> String {
    let count = unicodeScalars.count
    return count < width ? self + String(repeating: " ", count: width - count) : self
  }

  /// The beginning of the text, if it is longer than that.
  func shortened(to width: Int) -> String {
    let scalars = unicodeScalars
    if scalars.count <= width { return self }
    return String(String.UnicodeScalarView(scalars.prefix(width - 1))) + "…"
  }
}
