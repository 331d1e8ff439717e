internal import Lamina
internal import Pattern

/// Compares an object with the schema of its definition, as the API server does.
///
/// A null counts as a field that is not there, unless the schema allows null. Rules in CEL
/// (`x-kubernetes-validations`) and formats are not looked at.
///
/// The checks follow apiextensions-apiserver: what the server would prune, default or reject is
/// told in that order of importance, a wrong type first, since nothing else can be said of such a
/// value.
struct CustomCheck {
  private let schema: CustomSchema
  /// For `metadata`, which is alike in all objects.
  private let facts: KubernetesFacts
  private let tree: Tree
  /// Gathers the violations, and knows the path.
  private(set) var list: ViolationList

  init(_ schema: CustomSchema, _ list: ViolationList, _ facts: KubernetesFacts) {
    self.schema = schema
    self.list = list
    self.facts = facts
    tree = list.tree
  }

  /// What every object has, whatever its schema says.
  private static let objectFields: Set<String> = ["apiVersion", "kind", "metadata"]

  /// - Parameter root: the object. A schema that could not be read has nothing to compare with.
  mutating func checkObject(_ root: NodeID) {
    if schema.schemas.isEmpty { return }
    check(root, 0, isObject: true, isRoot: true)
    checkMetadata(of: root)
  }

  /// - Parameters:
  ///   - isObject: the value is a Kubernetes object, the root or one that is embedded.
  ///   - isValueOnly: the schema is below `allOf`, `anyOf`, `oneOf` or `not`, where it says nothing of fields
  ///     that it does not name.
  private mutating func check(
    _ node: NodeID, _ id: CustomSchema.ID, isObject: Bool = false, isRoot: Bool = false,
    isValueOnly: Bool = false
  ) {
    guard tree.hasStackRoom, !OpenText.isOpen(node, in: tree) else { return }
    let schema = schema[id]
    let value = TreeValue(node, in: tree)
    if case .null = value, schema.isNullable { return }
    if let wanted = wantedType(value, node, schema) {
      return add(
        node, "\(tail) must be \(wanted), not \(list.description(of: node))",
        suggestion: suggestion(node, schema))
    }
    checkValue(node, schema)
    switch value {
    case .mapping:
      checkFields(
        of: node, schema, isObject: isObject || schema.isEmbeddedResource, isRoot: isRoot,
        isValueOnly: isValueOnly)
    case .list: checkElements(of: node, schema, isValueOnly: isValueOnly)
    default: break
    }
    checkCombinations(node, schema)
  }

  /// What messages call the value.
  private var tail: String {
    list.path.isEmpty ? list.objectKind : list.path.tail(in: tree)
  }

  private mutating func add(
    _ node: NodeID, isAtKey: Bool = false, _ message: String, suggestion: String? = nil
  ) {
    list.add(.customResource, node, isAtKey: isAtKey, message, suggestion: suggestion)
  }

  // MARK: - Scalars

  /// What a value should be instead; nil where it is of the right type.
  private func wantedType(
    _ value: TreeValue, _ node: NodeID, _ schema: CustomSchema.Schema
  ) -> String? {
    if schema.isIntegerOrString {
      switch value {
      case .integer, .string: return nil
      case .float where tree.isWhole(node): return nil
      default: return "an integer or a string"
      }
    }
    guard let kind = schema.kind else { return nil }
    switch (kind, value) {
    case (.object, .mapping), (.array, .list), (.string, .string), (.integer, .integer),
      (.number, .integer), (.number, .float), (.boolean, .boolean):
      return nil
    case (.integer, .float) where tree.isWhole(node): return nil
    default: return kind.words
    }
  }

  /// What the value may have been meant to be, if it is a scalar of the wrong type.
  private func suggestion(_ node: NodeID, _ schema: CustomSchema.Schema) -> String? {
    switch schema.kind {
    case .string: ScalarGuess.string(node, in: tree)
    case .integer: ScalarGuess.integer(node, in: tree)
    case .number: ScalarGuess.number(node, in: tree)
    case .boolean: ScalarGuess.boolean(node, in: tree)
    case .object, .array, nil: nil
    }
  }

