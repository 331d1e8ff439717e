package import Lamina

/// Something in an object that its kind does not allow.
package struct SchemaViolation: Sendable {
  package enum Kind: Sendable, Hashable {
    /// The kind has no such field in the version that is judged.
    case unknownField
    /// Also a quantity that cannot be read.
    case wrongType
    /// A field that must be there is missing or null.
    case requiredMissing
    /// A text that is not among the values of its field.
    case enumValue
    /// A resource in requests or limits that Kubernetes does not know.
    case unknownResourceName
    /// A custom resource is not as its definition says.
    case customResource
    /// The API version does not serve the kind: no longer, not yet, or never.
    case apiRemoved
    /// The API version still serves the kind, and a later one will not; or, without a version, it
    /// has been removed meanwhile.
    case apiDeprecated
    /// The schema of a CustomResourceDefinition is not structural.
    case definitionNotStructural
    /// The group has definitions, and none of them is for the kind.
    case definitionMissing
  }

  package let kind: Kind
  /// The value that is wrong. Where something is missing, the mapping or object that lacks it.
  package let node: NodeID
  /// The finding stands at the key of `node` rather than at its value. A node without a key (the root, an element
  /// of a list) has only its value.
  package let isAtKey: Bool
  /// The way to `node`, such as `spec.template.spec.containers[name=web].image`. It does not depend on the
  /// order of lists whose elements have names.
  package let path: String
  package let message: String
  /// What should stand in place of the key or value, in YAML; nil where that cannot be told.
  package var suggestion: String?
  /// Further sentences, for lines below the excerpt.
  package var help: [String] = []
}
