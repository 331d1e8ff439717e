/// The fields of a rendered resource.
public struct ResourceContent: Sendable {
  private let root: NodeID
  private let stage: FinalStage

  init(of root: NodeID, in stage: FinalStage) {
    self.root = root
    self.stage = stage
  }

  /// The resource as JSON on one line, with sorted keys.
  public var json: [UInt8] { JSONWriter.bytes(of: root, in: stage.tree) }

  /// The value at the end of a path; nil where there is none.
  ///
  /// No steps lead to the resource itself.
  public func value(at path: FieldStep...) -> FieldValue? { value(at: path) }

  /// The value at the end of a path; nil where there is none.
  public func value(at path: [FieldStep]) -> FieldValue? {
    stage.node(at: path, of: root).map { FieldValue($0, in: stage) }
  }
}

extension RenderedResource {
  /// Where a field comes from; nil where there is none, or where the build made it of something else.
  package func location(at path: [FieldStep]) -> Diagnostic.Location? {
    stage.node(at: path, of: root).flatMap { stage.location(of: $0) }
  }
}

extension FinalStage {
  /// Follows the steps from `root`; nil where one of them leads to nothing.
  fileprivate func node(at path: [FieldStep], of root: NodeID) -> NodeID? {
    var node = root
    for step in path {
      guard let next = tree.value(at: step, of: node) else { return nil }
      node = next
    }
    return node
  }
}

extension Tree {
  /// What a printed value is to its readers.
  ///
  /// Tags are explicit once the tree is settled, so that this agrees with what a reader of the
  /// printed text sees.
  func printedKind(of node: NodeID) -> FieldValue.Kind {
    switch shape(node) {
    case .sequence: return .list
    case .mapping: return .mapping
    case .scalar: break
    }
    switch meaning(of: node) {
    case .null: return .null
    case .bool: return .bool
    case .integer, .float: return .number
    default: return .string
    }
  }

  /// The value one step further, where the collection has one there.
  fileprivate func value(at step: FieldStep, of node: NodeID) -> NodeID? {
    switch step {
    case .key(let text):
      let bytes = Array(text.utf8)
      // A text that is no symbol is no key of this build.
      guard shape(node) == .mapping, let key = symbols.find(bytes.span) else { return nil }
      return field(key, of: node)
    case .index(let index):
      guard shape(node) == .sequence else { return nil }
      let elements = children(of: node)
      return elements.indices.contains(index) ? elements[index] : nil
    case .element(let keys):
      guard shape(node) == .sequence else { return nil }
      return children(of: node).first { element in
        keys.allSatisfy { pair in
          guard let value = value(under: pair.key, of: element), shape(value) == .scalar
          else { return false }
          return bytes(value).elementsEqual(pair.value.utf8)
        }
      }
    }
  }

  /// What tells an element from others (`FieldStep.element`).
  private func value(under key: String, of element: NodeID) -> NodeID? {
    switch key {
    case "": return element
    case "metadata.name":
      let metadata = value(at: .key("metadata"), of: element)
      return metadata.flatMap { value(at: .key("name"), of: $0) }
    default: return value(at: .key(key), of: element)
    }
  }
}
