/// Follows every place where one object names another, and writes there what that is called now.
///
/// Done once, at the top. Which fields name which kinds is a table (`nameReference`); which object is
/// meant is found among those that once had the name (filters/nameref/nameref.go).
struct NameReferences {
  /// A field that may name an object of a type.
  struct Reference {
    let target: GroupVersionKind
    let referrer: FieldSpec
    /// The field is a binding's `roleRef/name`, whose neighbours say which type it names.
    let isRoleReference: Bool
  }

  /// The references of objects of one type.
  private final class Fields: Sendable {
    let references: [Reference]
    let search: FieldSearch

    init(_ references: [Reference]) {
      self.references = references
      search = FieldSearch(references.map { ($0.referrer.path, isCreated: false) })
    }
  }

  /// Who was where, for references that say a namespace.
  struct Residence: Hashable {
    let current: Symbol
    let written: Symbol
  }

  private let table: [NameBackReference]
  private var fieldsByType = NumberTable<GroupVersionKind, Fields>()
  /// Nil as long as there are few types.
  private var rows: Rows?
  var targets: ReferenceTargets
  /// By the original namespace, as it was before the first object changed its own. Nil until a reference
  /// says a namespace, which few do.
  var residences: [Symbol: Set<Residence>]?
  var examined = 0
  /// The edits that write the name of an object, and its namespace, where others refer to it. Each is made
  /// when the first reference asks for it.
  private var writersOfName = NumberTable<NodeID, Writer>()
  private var writersOfNamespace = NumberTable<NodeID, Writer>()

  static func apply(
    _ table: [NameBackReference], to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    try apply(table, to: &resources, only: resources.indices, &workspace)
  }

  /// - Parameter places: the objects whose fields are looked at.
  static func apply(
    _ table: [NameBackReference], to resources: inout Resources, only places: some Sequence<Int>,
    _ workspace: inout Workspace
  ) throws(Problem) {
    var resolver = NameReferences(table, resources)
    var found: [Int] = []
    for index in places {
      try Cancellation.check(workspace.watch)
      try resolver.update(index, in: &resources, &found, &workspace)
    }
    workspace.tree.ledger.end()
    workspace.counts.referenceCandidates += resolver.examined
  }

  private init(_ table: [NameBackReference], _ resources: Resources) {
    self.table = table
    let takesAnyKind = table.contains { $0.target.kind.isEmpty && !$0.referrers.isEmpty }
    targets = ReferenceTargets(resources, takesAnyKind: takesAnyKind)
  }

  static func residences(
    of resources: Resources
  ) -> [Symbol: Set<Residence>] {
    var residences: [Symbol: Set<Residence>] = [:]
    for resource in resources.all {
      residences[resource.originalEffectiveNamespace, default: []].insert(
        Residence(current: resource.id.effectiveNamespace, written: resource.id.namespace))
    }
    return residences
  }

  // MARK: - One referrer

  /// An object whose fields are being looked at.
  struct Referrer {
    let resource: Resource
    /// The namespaces of the accounts that a role binding names.
    let subjectNamespaces: Set<Symbol>

    /// Where the objects live that one in a namespace can refer to.
    var namespaces: [Symbol] {
      let others = subjectNamespaces.map { $0.isEmpty ? Symbol.defaultNamespace : $0 }
      return Array(Set(others + [resource.id.effectiveNamespace, .notANamespace]))
    }
  }

  private mutating func update(
    _ index: Int, in resources: inout Resources, _ found: inout [Int],
    _ workspace: inout Workspace
  ) throws(Problem) {
    let fields = fields(of: resources[index].originalType, workspace.tree.symbols)
    if fields.references.isEmpty { return }
    let (root, id) = (resources[index].root, resources[index].id)
    // kustomize reads the version in two ways, and finds that they differ (filters/nameref/nameref.go
    // `confirmNodeMatchesReferrer`).
    if let version = workspace.tree.field(.apiVersion, of: root), workspace.tree.isNull(version),
      !workspace.tree.textIsEmpty(version)
    {
      throw .nullVersion(at: workspace.tree.position(version))
    }
    let accounts = try subjectNamespaces(root, of: id.type.kind, &workspace.tree)
    fields.search.find(in: root, of: workspace.tree, into: &found)
    if !found.isEmpty {
      let referrer = Referrer(resource: resources[index], subjectNamespaces: accounts)
      var start = 0
      while start < found.count {
        let path = fields.references[found[start]].referrer.path
        let end =
          found[start...].firstIndex { fields.references[$0].referrer.path.text != path.text }
          ?? found.count
        try update(
          root, at: path, found[start..<end], of: fields, referrer, resources, &workspace.tree)
        start = end
      }
    }
    let new = ResourceReader.id(of: root, &workspace)
    let stays = new.effectiveNamespace == id.effectiveNamespace
    if residences == nil, !stays || new.namespace != id.namespace {
      residences = Self.residences(of: resources)
    }
    resources.setID(new, at: index)
    if !stays { targets.update(resources[index], at: index) }
  }

