/// Replaces `$(NAME)` by what the vars stand for, once, at the top, when all names are known
/// (internal/accumulator/resaccumulator.go `ResolveVars`, filters/refvar/refvar.go).
struct Variables {
  private var text: VariableText
  /// The edits that put the values of vars into texts, by the names of the vars.
  private let writers: [ByteText: Writer]
  private let fields: [FieldSpec]

  static func apply(
    _ set: VariableSet, fields: [FieldSpec], to resources: inout Resources,
    _ workspace: inout Workspace
  ) throws(Problem) {
    if set.isEmpty { return }
    let variables = set.sorted
    let objects = objects(in: resources)
    var values: [ByteText: VariableValue] = [:]
    var writers: [ByteText: Writer] = [:]
    var secrets: Set<ByteText> = []
    for variable in variables {
      let field = try field(of: variable, in: objects, resources, &workspace)
      values[variable.name] = field.value
      if field.isSecret { secrets.insert(variable.name) }
      writers[variable.name] = workspace.tree.ledger.begin(
        .variables, at: variable.position, following: workspace.tree.writer(field.node),
        of: field.node, isSecret: field.isSecret)
    }
    var resolver = Variables(
      text: VariableText(values, secrets: secrets), writers: writers, fields: fields)
    for index in resources.indices {
      try resolver.replace(in: resources[index], &workspace.tree)
      resources.refreshID(at: index, &workspace)
    }
    workspace.tree.ledger.end()
    let unused = variables.filter { !resolver.text.used.contains($0.name) }
    if let first = unused.first {
      workspace.warnings.append(.neverReplaced(unused.map(\.name), at: first.position))
    }
  }

  private init(text: VariableText, writers: [ByteText: Writer], fields: [FieldSpec]) {
    self.text = text
    self.writers = writers
    self.fields = fields
  }

  // MARK: - Values

  /// The first object that remembers each var.
  private static func objects(in resources: Resources) -> [Symbol: NodeID] {
    var result: [Symbol: NodeID] = [:]
    for resource in resources.all {
      for name in resource.variables where result[name] == nil { result[name] = resource.root }
    }
    return result
  }

  /// The field in the object that remembers the var.
  private static func field(
    of variable: Variable, in objects: [Symbol: NodeID], _ resources: Resources,
    _ workspace: inout Workspace
  ) throws(Problem) -> (node: NodeID, value: VariableValue, isSecret: Bool) {
    let name = workspace.tree.symbols.intern(variable.name)
    workspace.counts.idLookUps += 1
    guard let root = objects[name] else {
      let kind = workspace.tree.symbols.intern(variable.kind)
      let nearest = NearestResource(
        to: variable.objectName, ofKind: kind, among: resources.all, workspace.tree.symbols)
      throw .noObject(variable, nearest: nearest?.name)
    }
    let path = FieldPath(
      variable: variable.fieldPath, at: variable.position, symbols: &workspace.tree.symbols)
    guard let field = try OneMatch(path).find(below: root, in: workspace.tree),
      let value = value(of: field, in: workspace.tree)
    else {
      let hint = MissingFieldHint(path, of: root, in: workspace.tree).correction
      throw .noField(variable, object: workspace.tree.position(root), hint: hint)
    }
    let kind = workspace.tree.symbol(of: workspace.tree.field(.kind, of: root))
    let isSecret =
      path.leadsToData(ofKind: kind)
      || workspace.tree.ledger.isSecret(workspace.tree.writer(field))
    return (field, value, isSecret)
  }

  /// Nil for numbers in a form that Go's plain parsers do not take, such as `0x10`.
  private static func value(of field: NodeID, in tree: Tree) -> VariableValue? {
    guard tree.shape(field) == .scalar else { return .collection }
    let text = tree.string(field)
    switch tree[field].tag {
    case .integer: return Int64(text).map { .integer($0) }
    case .float: return Double(text).map { .float($0) }
    case .bool: return .bool(text.lowercased() == "true")
    default: return .text(Array(tree.bytes(field)))
    }
  }

  // MARK: - References

