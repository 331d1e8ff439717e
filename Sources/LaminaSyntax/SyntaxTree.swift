/// A YAML text with the exact place of everything in it.
///
/// The tokens cover all bytes of the text; the nodes say what the documents mean. libyaml decides what is
/// YAML, as it does for the renderer, and comments and blanks are read from the gaps between its scalars:
///
///     let tree = try SyntaxTree(Array("images:\n- name: app # ours\n".utf8))
///     let root = tree.documents[0].root
///     let images = tree.entry("images", of: root)   // key, colon, value and their ranges
///
/// Nothing is recursive, so that no nesting ends the process, and the work is linear.
public struct SyntaxTree: Sendable {
  /// One document of the text.
  public struct Document: Sendable {
    /// The bytes behind `---` and before `...` or the next document.
    public internal(set) var range: Range<Int>
    /// `---`
    public internal(set) var startMark: Range<Int>?
    /// `...`
    public internal(set) var endMark: Range<Int>?
    /// The document's value.
    public internal(set) var root: SyntaxNode.ID
  }

  /// The text.
  public let bytes: [UInt8]
  /// All tokens, in order.
  public let tokens: [SyntaxToken]
  /// The documents, in order; none in a text without values.
  public let documents: [Document]
  let nodes: [SyntaxNode]

  /// Reads a text.
  ///
  /// - Throws: `SyntaxError` where it is not YAML, not UTF-8, or nested more than 1,000 deep.
  public init(_ bytes: [UInt8]) throws(SyntaxError) {
    var builder = SyntaxTreeBuilder(bytes)
    for event in try ParserEvents.read(bytes) { try builder.add(event) }
    builder.finish()
    self.bytes = bytes
    tokens = builder.tokens
    documents = builder.documents
    nodes = builder.nodes
  }

  /// The node of an id that this tree gave.
  public subscript(id: SyntaxNode.ID) -> SyntaxNode { nodes[id.index] }
}

extension SyntaxTree {
  /// The bytes of the text in a range.
  public subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  /// The text of a scalar, or nil for another node. An alias is followed.
  public func text(of id: SyntaxNode.ID) -> String? {
    guard case .scalar(_, let text) = self[resolved(id)].content else { return nil }
    switch text {
    case .source(let range): return String(decoding: bytes[range], as: UTF8.self)
    case .decoded(let bytes): return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The node itself, or what it is an alias of.
  ///
  /// An alias of a value that contains it stays as it is, so that this ends.
  public func resolved(_ id: SyntaxNode.ID) -> SyntaxNode.ID {
    var id = id
    while case .alias(let target?) = self[id].content { id = target }
    return id
  }

  /// The items of a sequence; none for another node. An alias is followed.
  public func items(of id: SyntaxNode.ID) -> [SyntaxNode.Item] {
    guard case .sequence(let items, _) = self[resolved(id)].content else { return [] }
    return items
  }

  /// The entries of a mapping as they are written, merge keys among them; none for another node. An alias
  /// is followed.
  public func entries(of id: SyntaxNode.ID) -> [SyntaxNode.Entry] {
    guard case .mapping(let entries, _) = self[resolved(id)].content else { return [] }
    return entries
  }

  /// The entry of a key, of several the last one.
  public func entry(_ key: String, of id: SyntaxNode.ID) -> SyntaxNode.Entry? {
    entries(of: id).last { text(of: $0.key)?.utf8.elementsEqual(key.utf8) == true }
  }

  /// The value at a path of keys and of numbers of items.
  ///
  /// A key that is written as a number is tried before the number of an item.
  public func node(at path: [String], in document: Document) -> SyntaxNode.ID? {
    var id = document.root
    for step in path {
      if let entry = entry(step, of: id) {
        id = entry.value
      } else {
        let items = items(of: id)
        guard let number = Int(step), items.indices.contains(number) else { return nil }
        id = items[number].value
      }
    }
    return id
  }

  /// The token that holds a byte; nil behind the text.
  public func token(at offset: Int) -> SyntaxToken? {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low].range.contains(offset) ? tokens[low] : nil
  }

  /// The byte at a line and a column, both counted from 1, the column in characters; nil outside of the
  /// text. Lines end where YAML 1.1 ends them.
  public func offset(line: Int, column: Int) -> Int? {
    var (current, index) = (1, 0)
    while current < line, index < bytes.count {
      let length = LineEnd.length(in: bytes, at: index)
      if length > 0 { current += 1 }
      index += max(length, 1)
    }
    guard current == line else { return nil }
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    for _ in 1..<max(column, 1) {
      guard index < bytes.count, LineEnd.length(in: bytes, at: index) == 0 else { return nil }
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
    }
    return index
  }
}

extension SyntaxTree {
  /// All nodes with their ids, in the order in which they begin.
  public var allNodes: some Sequence<(SyntaxNode.ID, SyntaxNode)> {
    nodes.enumerated().lazy.map { (SyntaxNode.ID(index: $0.offset), $0.element) }
  }
}
