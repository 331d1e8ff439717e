extension String {
  /// The text without line breaks and other control characters, which would end a comment.
  package var onOneLine: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    let scalars = unicodeScalars.map { $0.properties.isControl ? "?" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool {
    switch generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
