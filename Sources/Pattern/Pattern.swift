/// A regular expression with the meaning Go gives it, ready to be tried on texts.
///
/// Syntax and meaning are those of `regexp.MatchString`: RE2 syntax with the Perl extensions and
/// a search anywhere in the text unless the expression anchors itself. Only whether there is a
/// match is computed, so groups capture nothing and greediness has no effect.
/// Source: Go regexp and regexp/syntax.
///
/// kustomize takes such expressions in selectors and in the names of images.
package struct Pattern: Sendable {
  /// What is left to do once the literal beginning has been dealt with.
  enum Remainder: Sendable {
    /// Nothing follows the literal, except perhaps the end of the text.
    case nothing(isAnchoredAtEnd: Bool)

    /// The literal is only a beginning; the program decides about the whole.
    case program(Program)
  }

  /// True when a match can only begin where the text begins.
  let isAnchoredAtStart: Bool

  /// The bytes every match begins with.
  let prefix: [UInt8]

  /// What follows the prefix.
  let remainder: Remainder

  /// Reads an expression, or refuses it with the reason Go would give.
  package init(_ source: Span<UInt8>) throws(PatternError) {
    var parser = Parser(source)
    let tree = try parser.parse()
    let outline = tree.outline()
    isAnchoredAtStart = outline.isAnchoredAtStart
    prefix = outline.prefix
    if outline.isWhole {
      remainder = .nothing(isAnchoredAtEnd: outline.isAnchoredAtEnd)
    } else {
      remainder = .program(Program(tree))
    }
  }

  /// Tells whether the text has a match anywhere.
  ///
  /// The time taken grows linearly with the text. Invalid UTF-8 in the text is read as one
  /// U+FFFD a byte.
  package func matches(_ text: Span<UInt8>) -> Bool {
    if isAnchoredAtStart && !hasPrefix(text, at: 0) { return false }
    switch remainder {
    case .nothing(let isAnchoredAtEnd):
      return matchesPrefix(text, isAnchoredAtEnd: isAnchoredAtEnd)
    case .program(let program):
      return program.run(on: text, isAnchoredAtStart: isAnchoredAtStart)
    }
  }
}
