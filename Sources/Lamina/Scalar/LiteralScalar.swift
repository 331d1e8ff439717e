/// Prints a text in the literal style, `|`.
///
/// Source: go-yaml v2 `emitterc.go` (`yaml_emitter_write_literal_scalar` and
/// `yaml_emitter_write_block_scalar_hints`).
struct LiteralScalar {
  /// The column of the text's lines.
  let indent: Int

  /// Appends the header, the lines and the end of the last one.
  func append(_ text: Span<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "|"))
    appendHints(text, to: &out)
    out.append(UInt8(ascii: "\n"))
    appendLines(text, to: &out)
  }

  /// Appends `2` for a text that begins with a space or a break, then how its end is kept.
  ///
  /// The first hint is always the emitter's step, however deep the text stands.
  private func appendHints(_ text: Span<UInt8>, to out: inout [UInt8]) {
    if !text.isEmpty, text[0] == UInt8(ascii: " ") || LineBreak.width(text, at: 0) > 0 {
      out.append(UInt8(ascii: "2"))
    }
    let lastBreak = widthOfBreak(text, endingAt: text.count)
    if lastBreak == 0 {
      out.append(UInt8(ascii: "-"))
    } else if lastBreak == text.count
      || widthOfBreak(text, endingAt: text.count &- lastBreak) > 0
    {
      out.append(UInt8(ascii: "+"))
    }
  }

  private func widthOfBreak(_ text: Span<UInt8>, endingAt end: Int) -> Int {
    if LineBreak.width(text, at: end &- 1) == 1 { return 1 }
    return LineBreak.width(text, at: end &- 3) == 3 ? 3 : 0
  }

  /// Appends the lines; an empty one is not indented.
  private func appendLines(_ text: Span<UInt8>, to out: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let end = LineBreak.next(in: text, from: index)
      if end > index {
        out.append(spaces: indent)
        out.append(bytesOf: text.extracting(index..<end))
      }
      guard end < text.count else {
        out.append(UInt8(ascii: "\n"))
        return
      }
      let next = end &+ LineBreak.width(text, at: end)
      out.append(bytesOf: text.extracting(end..<next))
      index = next
    }
  }
}
