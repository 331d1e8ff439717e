/// One target of a `ValueAddTransformer`: a text written to a field of some resources, or put into
/// the file path that the field holds (filters/valueadd/valueadd.go).
struct ValueAddStep: Sendable {
  /// Never empty (`StepReader.values`).
  let value: String
  /// Nil is every resource.
  let selector: CompiledSelector?
  let path: FieldPath
  /// The field is the resource's own namespace, of which `NamespaceStep` knows more.
  let isNamespace: Bool
  /// Where in a file path the text goes, counted from 1; 0 replaces the field.
  let pathPosition: Int64
  /// The target in the object.
  let position: Position

  /// - Throws: for an empty path, a negative position or an invalid selector.
  init(
    _ target: ValueArguments.Target, value: String, symbols: inout SymbolTable
  ) throws(Problem) {
    if target.fieldPath.isEmpty { throw .noFieldPath(at: target.position) }
    if target.filePathPosition < 0 {
      throw .negativePosition(target.filePathPosition, at: target.position)
    }
    self.value = value
    selector = try target.selector.map { (selector) throws(Problem) in
      try CompiledSelector(selector, symbols: &symbols)
    }
    path = FieldPath(valueAddition: target.fieldPath, at: target.position, symbols: &symbols)
    isNamespace = target.fieldPath == "metadata/namespace"
    pathPosition = target.filePathPosition
    position = target.position
  }

  /// Ids are read again, as the field may be one of them.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    var places = Array(resources.indices)
    if let selector { places = try resources.selected(by: selector, &workspace) }
    let paths = NamespaceStep.Paths(symbols: &workspace.tree.symbols)
    let writer = workspace.tree.ledger.begin(.valueAdd, at: position)
    let change = NamespaceStep(namespace: value, fields: [], position: position)
    for index in places {
      if isNamespace {
        try change.change(
          resources[index].root, of: resources[index].id, paths, by: writer, in: &workspace.tree)
      } else {
        try write(to: resources[index].root, by: writer, in: &workspace.tree)
      }
      resources.refreshID(at: index, &workspace)
    }
  }

  /// Writes the text to the field, which is made if it is missing.
  private func write(
    to root: NodeID, by writer: Writer, in tree: inout Tree
  ) throws(Problem) {
    guard let field = try OneMatch(path).findOrMake(below: root, in: &tree, by: writer) else {
      // An element by number, or a field of null, cannot be made, which nobody complains about; with a
      // place in a path kustomize crashes.
      if pathPosition > 0 { throw .noField(at: position) }
      return
    }
    guard tree.shape(field) == .scalar else { throw .notAScalar(at: tree.position(field)) }
    var text = value
    if pathPosition > 0 {
      text = Self.inserting(value, at: Int(pathPosition) - 1, into: tree.string(field))
    }
    try tree.write(text, tag: .unresolved, to: field, by: writer)
  }

  /// Puts a part into a file path, which stays absolute if it is (kyaml filesys/util.go
  /// `InsertPathPart`).
  private static func inserting(_ part: String, at place: Int, into path: String) -> String {
    let isAbsolute = Path.isAbsolute(path)
    var parts = path.parts(at: "/").map { String($0) }
    parts.insert(part, at: min(place, parts.count))
    return Path.clean((isAbsolute ? "/" : "") + parts.joined(separator: "/"))
  }
}

extension Problem {
  fileprivate static func noFieldPath(at position: Position) -> Problem {
    Problem(.valueWithoutFieldPath, "fieldPath cannot be empty", at: position)
  }

  fileprivate static func negativePosition(_ number: Int64, at position: Position) -> Problem {
    Problem(
      .negativeFilePathPosition, "filePathPosition (\(number)) cannot be negative", at: position)
  }

  fileprivate static func noField(at position: Position) -> Problem {
    Problem(.valueFieldMissing, "the field is not there and cannot be made", at: position)
  }
}
