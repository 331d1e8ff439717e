package import Lamina

/// Whether the schemas of a CustomResourceDefinition are structural, as version v1 asks for.
///
/// Every schema that describes a value must say its type, and nothing may be said in two ways. Source:
/// apiextensions-apiserver `pkg/apiserver/schema/validation.go`.
package struct StructuralCheck {
  private let tree: Tree
  private let keywords: Keywords
  private var list: ViolationList

  /// What stands in the way; nothing for an object that is no definition.
  package static func violations(of definition: NodeID, in tree: Tree) -> [SchemaViolation] {
    let tree = tree.onThisThread()
    guard CustomDefinitions.isDefinition(definition, in: tree),
      let api = tree.field(.apiVersion, of: definition),
      tree.string(api) == "apiextensions.k8s.io/v1",
      let spec = tree.field(.spec, of: definition)
    else { return [] }
    var check = StructuralCheck(
      tree: tree, keywords: Keywords(in: tree), list: ViolationList(of: definition, in: tree))
    check.checkSpec(spec)
    return check.list.found
  }

  /// Does something with a node's key at the end of the path.
  private mutating func at(_ node: NodeID, _ body: (inout Self) -> Void) {
    list.path.append(.key(tree.key(node)))
    body(&self)
    list.path.removeLast()
  }

  private mutating func add(
    _ node: NodeID, isAtKey: Bool = true, _ message: String, suggestion: String? = nil
  ) {
    list.add(
      .definitionNotStructural, node, isAtKey: isAtKey, message, suggestion: suggestion)
  }

  /// Schemas are in the versions; `preserveUnknownFields` of v1beta1 may not be kept.
  private mutating func checkSpec(_ spec: NodeID) {
    at(spec) { check in
      let tree = check.tree
      if let keeps = tree.value(of: "preserveUnknownFields", in: spec), tree.isTrue(keeps) {
        check.at(keeps) {
          $0.add(
            keeps, isAtKey: false,
            "preserveUnknownFields must be false in apiextensions.k8s.io/v1: use "
              + "x-kubernetes-preserve-unknown-fields in the schema",
            suggestion: "false")
        }
      }
      guard let versions = tree.value(of: "versions", in: spec) else { return }
      check.at(versions) { $0.checkVersions(versions) }
    }
  }

  /// Each version has a schema of its own.
  private mutating func checkVersions(_ versions: NodeID) {
    for (index, version) in tree.children(of: versions).enumerated() {
      list.path.append(.element(index: index, node: version, keys: ["name"]))
      if let schema = tree.value(of: "schema", in: version),
        let root = tree.value(of: "openAPIV3Schema", in: schema)
      {
        at(schema) { $0.at(root) { $0.checkRoot(root) } }
      } else {
        let name = tree.field(.name, of: version).map { tree.string($0) } ?? ""
        add(
          version,
          "version \(ViolationList.quoted(name)) has no schema, without which it is refused")
      }
      list.path.removeLast()
    }
  }

  /// The root describes an object.
  private mutating func checkRoot(_ root: NodeID) {
    let type = tree.value(of: "type", in: root)
    if let type, tree.string(type) != "object" {
      at(type) {
        $0.add(
          type, isAtKey: false, "the type of the whole object must be object", suggestion: "object")
      }
    }
    check(root)
  }

  /// Checks a schema that describes a value, and those in it.
  private mutating func check(_ schema: NodeID) {
    guard tree.hasStackRoom, tree.shape(schema) == .mapping else { return }
    var fields = Fields()
    var child = tree.first(of: schema)
    while let field = child {
      child = tree.next(after: field)
      if let keyword = keywords[tree.key(field)] { fields.add(field, keyword) }
    }
    let isOpen = [fields.isIntegerOrString, fields.keepsUnknown].contains {
      $0.map { tree.isTrue($0) } ?? false
    }
    if fields.type == nil, !isOpen {
      add(schema, "this schema has no type, without which it is not structural")
    }
    checkForbidden(fields)
    if let properties = fields.properties {
      at(properties) { check in
        var child = check.tree.first(of: properties)
        while let property = child {
          child = check.tree.next(after: property)
          check.at(property) { $0.check(property) }
        }
      }
    }
    for inner in [fields.items, fields.additional] {
      if let inner { at(inner) { $0.check(inner) } }
    }
  }

  /// Words that may not stand in a structural schema, or not with such a value.
  private mutating func checkForbidden(_ fields: Fields) {
    for node in fields.forbidden {
      let key = tree.symbols.string(tree.key(node))
      at(node) { $0.add(node, "\(key) is not allowed in a structural schema") }
    }
    if let unique = fields.unique, tree.isTrue(unique) {
      at(unique) {
        $0.add(
          unique, isAtKey: false,
          "uniqueItems must be false in a structural schema: use x-kubernetes-list-type: set")
      }
    }
    if let other = fields.additional {
      if fields.properties != nil {
        at(other) { $0.add(other, "additionalProperties and properties exclude each other") }
      } else if tree.shape(other) == .scalar, tree.string(other) == "false" {
        at(other) { $0.add(other, isAtKey: false, "additionalProperties must not be false") }
      }
    }
  }
}

/// The words of schemas that the check knows.
private enum Keyword: String, CaseIterable {
  case type
  case properties
  case items
  case additional = "additionalProperties"
  case unique = "uniqueItems"
  case isIntegerOrString = "x-kubernetes-int-or-string"
  case keepsUnknown = "x-kubernetes-preserve-unknown-fields"
  case reference = "$ref"
  case definitions
  case dependencies
  case id
  case patternProperties
  case additionalItems
}

/// The keywords by the symbols that a tree has for them. Definitions are long and come in many builds of a run: the
/// keys of a schema are compared as numbers, each once.
private struct Keywords {
  private let symbols: [(symbol: Symbol, keyword: Keyword)]

  init(in tree: Tree) {
    symbols = Keyword.allCases.compactMap { keyword in
      let bytes = Array(keyword.rawValue.utf8)
      return tree.symbols.find(bytes.span).map { ($0, keyword) }
    }
  }

  subscript(key: Symbol) -> Keyword? {
    for entry in symbols where entry.symbol == key { return entry.keyword }
    return nil
  }
}

/// The fields of one schema that the check looks at.
private struct Fields {
  var type: NodeID?
  var properties: NodeID?
  var items: NodeID?
  var additional: NodeID?
  var unique: NodeID?
  var isIntegerOrString: NodeID?
  var keepsUnknown: NodeID?
  /// Fields that no structural schema has.
  var forbidden: [NodeID] = []

  mutating func add(_ node: NodeID, _ keyword: Keyword) {
    switch keyword {
    case .type: type = type ?? node
    case .properties: properties = properties ?? node
    case .items: items = items ?? node
    case .additional: additional = additional ?? node
    case .unique: unique = unique ?? node
    case .isIntegerOrString: isIntegerOrString = isIntegerOrString ?? node
    case .keepsUnknown: keepsUnknown = keepsUnknown ?? node
    case .reference, .definitions, .dependencies, .id, .patternProperties, .additionalItems:
      forbidden.append(node)
    }
  }
}
