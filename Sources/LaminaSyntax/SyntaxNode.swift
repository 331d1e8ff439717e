/// A value or a key of a document: where it stands, and what it holds.
///
/// Nodes lie in one array of their tree and name each other by numbers, so that no depth of nesting
/// needs recursion.
public struct SyntaxNode: Sendable {
  /// Names a node of a `SyntaxTree`.
  ///
  /// It must not be used with another tree.
  public struct ID: Hashable, Sendable {
    let index: Int
  }

  /// How a value is written.
  public enum Style: Sendable, Equatable {
    /// Without quotes.
    case plain
    /// `'text'`
    case singleQuoted
    /// `"text"`
    case doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// What a node holds.
  public enum Content: Sendable {
    /// The decoded text.
    case scalar(Style, text: Text)
    /// The node that the alias stands for; nil where the anchor's value contains the alias.
    case alias(of: ID?)
    /// The items; `isFlow` where they stand in brackets.
    case sequence([Item], isFlow: Bool)
    /// The entries, merge keys among them; `isFlow` where they stand in braces.
    case mapping([Entry], isFlow: Bool)
  }

  /// One item of a sequence.
  public struct Item: Sendable {
    /// Where the item's `-` is; nil between brackets.
    public let dash: Int?
    /// The item itself.
    public let value: ID
    /// Where the `,` behind the item is.
    public internal(set) var comma: Int?
  }

  /// One entry of a mapping.
  public struct Entry: Sendable {
    /// Where the `?` of an explicit key is.
    public let question: Int?
    /// The key, which may be any node.
    public let key: ID
    /// Where the `:` is; nil where the entry has a key only.
    public internal(set) var colon: Int?
    /// The value; an empty scalar where there is none.
    public internal(set) var value: ID
    /// Where the `,` behind the entry is.
    public internal(set) var comma: Int?
  }

  /// A decoded text: the bytes of the file where nothing had to be decoded.
  public enum Text: Sendable {
    /// The bytes of the file in a range.
    case source(Range<Int>)
    /// Bytes that differ from those of the file.
    case decoded([UInt8])
  }

  /// What the node holds.
  public internal(set) var content: Content
  /// The node without anchor and tag. A block scalar ends before the line break of its last line; blank
  /// lines belong to it only where they count (`|+`).
  public internal(set) var range: Range<Int>
  /// `&name`
  public let anchor: Range<Int>?
  /// `!tag`
  public let tag: Range<Int>?

  /// The node with anchor and tag.
  public var fullRange: Range<Int> {
    let start = [anchor, tag].compactMap { $0?.lowerBound }.min() ?? range.lowerBound
    return start..<max(start, range.upperBound)
  }
}
