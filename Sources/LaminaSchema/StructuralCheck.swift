package import Lamina

/// Whether the schemas of a CustomResourceDefinition are structural, as version v1 asks for.
///
/// Every schema that describes a value must say its type, and nothing may be said in two ways. Source:
/// apiextensions-apiserver `pkg/apiserver/schema/validation.go`.
package struct StructuralCheck {
  private let tree: Tree
  private var list: ViolationList

  /// What stands in the way; nothing for an object that is no definition.
  package static func violations(of definition: NodeID, in tree: Tree) -> [SchemaViolation] {
    let tree = tree.onThisThread()
    guard CustomDefinitions.isDefinition(definition, in: tree),
      let api = tree.field(.apiVersion, of: definition),
      tree.string(api) == "apiextensions.k8s.io/v1",
      let spec = tree.field(.spec, of: definition)
    else { return [] }
    var check = StructuralCheck(tree: tree, list: ViolationList(of: definition, in: tree))
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
    let isOpen = ["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"]
      .contains { key in tree.value(of: key, in: schema).map { tree.isTrue($0) } ?? false }
    if tree.value(of: "type", in: schema) == nil, !isOpen {
      add(schema, "this schema has no type, without which it is not structural")
    }
    checkForbidden(schema)
    if let properties = tree.value(of: "properties", in: schema) {
      at(properties) { check in
        for property in check.tree.children(of: properties) {
          check.at(property) { $0.check(property) }
        }
      }
    }
    for key in ["items", "additionalProperties"] {
      if let inner = tree.value(of: key, in: schema) { at(inner) { $0.check(inner) } }
    }
  }

  /// Words of JSON Schema that the API server refuses.
  private static let forbidden = [
    "$ref", "definitions", "dependencies", "id", "patternProperties", "additionalItems",
  ]

  /// Words that may not stand in a structural schema, or not with such a value.
  private mutating func checkForbidden(_ schema: NodeID) {
    for key in Self.forbidden {
      if let node = tree.value(of: key, in: schema) {
        at(node) { $0.add(node, "\(key) is not allowed in a structural schema") }
      }
    }
    if let unique = tree.value(of: "uniqueItems", in: schema), tree.isTrue(unique) {
      at(unique) {
        $0.add(
          unique, isAtKey: false,
          "uniqueItems must be false in a structural schema: use x-kubernetes-list-type: set")
      }
    }
    if let other = tree.value(of: "additionalProperties", in: schema) {
      if tree.value(of: "properties", in: schema) != nil {
        at(other) { $0.add(other, "additionalProperties and properties exclude each other") }
      } else if tree.shape(other) == .scalar, tree.string(other) == "false" {
        at(other) { $0.add(other, isAtKey: false, "additionalProperties must not be false") }
      }
    }
  }
}
