/// What go-yaml v3 keeps of the nodes of a document besides their values: places, styles and comments.
///
/// The tree keeps none of it, since nothing of it is printed. It is read again from the text of the file
/// for `NodeHash`.
struct NodeDetails {
  /// A line and a column, counted from 0 within the document.
  struct Place: Hashable {
    var line: Int
    var column: Int
  }

  private let document: EmbeddedDocument
  /// Several nodes may begin at one place: a collection and its first value.
  private var nodes: [Place: [NodeID]] = [:]

  /// Reads a document; its nodes go into the tree, and nothing refers to them there.
  init(_ text: ArraySlice<UInt8>, into tree: inout Tree) throws(Problem) {
    document = try EmbeddedDocument.read(
      Array(text), at: .none, keepingPlaces: true, into: &tree)
    for (node, place) in document.places { nodes[place, default: []].append(node) }
  }

  /// Nil for a text without a value.
  var root: NodeID? { document.root }

  /// The node that begins at a place and has the value of another one.
  ///
  /// - Parameter text: the text that it has instead, where another step has written over that.
  func node(
    at place: Place, like other: NodeID, withText text: ArraySlice<UInt8>? = nil, in tree: Tree
  ) -> NodeID? {
    nodes[place]?.first { node in
      guard tree.shape(node) == tree.shape(other) else { return false }
      return tree.shape(node) != .scalar
        || tree.bytes(node).elementsEqual(text ?? tree.bytes(other)[...])
    }
  }

  func place(of node: NodeID) -> Place? { document.places[node] }

  /// Where the key of a value stands.
  func keyPlace(of value: NodeID) -> Place? { document.keyPlaces[value] }

  func comments(of node: NodeID) -> EmbeddedComments.Comments {
    document.comments.byNode[node] ?? EmbeddedComments.Comments()
  }

  /// The tag that the file names, in its short form.
  func tag(of node: NodeID) -> [UInt8]? {
    guard let tag = document.styles[node]?.tag else { return nil }
    let long = Array("tag:yaml.org,2002:".utf8)
    return tag.starts(with: long) ? Array("!!".utf8) + tag.dropFirst(long.count) : tag
  }
}
