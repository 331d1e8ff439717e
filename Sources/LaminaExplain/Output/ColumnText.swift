/// Texts in columns.
extension String {
  /// The number of its scalars.
  var width: Int {
    var text = self
    return text.withUTF8 { bytes in bytes.count { $0 & 0xC0 != 0x80 } }
  }

  /// The text with blanks behind it.
  func padded(to width: Int) -> String {
    let count = self.width
    return count < width ? self + String(repeating: " ", count: width - count) : self
  }

  /// The beginning of the text, if it is longer than that.
  func shortened(to width: Int) -> String {
    let scalars = unicodeScalars
    if scalars.count <= width { return self }
    return String(String.UnicodeScalarView(scalars.prefix(width - 1))) + "…"
  }
}
