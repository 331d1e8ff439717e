/// Follows every place where one object names another, and writes there what that is called now.
///
/// Done once, at the top. Which fields name which kinds is a table (`nameReference`); which object is
/// meant is found among those that once had the name (filters/nameref/nameref.go).
struct NameReferences {
  /// A field that may name an object of a type.
  private struct Reference {
    let target: GroupVersionKind
    let referrer: FieldSpec
    /// The field is a binding's `roleRef/name`, whose neighbours say which type it names.
    let isRoleReference: Bool
  }

  /// Who was where, for references that say a namespace.
  private struct Residence: Hashable {
    let original: Symbol
    let current: Symbol
    let written: Symbol
  }

  private let references: [Reference]
  private var referencesByKind: [Symbol: [Reference]] = [:]
  private var placesByFormerName: [Symbol: [Int]] = [:]
  private var residences: Set<Residence> = []

  static func apply(
    _ table: [NameBackReference], to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    var resolver = NameReferences(table, resources, &workspace.tree.symbols)
    for index in resources.indices {
      try Cancellation.check()
      try resolver.update(index, in: &resources, &workspace)
    }
  }

  private init(
    _ table: [NameBackReference], _ resources: Resources, _ symbols: inout SymbolTable
  ) {
    references = table.flatMap { backReference in
      backReference.referrers.map { referrer in
        Reference(
          target: backReference.target, referrer: referrer,
          isRoleReference: symbols.string(referrer.path.text).hasSuffix("roleRef/name"))
      }
    }
    for index in resources.indices {
      let resource = resources[index]
      for name in Set(resource.formerIDs.map(\.name)) {
        placesByFormerName[name, default: []].append(index)
      }
      residences.insert(
        Residence(
          original: resource.originalEffectiveNamespace,
          current: resource.id.effectiveNamespace, written: resource.id.namespace))
    }
  }

  // MARK: - One referrer

  /// An object whose fields are being looked at.
  private struct Referrer {
    let resource: Resource
    /// The namespaces of the accounts that a role binding names.
    let subjectNamespaces: Set<Symbol>
  }

  private mutating func update(
    _ index: Int, in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let resource = resources[index]
    let type = resource.originalType
    let wanted = references(for: type.kind).filter { type.isSelected(by: $0.referrer.type) }
    if wanted.isEmpty { return }
    let referrer = Referrer(
      resource: resource,
      subjectNamespaces: try subjectNamespaces(of: resource, &workspace.tree))
    for reference in wanted {
      let walk = FieldWalk(reference.referrer.path, at: .none)
      try walk.visit(resource.root, in: &workspace.tree) { (field, tree) throws(Problem) in
        try self.update(field, reference, referrer, resources, &tree)
      }
    }
    resources.refreshID(at: index, &workspace)
  }

  private mutating func references(for kind: Symbol) -> [Reference] {
    if let known = referencesByKind[kind] { return known }
    let found = references.filter { $0.referrer.type.kind == kind || $0.referrer.type.kind.isEmpty }
    referencesByKind[kind] = found
    return found
  }

