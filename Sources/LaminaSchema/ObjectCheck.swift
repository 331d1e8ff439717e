internal import Lamina

/// Compares an object with what is known of its kind.
///
/// A value that is null goes for one that is not there, as Kubernetes takes it. Texts that something fills in
/// later (`OpenText`) may be anything. Where a value is nested more deeply than the stack allows, the rest of
/// it is not looked at.
///
/// It walks the object and the types of the table side by side. A field with one type in all
/// versions, as nearly all are, is found without making a list (`onlyType`); for others, every type
/// that the version allows is tried.
struct ObjectCheck {
  private let facts: KubernetesFacts
  private let tree: Tree
  private(set) var list: ViolationList
  /// The fields of the objects around the value, from the root on.
  ///
  /// They tell where a field that is unknown here would belong.
  private var around: [Range<Int>] = []

  init(_ facts: KubernetesFacts, _ list: ViolationList) {
    self.facts = facts
    self.list = list
    tree = list.tree
  }

  /// What the merge left of directives is another rule's.
  private static let directives = [
    "$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/",
  ]

  /// A key of a strategic merge patch that kustomize left in the object.
  static func isDirective(_ key: String) -> Bool {
    key.begins(with: "$") && directives.contains { key.begins(with: $0) }
  }

  // MARK: - Values

  /// Checks the metadata of an object whose kind is not built in.
  mutating func checkMetadata(_ metadata: NodeID, _ type: ValueType) {
    list.path.append(.key(.metadata))
    around.append(0..<0)
    check(metadata, type)
    around.removeLast()
    list.path.removeLast()
  }

  /// Checks a value, and what is below it. A whole number written `3.0` passes for an integer,
  /// since Go reads it as one.
  mutating func check(_ node: NodeID, _ type: ValueType) {
    guard tree.hasStackRoom, !OpenText.isOpen(node, in: tree) else { return }
    let value = TreeValue(node, in: tree)
    if case .null = value { return }
    switch (type, value) {
    case (.anything, _), (.string, .string), (.integer, .integer), (.boolean, .boolean),
      (.number, .integer), (.number, .float), (.integerOrString, .integer),
      (.integerOrString, .string), (.mapping, .mapping), (.quantity, .integer), (.quantity, .float):
      break
    case (.integer, .float) where tree.isWhole(node): break
    case (.integerOrString, .float) where tree.isWhole(node): break
    case (.quantity, .string): checkQuantity(node)
    case (.line(let line), _): check(node, value, facts.contents(line))
    case (.string, _):
      addWrongType(node, "a string", suggestion: ScalarGuess.string(node, in: tree))
    case (.integer, _):
      addWrongType(node, "an integer", suggestion: ScalarGuess.integer(node, in: tree))
    case (.number, _):
      addWrongType(node, "a number", suggestion: ScalarGuess.number(node, in: tree))
    case (.boolean, _):
      addWrongType(node, "true or false", suggestion: ScalarGuess.boolean(node, in: tree))
    case (.quantity, _): addWrongType(node, "a quantity such as 500m or 1Gi")
    case (.integerOrString, _): addWrongType(node, "an integer or a string")
    case (.mapping, _): addWrongType(node, "a mapping")
    }
  }

  /// Checks a value whose type has a line of its own in the table.
  private mutating func check(_ node: NodeID, _ value: TreeValue, _ contents: FactTypes.Contents) {
    switch (contents, value) {
    case (.object(let fields), .mapping): checkFields(of: node, fields)
    case (.map(let type), .mapping): checkEntries(of: node, type)
    case (.list(let listType), .list): checkElements(of: node, listType)
    case (.enumeration(let values), .string): checkEnumeration(node, values)
    case (.object, _), (.map, _): addWrongType(node, "a mapping")
    case (.list(let listType), _):
      addWrongType(node, "a list", suggestion: ScalarGuess.list(node, of: listType, in: tree))
    case (.enumeration, _):
      addWrongType(node, "a string", suggestion: ScalarGuess.string(node, in: tree))
    }
  }

