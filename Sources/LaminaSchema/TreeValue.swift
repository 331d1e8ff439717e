internal import Lamina

/// What a printed value is to Kubernetes.
enum TreeValue {
  case null
  case boolean
  case integer
  case float
  case string
  case mapping
  case list

  /// The tree is settled, so a scalar is one of five sorts. It is borrowed, since every value of a build is asked.
  init(_ node: NodeID, in tree: borrowing Tree) {
    switch tree.shape(node) {
    case .mapping: self = .mapping
    case .sequence: self = .list
    case .scalar:
      switch tree.meaning(of: node) {
      case .null: self = .null
      case .bool: self = .boolean
      case .integer: self = .integer
      case .float: self = .float
      default: self = .string
      }
    }
  }
}

extension Tree {
  /// Whether a value is null, which Kubernetes takes for a field that is not there.
  func isPrintedNull(_ node: NodeID) -> Bool {
    shape(node) == .scalar && meaning(of: node) == .null
  }

  /// Whether a number has no fraction: Go reads `3.0` into an integer.
  func isWhole(_ number: NodeID) -> Bool {
    Double(string(number)).map { $0.rounded() == $0 } ?? false
  }
}