  /// Updates what a path leads to, once for each reference that has it. Often several in a row do, which name
  /// objects of different kinds; what one writes leads the others nowhere else, so that the path is followed
  /// once.
  private mutating func update(
    _ root: NodeID, at path: FieldPath, _ places: ArraySlice<Int>, of fields: Fields,
    _ referrer: Referrer, _ resources: Resources, _ tree: inout Tree
  ) throws(Problem) {
    guard let first = places.first.map({ fields.references[$0] }) else { return }
    var reached: [NodeID] = []
    try FieldWalk(path).visit(root, in: &tree) { (field, tree) throws(Problem) in
      try self.update(field, first, referrer, resources, &tree)
      if places.count > 1 { reached.append(field) }
    }
    for place in places.dropFirst() {
      for field in reached {
        try update(field, fields.references[place], referrer, resources, &tree)
      }
    }
  }

  private mutating func fields(of type: GroupVersionKind, _ symbols: SymbolTable) -> Fields {
    if let known = fieldsByType[type] { return known }
    var references: [Reference] = []
    func add(_ place: Int, _ referrer: FieldSpec) {
      guard type.isSelected(by: referrer.type) else { return }
      let path = symbols.bytes(referrer.path.text)
      references.append(
        Reference(
          target: table[place].target, referrer: referrer,
          isRoleReference: path.suffix(12).elementsEqual("roleRef/name".utf8)))
    }
    if fieldsByType.count < Self.manyTypes {
      for place in table.indices {
        for referrer in table[place].referrers { add(place, referrer) }
      }
    } else {
      let rows = rows ?? Rows(table)
      self.rows = rows
      for row in rows.forReferrers(of: type.kind) {
        add(row.entry, table[row.entry].referrers[row.referrer])
      }
    }
    let fields = Fields(references)
    fieldsByType.updateValue(fields, forKey: type)
    return fields
  }

  /// With fewer types than this, going through the whole table for each is cheaper than an index of it.
  private static let manyTypes = 16

  /// Where the table speaks of which kinds.
  private struct Rows {
    /// An entry of the table, and one of its referrers.
    typealias Row = (entry: Int, referrer: Int)

    private var byKind = NumberTable<Symbol, [Row]>()

    init(_ table: [NameBackReference]) {
      for entry in table.indices {
        for (place, referrer) in table[entry].referrers.enumerated() {
          byKind[referrer.type.kind, default: []].append((entry, place))
        }
      }
    }

    /// The rows that may be for a kind, among them those for any, in the order of the table.
    func forReferrers(of kind: Symbol) -> [Row] {
      let own = byKind[kind] ?? []
      guard !kind.isEmpty, let others = byKind[.empty] else { return own }
      return (own + others).sorted { $0 < $1 }
    }
  }

  /// The edit that repeats what a field of an object's metadata says.
  ///
  /// A reference so goes back to the text that gave the object its name: to a `namePrefix`, say, and not to
  /// the line that holds the reference.
  private static func writer(
    repeating key: Symbol, of root: NodeID, _ known: inout NumberTable<NodeID, Writer>,
    _ tree: inout Tree
  ) -> Writer {
    if let writer = known[root] { return writer }
    let field = tree.field(.metadata, of: root).flatMap { tree.field(key, of: $0) } ?? root
    let writer = tree.ledger.begin(
      .nameReference, at: tree.position(field), following: tree.writer(field), of: field)
    known.updateValue(writer, forKey: root)
    return writer
  }

