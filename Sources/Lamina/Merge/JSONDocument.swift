/// A JSON text that other modules read: a message of a protocol, or a document of the command's own.
///
///     let message = try JSONDocument(bytes)
///     let method = message.root["method"]?.text
///
/// Fields are asked for by name, and others are passed over, so that a text may have more of them than this version
/// knows.
///
/// The text goes through `JSONReader` into a tree of its own, as the patches of builds do.
package final class JSONDocument: Sendable {
  private let tree: Tree
  private let rootNode: NodeID

  /// - Parameter path: what messages call the text.
  /// - Throws: a `Diagnostic` with what is wrong and where.
  package init(_ bytes: [UInt8], path: String = "") throws(Diagnostic) {
    var tree = Tree()
    tree.stack = .ofThread
    var sources = SourceMap()
    let file = sources.add(path: path, bytes: bytes)
    do { rootNode = try JSONReader.document(ofFile: file, into: &tree, sources: sources) } catch {
      throw Diagnostic(error, in: sources)
    }
    self.tree = tree
  }

  package var root: Value { Value(document: self, node: rootNode) }

  /// A value of the text. What is asked for in the wrong type is nil.
  package struct Value: Sendable {
    fileprivate let document: JSONDocument
    fileprivate let node: NodeID

    private var tree: Tree { document.tree }

    /// The value of a key.
    package subscript(key: String) -> Value? {
      guard tree.shape(node) == .mapping else { return nil }
      let found = tree.children(of: node).first {
        tree.symbols.string(tree.key($0)).hasBytes(of: key)
      }
      return found.map { Value(document: document, node: $0) }
    }

    /// The keys of an object, in its order; nil for another value.
    package var keys: [String]? {
      guard isObject else { return nil }
      return tree.children(of: node).map { tree.symbols.string(tree.key($0)) }
    }

    /// The elements of an array; nil for another value.
    package var elements: [Value]? {
      guard tree.shape(node) == .sequence else { return nil }
      return tree.children(of: node).map { Value(document: document, node: $0) }
    }

    package var isObject: Bool { tree.shape(node) == .mapping }

    package var isNull: Bool { tree.shape(node) == .scalar && tree[node].tag == .null }

    /// The text of a string.
    package var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// The bytes of a string.
    package var bytes: [UInt8]? {
      guard tree.shape(node) == .scalar else { return nil }
      switch tree[node].tag {
      case .string: return Array(tree.bytes(node))
      // A string in another spelling than Go's keeps that (see `JSONReader`).
      case .custom: return tree.withText(node) { JSONString.decoded($0) }
      default: return nil
      }
    }

    /// A number without fraction.
    package var integer: Int? {
      guard tree.shape(node) == .scalar, tree[node].tag == .integer else { return nil }
      return Int(tree.string(node))
    }

    package var bool: Bool? {
      guard tree.shape(node) == .scalar, tree[node].tag == .bool else { return nil }
      return tree.string(node) == "true"
    }

    /// A string or a number as it is spelled in JSON, to be sent back.
    package var spelled: String? {
      guard tree.shape(node) == .scalar else { return nil }
      switch tree[node].tag {
      case .string: return tree.string(node).inJSON
      case .custom, .integer, .float: return tree.string(node)
      default: return nil
      }
    }
  }
}