  /// Enumeration, pattern and bounds.
  private mutating func checkValue(_ node: NodeID, _ schema: CustomSchema.Schema) {
    if let values = schema.values, let value = CustomValue(node, in: tree), !values.contains(value)
    {
      let texts = values.map(\.text)
      add(
        node,
        "\(ViolationList.quoted(value.text)) is not a value of \(tail): "
          + "it must be \(ViolationList.alternatives(texts))",
        suggestion: Suggestion.nearest(to: value.text, among: texts)
          .map { ScalarGuess.plain($0, like: value) })
    }
    if let pattern = schema.pattern, case .string = TreeValue(node, in: tree),
      !tree.withText(node, { pattern.compiled.matches($0) })
    {
      add(node, "\(tail) must match \(pattern.text), as \(list.description(of: node)) does not")
    }
    if let flaw = schema.bounds.flaw(node, in: tree) {
      add(node, "\(tail) \(flaw), not \(amount(of: node))")
    }
  }

  /// What a bound is compared with, for messages.
  private func amount(of node: NodeID) -> String {
    switch TreeValue(node, in: tree) {
    case .string: "\(tree.string(node).unicodeScalars.count)"
    case .list, .mapping: "\(tree.children(of: node).count)"
    default: tree.string(node)
    }
  }

  // MARK: - Collections

  /// Elements are named by their list keys in paths, or by `name`, which most lists have.
  private mutating func checkElements(
    of node: NodeID, _ schema: CustomSchema.Schema, isValueOnly: Bool
  ) {
    guard let elements = schema.elements else { return }
    let keys = schema.listKeys.isEmpty ? ["name"] : schema.listKeys
    for (index, element) in tree.children(of: node).enumerated() {
      list.path.append(.element(index: index, node: element, keys: keys))
      check(element, elements, isValueOnly: isValueOnly)
      list.path.removeLast()
    }
  }

  /// Checks each field that is there, and then looks for those that are missing.
  private mutating func checkFields(
    of node: NodeID, _ schema: CustomSchema.Schema, isObject: Bool, isRoot: Bool, isValueOnly: Bool
  ) {
    var child = tree.first(of: node)
    while let entry = child {
      child = tree.next(after: entry)
      let key = tree.symbols.string(tree.key(entry))
      // What every object has is judged by what Kubernetes knows of it, and what the cluster writes is not.
      if isObject, Self.objectFields.contains(key) || (isRoot && key == "status") { continue }
      let isNamed = schema.properties[key] != nil
      list.path.append(isNamed ? .key(tree.key(entry)) : .entry(tree.key(entry)))
      checkField(entry, key, of: node, schema, isRoot: isRoot, isValueOnly: isValueOnly)
      list.path.removeLast()
    }
    checkRequired(of: node, schema, isObject: isObject, isRoot: isRoot)
  }

  /// A named field has its schema. Others are judged by `additionalProperties`, or are unknown.
  private mutating func checkField(
    _ entry: NodeID, _ key: String, of parent: NodeID, _ schema: CustomSchema.Schema, isRoot: Bool,
    isValueOnly: Bool
  ) {
    if let property = schema.properties[key] {
      // A null that the schema does not allow is taken out before anything is checked.
      if tree.isPrintedNull(entry) { return }
      return check(entry, property, isValueOnly: isValueOnly)
    }
    switch schema.otherFields {
    case .values(let values): check(entry, values, isValueOnly: isValueOnly)
    case .anything: break
    case .forbidden:
      if isValueOnly || schema.kind == nil || ObjectCheck.isDirective(key) { return }
      let isOpen = tree.symbols.withBytes(of: tree.key(entry)) { OpenText.isOpen($0) }
      if isOpen || (isRoot && key == "sops") { return }
      list.path.removeLast()
      let place = list.place
      list.path.append(.key(tree.key(entry)))
      add(
        entry, isAtKey: true, "unknown field \(ViolationList.quoted(key)) in \(place)",
        suggestion: tree.nearestField(
          to: key, among: schema.properties.keys.sortedTexts, in: parent))
    }
  }

