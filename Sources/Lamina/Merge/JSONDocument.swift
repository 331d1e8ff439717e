/// A JSON document of the command's own that is read back: a manifest, or a message of a build system.
///
/// Fields are asked for by name, and others are passed over, so that a document may have more of them than this
/// version knows.
package struct JSONDocument: Sendable {
  /// An object, so that values do not copy the tree's arrays.
  fileprivate final class Storage: Sendable {
    let tree: Tree
    init(_ tree: Tree) { self.tree = tree }
  }

  /// The value that the document is.
  package let value: Value

  /// - Parameter path: what messages call the document.
  package init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    var tree = Tree()
    // The thread may have any stack.
    tree.stack = .ofThread
    var sources = SourceMap()
    let file = sources.add(path: path, bytes: bytes)
    do {
      let root = try JSONReader.document(ofFile: file, into: &tree, sources: sources)
      value = Value(storage: Storage(tree), node: root)
    } catch { throw Diagnostic(error, in: sources) }
  }

  /// A value of the document.
  package struct Value: Sendable {
    fileprivate let storage: Storage
    fileprivate let node: NodeID

    private var tree: Tree { storage.tree }

    /// The value of a field; nil where this is no object, or has no such field.
    package subscript(name: String) -> Value? {
      guard tree.shape(node) == .mapping else { return nil }
      return tree.children(of: node).first { tree.symbols.string(tree.key($0)) == name }
        .map { Value(storage: storage, node: $0) }
    }

    /// The elements of an array; nothing where this is none.
    package var elements: [Value] {
      guard tree.shape(node) == .sequence else { return [] }
      return tree.children(of: node).map { Value(storage: storage, node: $0) }
    }

    /// The text of a string; nil where this is none.
    package var text: String? {
      guard tree.shape(node) == .scalar else { return nil }
      switch tree[node].tag {
      case .string: return tree.string(node)
      // The reader keeps strings as they are spelled where Go would spell them otherwise.
      case .custom:
        let token = Array(tree.string(node).utf8)
        return String(decoding: JSONString.decoded(token.span), as: UTF8.self)
      default: return nil
      }
    }

    package var isTrue: Bool { tree.shape(node) == .scalar && tree.textEquals(node, "true") }

    /// A whole number; nil where this is none.
    package var number: Int? {
      tree.shape(node) == .scalar && tree[node].tag == .integer ? Int(tree.string(node)) : nil
    }
  }
}
