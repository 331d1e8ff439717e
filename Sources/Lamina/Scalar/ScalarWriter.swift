/// Prints strings as the go-yaml v2 emitter does with its default settings.
///
/// The caller is a tree printer that knows block mappings, block sequences and the empty `{}`
/// and `[]`. It keeps go-yaml's `indent`, the column at which the entries of the collection that
/// holds the value begin:
///
/// * The root mapping has 0.
/// * A mapping has 2 more than the collection that holds it.
/// * A sequence has the same as the mapping that holds it under a simple key (`key:` and then
///   `- item` below it at the same column), and 2 more than a sequence, or than a mapping that
///   holds it under a key that is not simple.
///
/// A key that `isSimpleKey` refuses takes two lines: the entry's indent, `?`, then the key
/// written with `appendValue` at the mapping's indent; after it the indent again, `:`, and the
/// value. Behind that `:` the value is laid out exactly as behind the `-` of a sequence item: a
/// collection starts on the same line (`: a: 1`, `: - a`).
///
/// Source: go-yaml v2 `encode.go` (`stringv`) and `emitterc.go`.
package enum ScalarWriter {
  /// Appends a string value with the space before it and the line feed behind it.
  ///
  /// The caller has just written `key:`, `-`, `?` or `:` and no space. `indent` is the one of the
  /// collection that holds the value, `column` counts the characters written on this line so far.
  /// A literal that ends in U+2028 or U+2029 gets no line feed: for the emitter those end a line.
  /// go-yaml v3 writes the same as v2, but `folds` no lines as kyaml uses it.
  package static func appendValue(
    _ text: Span<UInt8>, indent: Int, column: Int, folds: Bool = true, to out: inout [UInt8]
  ) {
    if isOrdinary(text) {
      appendOrdinaryValue(text, indent: indent, column: column, folds: folds, to: &out)
    } else if let repaired = ScalarRepair.repaired(text) {
      appendReadable(repaired.span, indent: indent, column: column, folds: folds, to: &out)
    } else {
      appendReadable(text, indent: indent, column: column, folds: folds, to: &out)
    }
  }

  /// Appends a value that `isOrdinary` says is one.
  static func appendOrdinaryValue(
    _ text: Span<UInt8>, indent: Int, column: Int, folds: Bool, to out: inout [UInt8]
  ) {
    out.append(UInt8(ascii: " "))
    if fits(text, column: column) {
      out.append(bytesOf: text)
    } else {
      var line = FoldingLine(indent: indent &+ 2, column: column &+ 1, folds: folds)
      line.append(text, style: .plain, to: &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// Tells whether there is room on the line for an ordinary value.
  static func fits(_ text: Span<UInt8>, column: Int) -> Bool {
    column &+ text.count < FoldingLine.bestWidth
  }

  /// Appends a key that `isSimpleKey` accepts, without the colon.
  ///
  /// It stays on its line whatever its length. The caller has written the entry's indent or the
  /// `- ` before it.
  package static func appendSimpleKey(_ text: Span<UInt8>, to out: inout [UInt8]) {
    if isOrdinary(text) {
      out.append(bytesOf: text)
    } else if let repaired = ScalarRepair.repaired(text) {
      appendReadableKey(repaired.span, to: &out)
    } else {
      appendReadableKey(text, to: &out)
    }
  }

  /// Tells whether a key fits on its line: no line break in it and at most 128 bytes.
  ///
  /// The bytes of the text itself count, not those of its quotes and escapes.
  /// Source: go-yaml v2 `emitterc.go` (`yaml_emitter_check_simple_key`).
  package static func isSimpleKey(_ text: Span<UInt8>) -> Bool {
    if let repaired = ScalarRepair.repaired(text) { return isReadableSimpleKey(repaired.span) }
    return isReadableSimpleKey(text)
  }

  private static func isReadableSimpleKey(_ text: Span<UInt8>) -> Bool {
    text.count <= 128 && LineBreak.next(in: text, from: 0) == text.count
  }

  /// Appends a value that has been through JSON: a literal if it has line feeds and can be one,
  /// else in the style that it needs.
  ///
  /// The slow way for ordinary texts; `OrdinaryTextTests` holds the two equal.
  static func appendReadable(
    _ text: Span<UInt8>, indent: Int, column: Int, folds: Bool, to out: inout [UInt8]
  ) {
    let shape = ScalarShape(text)
    out.append(UInt8(ascii: " "))
    if shape.hasLineFeed, shape.allowsLiteral {
      LiteralScalar(indent: indent &+ 2).append(text, to: &out)
      return
    }
    var line = FoldingLine(indent: indent &+ 2, column: column &+ 1, folds: folds)
    line.append(text, style: flowStyle(text, shape), to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// The slow way for ordinary keys.
  static func appendReadableKey(_ text: Span<UInt8>, to out: inout [UInt8]) {
    var line = FoldingLine(indent: 0, column: 0, folds: false)
    line.append(text, style: flowStyle(text, ScalarShape(text)), to: &out)
  }

  /// Chooses among the styles that are no literal.
  ///
  /// A text that would be read back as something else is asked for in double quotes outright,
  /// while one whose characters forbid the plain style falls back to single quotes if it can.
  private static func flowStyle(_ text: Span<UInt8>, _ shape: ScalarShape) -> FoldingLine.Style {
    if shape.hasLineFeed || !ScalarTag.staysStringInYAML11(text) { return .doubleQuoted }
    if shape.allowsPlain { return .plain }
    return shape.allowsSingleQuotes ? .singleQuoted : .doubleQuoted
  }

  /// Recognises texts, words and sentences, that are printed as they are: plain, and on their way
  /// through JSON nothing happens to them.
  ///
  /// For these, `appendValue` copies the text, and `ScalarShape` need not look at it. The answer
  /// may be no for a text that is printed the same way in the end. `OrdinaryTextTests` compares it with
  /// the slow ways.
  static func isOrdinary(_ text: Span<UInt8>) -> Bool {
    !text.isEmpty && startsOrdinary(text) && text[text.count - 1] != UInt8(ascii: " ")
      && text.isPrintableWithoutMarks
  }

  /// Excludes what may be a number, and the few words YAML 1.1 gives a meaning: all are short.
  private static func startsOrdinary(_ text: Span<UInt8>) -> Bool {
    switch text[0] {
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"),
      UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "o"), UInt8(ascii: "O"):
      return text.count > 5
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "/"), UInt8(ascii: "_"):
      return true
    default:
      return false
    }
  }
}