  private mutating func update(
    _ field: NodeID, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    _ tree: inout Tree
  ) throws(Problem) {
    if tree.isNull(field) { return }
    switch tree.shape(field) {
    case .scalar: try updateName(field, reference, referrer, resources, &tree)
    case .mapping: try updateMapping(field, reference, referrer, resources, &tree)
    case .sequence:
      for element in tree.children(of: field) where !tree.isNull(element) {
        switch tree.shape(element) {
        case .scalar: try updateName(element, reference, referrer, resources, &tree)
        case .mapping: try updateMapping(element, reference, referrer, resources, &tree)
        case .sequence: throw .notAReference(at: tree.position(element))
        }
      }
    }
  }

  /// A field that holds just the name.
  private mutating func updateName(
    _ field: NodeID, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    _ tree: inout Tree
  ) throws(Problem) {
    let name = tree.symbol(of: field)
    let target = try target(
      named: name, reference, referrer, resources, namespace: nil, at: field, &tree)
    guard let target, resources[target].id.name != name else { return }
    let writer = Self.writer(repeating: .name, of: resources[target].root, &writersOfName, &tree)
    tree.setScalar(field, resources[target].id.name, tag: .unresolved, by: writer)
  }

  /// A field that holds a mapping with a name and perhaps a namespace, such as a binding's subject.
  private mutating func updateMapping(
    _ field: NodeID, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    _ tree: inout Tree
  ) throws(Problem) {
    guard let nameField = tree.field(.name, of: field) else {
      throw .referenceWithoutName(
        tree.symbols.string(reference.referrer.path.text), at: tree.position(field))
    }
    let name = tree.symbol(of: nameField)
    let namespaceField = tree.field(.namespace, of: field)
    let namespace = namespaceField.map { tree.symbol(of: $0) }
    let target = try target(
      named: name, reference, referrer, resources, namespace: namespace, at: field, &tree)
    guard let target else { return }
    let id = resources[target].id
    guard id.name != name || !id.namespace.isEmpty else { return }
    var writer = tree.writer(nameField)
    if id.name != name {
      writer = Self.writer(repeating: .name, of: resources[target].root, &writersOfName, &tree)
    }
    tree.setText(.name, id.name, of: field, by: writer)
    // An empty namespace means any, not `default`, and is never written.
    if id.namespace.isEmpty { return }
    if let namespaceField, namespace == id.namespace {
      writer = tree.writer(namespaceField)
    } else {
      writer = Self.writer(
        repeating: .namespace, of: resources[target].root, &writersOfNamespace, &tree)
    }
    tree.setText(.namespace, id.namespace, of: field, by: writer)
  }

  // MARK: - Bindings

  private func subjectNamespaces(
    _ root: NodeID, of kind: Symbol, _ tree: inout Tree
  ) throws(Problem) -> Set<Symbol> {
    guard kind == .roleBinding,
      let subjects = tree.field(.subjects, of: root), tree.shape(subjects) == .sequence
    else { return [] }
    var result: Set<Symbol> = []
    for subject in tree.children(of: subjects) {
      guard tree.shape(subject) == .mapping else {
        throw .subjectNotAMapping(at: tree.position(subject))
      }
      guard let namespace = tree.field(.namespace, of: subject),
        let kind = tree.field(.kind, of: subject), tree.text(kind, equals: .serviceAccount)
      else { continue }
      guard tree.shape(namespace) == .scalar, tree.meaning(of: namespace) == .string else {
        throw .blankSubjectNamespace(at: tree.position(namespace))
      }
      result.insert(tree.symbol(of: namespace))
    }
    return result
  }
}

extension Problem {
  fileprivate static func notAReference(at position: Position) -> Problem {
    Problem(
      .referenceListWithoutNames, "expected a name, or a mapping with a name, in this list",
      at: position)
  }

  fileprivate static func referenceWithoutName(_ path: String, at position: Position) -> Problem {
    Problem(
      .referenceWithoutName, "\(path) should hold a name, but this mapping has no 'name' field",
      at: position)
  }

  fileprivate static func subjectNotAMapping(at position: Position) -> Problem {
    Problem(.subjectNotAMapping, "a subject must be a mapping", at: position)
  }

  fileprivate static func blankSubjectNamespace(at position: Position) -> Problem {
    Problem(
      .subjectNamespaceNotText, "the namespace of a service account must be a string", at: position)
  }
}

extension Problem {
  fileprivate static func nullVersion(at position: Position) -> Problem {
    Problem(
      .nullApiVersion, "apiVersion of an object that may refer to others cannot be null",
      at: position, hint: "write the version, or leave the field out")
  }
}
