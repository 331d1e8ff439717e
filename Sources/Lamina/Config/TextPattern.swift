private import Pattern

/// A regular expression with the meaning of Go's, for commands that are given one.
package struct TextPattern: Sendable {
  private let pattern: Pattern

  /// Nil where the text is no expression.
  package init?(_ text: String) {
    let source = Array(text.utf8)
    guard let pattern = try? Pattern(source.span) else { return nil }
    self.pattern = pattern
  }

  /// Whether the expression matches somewhere in a text.
  package func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return pattern.matches(bytes.span)
  }
}