  private func update(
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
  private func updateName(
    _ field: NodeID, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    _ tree: inout Tree
  ) throws(Problem) {
    let name = tree.symbol(of: field)
    let target = try target(
      named: name, reference, referrer, resources, namespace: nil, at: field, &tree)
    guard let target, target.id.name != name else { return }
    tree.setScalar(
      field, tree.symbols.string(target.id.name), tag: .unresolved, at: tree.position(field))
  }

  /// A field that holds a mapping with a name and perhaps a namespace, such as a binding's subject.
  private func updateMapping(
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
    guard let target, target.id.name != name || !target.id.namespace.isEmpty else { return }
    tree.setText(.name, target.id.name, of: field, at: tree.position(nameField))
    // An empty namespace means any, not `default`, and is never written.
    if !target.id.namespace.isEmpty {
      tree.setText(
        .namespace, target.id.namespace, of: field, at: tree.position(namespaceField ?? field))
    }
  }

  // MARK: - Candidates

  /// The one object that a reference means; nil where it means none of this build.
  private func target(
    named name: Symbol, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    namespace: Symbol?, at field: NodeID, _ tree: inout Tree
  ) throws(Problem) -> Resource? {
    guard let places = placesByFormerName[name] else { return nil }
    let role = reference.isRoleReference ? roleType(of: referrer.resource.root, &tree) : nil
    let byOriginal = namespace.map { isOriginalNamespace($0, for: referrer) } ?? false
    var candidates: [Resource] = []
    for place in places {
      let candidate = resources[place]
      guard wasOfType(reference.target, candidate), role.map({ wasOfType($0, candidate) }) ?? true,
        canRefer(referrer, to: candidate), isNear(referrer.resource, candidate)
      else { continue }
      if let namespace {
        let home =
          byOriginal ? candidate.originalEffectiveNamespace : candidate.id.effectiveNamespace
        if home != namespace || home == .notANamespace { continue }
      }
      candidates.append(candidate)
    }
    return try choose(
      candidates, referrer.resource, comparesNamespaces: isMapping(field, tree), at: field, tree)
  }

  private func isMapping(_ field: NodeID, _ tree: Tree) -> Bool { tree.shape(field) == .mapping }

  /// Narrows the candidates down by the prefixes and suffixes that they share with the referrer.
  private func choose(
    _ all: [Resource], _ referrer: Resource, comparesNamespaces: Bool, at field: NodeID,
    _ tree: Tree
  ) throws(Problem) -> Resource? {
    if all.count == 1 { return all[0] }
    var candidates = all.filter { $0.sharesAffixes(with: referrer, emptyMatchesAny: true) }
    if candidates.count > 1 {
      candidates = candidates.filter { $0.sharesAffixes(with: referrer, emptyMatchesAny: false) }
    }
    guard let first = candidates.first else { return nil }
    let areAlike = candidates.allSatisfy {
      $0.id.name == first.id.name
        && (!comparesNamespaces || $0.id.namespace == first.id.namespace)
    }
    if areAlike { return first }
    throw .ambiguous(
      candidates.map { (tree.symbols.describe($0.id), tree.position($0.root)) },
      at: tree.position(field))
  }

  private func wasOfType(_ wish: GroupVersionKind, _ candidate: Resource) -> Bool {
    candidate.formerIDs.contains { candidate.type(of: $0).isSelected(by: wish) }
  }

  /// resmap/reswrangler.go `SubsetThatCouldBeReferencedByResource`
  private func canRefer(_ referrer: Referrer, to candidate: Resource) -> Bool {
    let id = referrer.resource.id
    return id.isClusterScoped || candidate.id.isClusterScoped
      || candidate.id.effectiveNamespace == id.effectiveNamespace
      || referrer.subjectNamespaces.contains(candidate.id.namespace)
  }

  /// Service accounts may be named from other namespaces, nothing else that lives in one.
  private func isNear(_ referrer: Resource, _ candidate: Resource) -> Bool {
    referrer.id.isClusterScoped || candidate.id.isClusterScoped
      || candidate.id.type.kind == .serviceAccount
      || candidate.id.effectiveNamespace == referrer.id.effectiveNamespace
  }

  /// Whether anything that the referrer could name once lived in this namespace: then references mean
  /// the former namespaces, else the present ones.
  private func isOriginalNamespace(_ namespace: Symbol, for referrer: Referrer) -> Bool {
    if namespace == .notANamespace { return false }
    let id = referrer.resource.id
    return residences.contains { residence in
      guard residence.original == namespace else { return false }
      return id.isClusterScoped || residence.current == .notANamespace
        || residence.current == id.effectiveNamespace
        || referrer.subjectNamespaces.contains(residence.written)
    }
  }

  // MARK: - Bindings

  private func subjectNamespaces(
    of resource: Resource, _ tree: inout Tree
  ) throws(Problem) -> Set<Symbol> {
    guard resource.id.type.kind == .roleBinding,
      let subjects = tree.field(.subjects, of: resource.root), tree.shape(subjects) == .sequence
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

  /// The type that a binding's `roleRef` says; nil where it does not say all of it.
  private func roleType(of root: NodeID, _ tree: inout Tree) -> GroupVersionKind? {
    guard let role = tree.field(.roleRef, of: root),
      let group = tree.field(.apiGroup, of: role), let kind = tree.field(.kind, of: role)
    else { return nil }
    return GroupVersionKind(
      group: tree.symbol(of: group), version: .empty, kind: tree.symbol(of: kind))
  }
}

extension Resource {
  /// Whether two objects went through the same layers, judged by what these put on the names
  /// (resource/resource.go `PrefixesSuffixesEquals`).
  fileprivate func sharesAffixes(with other: Resource, emptyMatchesAny: Bool) -> Bool {
    func share(_ mine: [Symbol], _ theirs: [Symbol]) -> Bool {
      if emptyMatchesAny, mine.isEmpty || theirs.isEmpty { return true }
      let length = min(mine.count, theirs.count)
      if length == 0 { return mine.count == theirs.count }
      return mine.suffix(length).elementsEqual(theirs.suffix(length))
    }
    return share(prefixes, other.prefixes) && share(suffixes, other.suffixes)
  }
}

extension Problem {
  fileprivate static func notAReference(at position: Position) -> Problem {
    Problem(
      .invalidTransformation, "expected a name, or a mapping with a name, in this list",
      at: position)
  }

  fileprivate static func referenceWithoutName(_ path: String, at position: Position) -> Problem {
    Problem(
      .invalidTransformation, "\(path) should hold a name, but this mapping has no 'name' field",
      at: position)
  }

  fileprivate static func subjectNotAMapping(at position: Position) -> Problem {
    Problem(.invalidResource, "a subject must be a mapping", at: position)
  }

  fileprivate static func blankSubjectNamespace(at position: Position) -> Problem {
    Problem(.invalidResource, "the namespace of a service account must be a string", at: position)
  }

  fileprivate static func ambiguous(
    _ candidates: [(String, Position)], at position: Position
  ) -> Problem {
    let names = candidates.map(\.0).joined(separator: ", ")
    var problem = Problem(
      .ambiguousReference, "found multiple possible referrals: \(names)", at: position)
    for (name, place) in candidates { problem = problem.noting("\(name) is here", at: place) }
    return problem
  }
}
