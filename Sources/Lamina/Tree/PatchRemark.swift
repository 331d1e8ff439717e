/// Something odd that a patch did, for the rules that judge it (see `Lint`).
///
/// kustomize says nothing of it. A patch that does what it says comes by none of the places where these are
/// noted, so that they cost nothing there.
struct PatchRemark: Sendable {
  enum Kind: Sendable {
    /// `replace` of a JSON patch made the field that its path names, in a mapping.
    case replaceAdded(path: Symbol, key: Symbol, in: NodeID)
    /// An element of a list of the patch lacks the key by which elements are matched, and has these fields.
    case elementWithoutKey(Symbol, fields: [NodeID])
    /// A merge has left no element in a list; `byDirective` where `$patch: delete` asked for that.
    case listEmptied(byDirective: Bool)
    /// Elements of the object's list are gone, without a directive.
    case elementsLost
    /// A list of elements with names has taken the place of the one that these keys lead to in an object.
    /// `isKnown` tells whether the schema of the build knows the kind of the object.
    case listReplaced(path: [Symbol], object: NodeID, isKnown: Bool)
  }

  /// An element of a list that the output lacks, or one field of an element.
  struct Loss: Sendable {
    let element: Symbol
    /// The field; empty where all of the element is lost.
    let field: Symbol
    let position: Position
  }

  let kind: Kind
  /// What the patch says there; what asks for the patch, where it does not mention the list.
  let position: Position
  /// The key of the list; empty for what is about none.
  var list = Symbol.empty
  var losses: [Loss] = []
}
