/// A piece of a YAML text. The tokens of a text lie side by side and cover all of its bytes.
public struct SyntaxToken: Sendable, Equatable {
  /// What a token is.
  public enum Kind: Sendable, Equatable {
    /// The mark in front of some UTF-8 files.
    case byteOrderMark
    /// A line such as `%YAML 1.1`, without its line break.
    case directive
    /// `---`
    case documentStart
    /// `...`
    case documentEnd
    /// The `-` in front of an item of a block sequence.
    case dash
    /// The `?` in front of an explicit key.
    case question
    /// The `:` between a key and its value.
    case colon
    /// The `,` behind an item or an entry in brackets.
    case comma
    /// `[`, `]`, `{` or `}`
    case bracket
    /// `&name`
    case anchor
    /// `!tag`
    case tag
    /// `*name`
    case alias
    /// A key or a value, with its quotes. Of a block scalar, all of it from `|` or `>` on.
    case scalar
    /// From `#` to the end of the line.
    case comment
    /// Spaces and tabs.
    case space
    /// One line break, which may be CR and LF.
    case lineBreak
  }

  /// What the token is.
  public let kind: Kind
  /// The token's bytes.
  public let range: Range<Int>
}
