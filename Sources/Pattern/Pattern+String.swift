extension Pattern {
  /// Reads an expression; nil where Go would refuse it.
  ///
  /// For callers that have nobody to tell of the reason.
  package init?(text: String) {
    let source = Array(text.utf8)
    guard let pattern = try? Pattern(source.span) else { return nil }
    self = pattern
  }

  /// Tells whether the text has a match anywhere.
  package func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return matches(bytes.span)
  }
}