  /// - Parameter wanted: what the value should be, with its article.
  private mutating func addWrongType(_ node: NodeID, _ wanted: String, suggestion: String? = nil) {
    list.add(
      .wrongType, node,
      "\(list.path.tail(in: tree)) must be \(wanted), not \(list.description(of: node))",
      suggestion: list.isSecret ? nil : suggestion)
  }

  /// A quantity may be a number or a string of `Quantity`'s grammar.
  private mutating func checkQuantity(_ node: NodeID) {
    let text = tree.string(node)
    if Quantity.isValid(text) { return }
    list.add(
      .wrongType, node, "\(ViolationList.quoted(text)) is not a quantity such as 500m or 1Gi",
      suggestion: Quantity.nearest(to: text, of: tree.symbols.string(tree.key(node))))
  }

  private mutating func checkEnumeration(_ node: NodeID, _ values: Range<Int>) {
    // No text at all is the same as no value.
    let isAllowed = tree.withText(node) { $0.isEmpty || facts.allows($0, in: values) }
    if isAllowed { return }
    let text = tree.string(node)
    let allowed = facts.values(values)
    list.add(
      .enumValue, node,
      "\(ViolationList.quoted(text)) is not a value of \(list.path.tail(in: tree)): "
        + "it must be \(ViolationList.alternatives(allowed))",
      suggestion: Suggestion.nearest(to: text, among: allowed))
  }

  // MARK: - Collections

  /// Elements are named in paths by the keys that the table knows for the list.
  private mutating func checkElements(of node: NodeID, _ type: FactTypes.List) {
    var child = tree.first(of: node)
    var index = 0
    while let element = child {
      list.path.append(.element(index: index, node: element, keys: type.keys))
      check(element, type.elements)
      list.path.removeLast()
      child = tree.next(after: element)
      index += 1
    }
  }

  /// Values of a mapping whose keys are free. Keys of resource requests have names of their own.
  private mutating func checkEntries(of node: NodeID, _ type: ValueType) {
    let hasResources =
      type == .quantity && ResourceNames.fields.contains(tree.symbols.string(tree.key(node)))
    var child = tree.first(of: node)
    while let entry = child {
      list.path.append(.entry(tree.key(entry)))
      if hasResources { checkResourceName(entry) }
      check(entry, type)
      list.path.removeLast()
      child = tree.next(after: entry)
    }
  }

  /// An unknown name without a domain is misspelt: Kubernetes has no others.
  private mutating func checkResourceName(_ entry: NodeID) {
    let key = tree.key(entry)
    let name = tree.symbols.string(key)
    guard !ResourceNames.isKnown(name), !Self.isDirective(name),
      !tree.symbols.withBytes(of: key, { OpenText.isOpen($0) })
    else { return }
    list.add(
      .unknownResourceName, entry, isAtKey: true,
      "there is no resource \(ViolationList.quoted(name))",
      suggestion: Suggestion.nearest(to: name, among: ResourceNames.known),
      help: [
        "resources are cpu, memory, storage, ephemeral-storage and hugepages-…, "
          + "or have a domain in front, such as nvidia.com/gpu"
      ])
  }

  /// Fields of an object: each by its type, and those that are required.
  private mutating func checkFields(of node: NodeID, _ fields: Range<Int>) {
    around.append(fields)
    defer { around.removeLast() }
    var child = tree.first(of: node)
    while let entry = child {
      let key = tree.key(entry)
      list.path.append(.key(key))
      if let type = tree.symbols.withBytes(of: key, { facts.onlyType($0, of: fields) }) {
        check(entry, type)
      } else {
        let types = tree.symbols.withBytes(of: key) { facts.fields($0, of: fields) }
        if types.isEmpty { checkUnknown(entry, of: node, fields) } else { check(entry, types) }
      }
      list.path.removeLast()
      child = tree.next(after: entry)
    }
    checkRequired(of: node, fields)
  }

