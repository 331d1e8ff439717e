internal import Lamina
internal import Pattern

/// The schema of a custom kind, taken out of the definition's tree.
///
/// All schemas that one contains lie in one array and name each other by number; 0 is the whole.
struct CustomSchema: Sendable {
  /// A number of a schema in `schemas`.
  typealias ID = Int

  /// The values of `type`.
  enum ValueKind: String, Sendable {
    case object, array, string, integer, number, boolean

    /// What a message calls it.
    var words: String {
      switch self {
      case .object: "a mapping"
      case .array: "a list"
      case .string: "a string"
      case .integer: "an integer"
      case .number: "a number"
      case .boolean: "true or false"
      }
    }
  }

  /// What becomes of fields that `properties` does not name.
  enum OtherFields: Sendable {
    /// The API server prunes them.
    case forbidden
    /// `x-kubernetes-preserve-unknown-fields`, or `additionalProperties: true`.
    case anything
    /// `additionalProperties` with a schema.
    case values(ID)
  }

  /// One schema: what is said of a value in one place.
  struct Schema: Sendable {
    /// Nil where the schema does not say its type, which is not structural but may be read.
    var kind: ValueKind?
    var isNullable = false
    var properties: [ByteText: ID] = [:]
    var otherFields = OtherFields.forbidden
    /// The schema of a list's elements; nil where it says nothing of them.
    var elements: ID?
    /// What tells elements apart, for paths.
    var listKeys: [String] = []
    var required: [String] = []
    /// The values that are allowed; nil where all are, or where they are not all scalars.
    var values: [CustomValue]?
    var bounds = CustomBounds()
    /// Nil also for a pattern that cannot be read: Go's expressions are not those of JSON Schema,
    /// and such a pattern is not checked.
    var pattern: (text: String, compiled: Pattern)?
    var isIntegerOrString = false
    var isEmbeddedResource = false
    /// A missing field is filled in, and so never missing.
    var hasDefault = false
    var allOf: [ID] = []
    var anyOf: [ID] = []
    var oneOf: [ID] = []
    var not: ID?
  }

  /// By number. Recursion in the file's structure becomes numbers here, so that a schema is a
  /// value.
  private(set) var schemas: ContiguousArray<Schema> = []

  subscript(id: ID) -> Schema { schemas[id] }

  /// Reads the schema of a definition. What has no meaning in a schema is passed over.
  ///
  /// - Parameter keepsUnknownFields: the definition's `preserveUnknownFields`.
  init(_ node: NodeID, in tree: Tree, keepsUnknownFields: Bool) {
    _ = read(node, in: tree, keepsUnknownFields: keepsUnknownFields)
  }

  /// Reads a schema and those in it, and returns its number. Where they are nested too deeply,
  /// anything is allowed.
  private mutating func read(_ node: NodeID, in tree: Tree, keepsUnknownFields: Bool) -> ID {
    let id = schemas.count
    schemas.append(Schema())
    guard tree.hasStackRoom else {
      schemas[id].otherFields = .anything
      return id
    }
    var schema = Schema()
    var keepsUnknown = keepsUnknownFields
    var child = tree.first(of: node)
    while let entry = child {
      child = tree.next(after: entry)
      func inner(_ node: NodeID) -> ID {
        read(node, in: tree, keepsUnknownFields: keepsUnknownFields)
      }
      switch tree.symbols.string(tree.key(entry)) {
      case "type": schema.kind = ValueKind(rawValue: tree.string(entry))
      case "nullable": schema.isNullable = tree.isTrue(entry)
      case "properties":
        for property in tree.children(of: entry) {
          schema.properties[tree.symbols.string(tree.key(property))] = inner(property)
        }
      case "additionalProperties":
        switch TreeValue(entry, in: tree) {
        case .mapping: schema.otherFields = .values(inner(entry))
        default: if tree.isTrue(entry) { schema.otherFields = .anything }
        }
      case "items": if case .mapping = TreeValue(entry, in: tree) { schema.elements = inner(entry) }
      case "x-kubernetes-list-map-keys": schema.listKeys = tree.strings(entry)
      case "required": schema.required = tree.strings(entry)
      case "enum": schema.values = CustomValue.values(entry, in: tree)
      case "pattern":
        let text = tree.string(entry)
        schema.pattern = Pattern(text: text).map { (text, $0) }
      case "x-kubernetes-int-or-string": schema.isIntegerOrString = tree.isTrue(entry)
      case "x-kubernetes-embedded-resource": schema.isEmbeddedResource = tree.isTrue(entry)
      case "x-kubernetes-preserve-unknown-fields":
        keepsUnknown = keepsUnknown || tree.isTrue(entry)
      case "default": schema.hasDefault = true
      case "allOf": schema.allOf = tree.children(of: entry).map(inner)
      case "anyOf": schema.anyOf = tree.children(of: entry).map(inner)
      case "oneOf": schema.oneOf = tree.children(of: entry).map(inner)
      case "not": schema.not = inner(entry)
      case let keyword: schema.bounds.read(keyword, entry, in: tree)
      }
    }
    if keepsUnknown, case .forbidden = schema.otherFields { schema.otherFields = .anything }
    schemas[id] = schema
    return id
  }
}

extension Tree {
  /// The boolean true as it is printed.
  func isTrue(_ node: NodeID) -> Bool { shape(node) == .scalar && string(node) == "true" }

  /// The texts of a list of scalars.
  func strings(_ list: NodeID) -> [String] {
    shape(list) == .sequence ? children(of: list).map { string($0) } : []
  }
}