  private mutating func replace(in resource: Resource, _ tree: inout Tree) throws(Problem) {
    for spec in fields where resource.id.type.isSelected(by: spec.type) {
      let walk = FieldWalk(spec.path)
      try walk.visit(resource.root, in: &tree) { (field, tree) throws(Problem) in
        try replace(in: field, &tree)
      }
    }
  }

  private mutating func replace(in field: NodeID, _ tree: inout Tree) throws(Problem) {
    switch tree.shape(field) {
    case .scalar: if isText(field, tree) { try expand(field, in: &tree) }
    case .mapping:
      for child in tree.children(of: field) {
        if tree[child].flags.contains(.keyIsNotText) {
          throw .keyIsNotText(at: tree.position(child))
        }
        if isText(child, tree) { try expand(child, in: &tree) }
      }
    case .sequence:
      for child in tree.children(of: field) {
        guard isText(child, tree) else { throw .elementIsNotText(at: tree.position(child)) }
        try expand(child, in: &tree)
      }
    }
  }

  private func isText(_ node: NodeID, _ tree: Tree) -> Bool {
    let tag = tree[node].tag
    return tree.shape(node) == .scalar && (tag == .string || tag == .unresolved)
  }

  /// Whatever was looked at is text from then on, and no more in quotes, replaced or not.
  private mutating func expand(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    let position = tree.position(node)
    tree.removeFlags([.quoted, .literal, .folded, .explicitTag], from: node)
    guard let expansion = text.expand(tree.bytes(node), limit: Int(tree.budget.bytes)) else {
      throw .tooMuchText(tree.budget.bytes, at: position)
    }
    let writer =
      text.lastUsed.flatMap { writers[$0] }
      .map { tree.ledger.keepingSecret($0, of: tree.writer(node)) } ?? tree.writer(node)
    switch expansion {
    case .text(let bytes), .value(.text(let bytes)):
      tree.setScalar(node, Self.printable(bytes).span, tag: .string, by: writer)
    case .value(.integer(let number)):
      tree.setScalar(node, "\(number)", tag: .integer, by: writer)
    case .value(.bool(let isTrue)):
      tree.setScalar(node, "\(isTrue)", tag: .bool, by: writer)
    case .value(.float(let number)):
      var digits: [UInt8] = []
      FloatDigits(number).appendFixed(to: &digits)
      tree.setScalar(node, digits.span, tag: .float, by: writer)
    case .value(.collection): break
    }
    try tree.checkSize(at: position)
  }

  /// What is no valid text, because a dollar sign tore a character apart, becomes base64.
  private static func printable(_ bytes: [UInt8]) -> [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    var result: [UInt8] = []
    appendBase64(bytes.span, to: &result)
    return result
  }
}

extension Problem {
  fileprivate static func noObject(_ variable: Variable, nearest: String?) -> Problem {
    Problem(
      .variableWithoutObject,
      "var '\(variable.name)' cannot be mapped to a field in the set of known resources",
      at: variable.namePosition,
      hint: "no resource is a \(variable.kind) called \"\(variable.objectName)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
  }

  fileprivate static func noField(
    _ variable: Variable, object: Position, hint: String?
  ) -> Problem {
    Problem(
      .variableWithoutField,
      "field \"\(variable.fieldPath)\" specified in var '\(variable.name)' not found in corresponding resource",
      at: variable.namePosition, hint: hint
    ).noting("the resource is here", at: object)
  }

  fileprivate static func keyIsNotText(at position: Position) -> Problem {
    Problem(
      .variableMappingKeyNotText,
      "vars are looked for in this mapping, so its keys must be strings",
      at: position)
  }

  fileprivate static func elementIsNotText(at position: Position) -> Problem {
    Problem(
      .variableListElementNotText,
      "vars are looked for in this list, so its elements must be strings",
      at: position)
  }

  fileprivate static func neverReplaced(_ names: [String], at position: Position) -> Problem {
    Problem(
      .unusedVariable,
      "well-defined vars that were never replaced: \(names.joined(separator: ","))", at: position)
  }
}