  /// A field may have had several types: one of them must fit.
  ///
  /// If none does, the findings of the newest type are kept, as that is the one to write for.
  private mutating func check(_ entry: NodeID, _ types: [FactTypes.Field]) {
    let start = list.count
    var newest: ArraySlice<SchemaViolation> = []
    for type in types {
      check(entry, type.type)
      if list.count == start { return }
      let violations = list.take(from: start)
      if newest.isEmpty { newest = violations }
    }
    list.append(contentsOf: newest)
  }

  /// A required field that is null is missing, as in Kubernetes.
  private mutating func checkRequired(of node: NodeID, _ fields: Range<Int>) {
    for field in facts.requiredFields(in: fields) {
      let name = facts.name(field)
      let value = tree.value(of: name, in: node)
      if let value, !tree.isPrintedNull(value) { continue }
      if hasDirective(node) { return }
      list.add(
        .requiredMissing, node, isAtKey: true,
        "required field \(ViolationList.quoted(name)) is missing in \(list.place)")
    }
  }

  /// A patch that the merge left behind lacks what it does not change.
  private func hasDirective(_ node: NodeID) -> Bool {
    tree.children(of: node).contains { Self.isDirective(tree.symbols.string(tree.key($0))) }
  }

  // MARK: - Unknown fields

  /// Reports a field that no type of the object has. With a version, a field of another version is
  /// told apart from a misspelt one.
  private mutating func checkUnknown(_ entry: NodeID, of parent: NodeID, _ fields: Range<Int>) {
    let key = tree.key(entry)
    let name = tree.symbols.string(key)
    let isOpen = tree.symbols.withBytes(of: key) { OpenText.isOpen($0) }
    // SOPS leaves a block of its own at the root of what it encrypts.
    let isSOPS = around.count == 1 && name == "sops"
    if isOpen || isSOPS || Self.isDirective(name) { return }
    list.path.removeLast()
    let place = list.place
    list.path.append(.key(key))
    let suggestion = tree.nearestField(to: name, among: facts.fieldNames(in: fields), in: parent)
    let other = tree.symbols.withBytes(of: key) { facts.otherVersions($0, of: fields) }
    var help: [String] = []
    if let version = facts.version, let other {
      help.append("Kubernetes has this field \(other.description), and is \(version) here")
    } else if suggestion == nil {
      help = hint(for: key, name, fields)
    }
    list.add(
      .unknownField, entry, isAtKey: true,
      "unknown field \(ViolationList.quoted(name)) in \(place)",
      suggestion: other == nil ? suggestion : nil, help: help)
  }

  /// Where a field that is unknown here would be known: in the object around, or in one that a field holds.
  private func hint(for key: Symbol, _ name: String, _ fields: Range<Int>) -> [String] {
    if let outer = around.dropLast().last, isField(key, of: outer) {
      return ["the object around this has a field \"\(name)\""]
    }
    let holders = facts.fieldNames(in: fields).filter { holder in
      facts.objectTypes(of: holder, in: fields).contains { isField(key, of: $0) }
    }
    return holders.isEmpty || holders.count > 3
      ? [] : ["there is a field \"\(name)\" in \(ViolationList.alternatives(holders))"]
  }

  private func isField(_ key: Symbol, of fields: Range<Int>) -> Bool {
    tree.symbols.withBytes(of: key) { !facts.fields($0, of: fields).isEmpty }
  }
}

extension Tree {
  /// The field that a key was probably meant to be: one that the mapping does not have yet, if possible.
  func nearestField(to key: String, among names: [String], in mapping: NodeID) -> String? {
    let missing = names.filter { value(of: $0, in: mapping) == nil }
    return Suggestion.nearest(to: key, among: missing) ?? Suggestion.nearest(to: key, among: names)
  }

  /// The value of a field by its name.
  func value(of name: String, in mapping: NodeID) -> NodeID? {
    let bytes = Array(name.utf8)
    return symbols.find(bytes.span).flatMap { field($0, of: mapping) }
  }
}