  /// Looks for fields that must be there, but for those that the cluster fills in.
  private mutating func checkRequired(
    of node: NodeID, _ schema: CustomSchema.Schema, isObject: Bool, isRoot: Bool
  ) {
    let required =
      schema.isEmbeddedResource ? schema.required + ["apiVersion", "kind"] : schema.required
    for name in required {
      // The cluster writes the status, and the build checks what every object needs.
      if isRoot, name == "status" || Self.objectFields.contains(name) { continue }
      let property = schema.properties[name].map { self.schema[$0] }
      if let value = tree.value(of: name, in: node) {
        if !tree.isPrintedNull(value) || property?.isNullable == true { continue }
      }
      // Defaults are filled in before anything is checked.
      if property?.hasDefault == true { continue }
      add(
        node, isAtKey: true,
        "required field \(ViolationList.quoted(name)) is missing in \(list.place)")
    }
  }

  /// The metadata is checked like that of a built-in kind; its findings count as those of a custom
  /// resource.
  private mutating func checkMetadata(of root: NodeID) {
    guard let metadata = tree.field(.metadata, of: root), let type = facts.metadata else { return }
    var check = ObjectCheck(facts, list)
    check.checkMetadata(metadata, type)
    list.append(contentsOf: check.list.found[list.count...].map { $0.asCustomResource }[...])
  }

  // MARK: - Combinations

  /// `allOf`, `anyOf`, `oneOf` and `not`. With `x-kubernetes-int-or-string`, `anyOf` only repeats
  /// the two types.
  private mutating func checkCombinations(_ node: NodeID, _ schema: CustomSchema.Schema) {
    for id in schema.allOf { check(node, id, isValueOnly: true) }
    if schema.isIntegerOrString { return }
    if !schema.anyOf.isEmpty, !schema.anyOf.contains(where: { fits(node, $0) }) {
      addMismatch(node, schema.anyOf, "none of the alternatives that the definition allows")
    }
    if !schema.oneOf.isEmpty {
      let count = schema.oneOf.count { fits(node, $0) }
      if count == 0 {
        addMismatch(node, schema.oneOf, "none of the alternatives that the definition allows")
      } else if count > 1 {
        add(node, isAtKey: true, "\(tail) fits \(count) alternatives of which it may fit only one")
      }
    }
    if let not = schema.not, fits(node, not) {
      add(node, isAtKey: true, "\(tail) is what the definition excludes")
    }
  }

  /// Alternatives usually differ in a field that they require, which the message then names.
  private mutating func addMismatch(_ node: NodeID, _ ids: [CustomSchema.ID], _ words: String) {
    // With one alternative left, what is wrong with it says more.
    if ids.count == 1 { return check(node, ids[0], isValueOnly: true) }
    let required = ids.compactMap { schema[$0].required.first }
    let hint =
      required.count == ids.count ? ": it needs \(ViolationList.alternatives(required))" : ""
    add(node, isAtKey: true, "\(tail) fits \(words)\(hint)")
  }

  /// Checks on a copy, whose findings are thrown away.
  private func fits(_ node: NodeID, _ id: CustomSchema.ID) -> Bool {
    var copy = self
    let start = list.count
    copy.check(node, id, isValueOnly: true)
    return copy.list.count == start
  }
}

extension SchemaViolation {
  /// The same finding about the metadata of a custom resource.
  fileprivate var asCustomResource: SchemaViolation {
    SchemaViolation(
      kind: .customResource, node: node, isAtKey: isAtKey, path: path, message: message,
      suggestion: suggestion, help: help)
  }
}
