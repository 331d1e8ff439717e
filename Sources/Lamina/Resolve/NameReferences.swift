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

  /// The references of objects of one type.
  private final class Fields: Sendable {
    let references: [Reference]
    let search: FieldSearch

    init(_ references: [Reference]) {
      self.references = references
      search = FieldSearch(references.map(\.referrer), createsFields: false)
    }
  }

  /// Who was where, for references that say a namespace.
  private struct Residence: Hashable {
    let current: Symbol
    let written: Symbol
  }

  private let table: [NameBackReference]
  private var fieldsByType = NumberTable<GroupVersionKind, Fields>()
  private var targets: ReferenceTargets
  /// By the original namespace, as it was before the first object changed its own. Nil until a reference
  /// says a namespace, which few do.
  private var residences: [Symbol: Set<Residence>]?
  private var examined = 0

  static func apply(
    _ table: [NameBackReference], to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    var resolver = NameReferences(table, resources)
    var found: [Int] = []
    for index in resources.indices {
      try Cancellation.check()
      try resolver.update(index, in: &resources, &found, &workspace)
    }
    workspace.counts.referenceCandidates += resolver.examined
  }

  private init(_ table: [NameBackReference], _ resources: Resources) {
    self.table = table
    let takesAnyKind = table.contains { $0.target.kind.isEmpty && !$0.referrers.isEmpty }
    targets = ReferenceTargets(resources, takesAnyKind: takesAnyKind)
  }

  private static func residences(
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
  private struct Referrer {
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
    let accounts = try subjectNamespaces(root, of: id.type.kind, &workspace.tree)
    fields.search.find(in: root, of: workspace.tree, into: &found)
    if !found.isEmpty {
      let referrer = Referrer(resource: resources[index], subjectNamespaces: accounts)
      for place in found {
        let reference = fields.references[place]
        let walk = FieldWalk(reference.referrer.path, at: .none)
        try walk.visit(root, in: &workspace.tree) { (field, tree) throws(Problem) in
          try self.update(field, reference, referrer, resources, &tree)
        }
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

  private mutating func fields(of type: GroupVersionKind, _ symbols: SymbolTable) -> Fields {
    if let known = fieldsByType[type] { return known }
    var references: [Reference] = []
    for place in table.indices {
      for referrer in table[place].referrers where type.isSelected(by: referrer.type) {
        let path = symbols.bytes(referrer.path.text)
        references.append(
          Reference(
            target: table[place].target, referrer: referrer,
            isRoleReference: path.suffix(12).elementsEqual("roleRef/name".utf8)))
      }
    }
    let fields = Fields(references)
    fieldsByType.updateValue(fields, forKey: type)
    return fields
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
    guard let target, target.name != name else { return }
    tree.setScalar(field, target.name, tag: .unresolved, at: tree.position(field))
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
    guard let target, target.name != name || !target.namespace.isEmpty else { return }
    tree.setText(.name, target.name, of: field, at: tree.position(nameField))
    // An empty namespace means any, not `default`, and is never written.
    if !target.namespace.isEmpty {
      tree.setText(
        .namespace, target.namespace, of: field, at: tree.position(namespaceField ?? field))
    }
  }

  // MARK: - Candidates

  /// What a reference says of the object that it names.
  private struct Wish {
    let naming: ReferenceTargets.Naming
    let target: GroupVersionKind
    /// The type that a binding's `roleRef` says.
    let role: GroupVersionKind?
    /// The namespace beside the name, if there is a field for it.
    let namespace: Symbol?
    /// The namespace is meant as it was at first.
    let isOriginal: Bool
  }

  /// The id of the one object that a reference means; nil where it means none of this build.
  private mutating func target(
    named name: Symbol, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    namespace: Symbol?, at field: NodeID, _ tree: inout Tree
  ) throws(Problem) -> ResourceID? {
    let naming = ReferenceTargets.Naming(name: name, kind: reference.target.kind)
    let places = targets.places(naming)
    guard let first = places.first else { return nil }
    let wish = Wish(
      naming: naming, target: reference.target,
      role: reference.isRoleReference ? roleType(of: referrer.resource.root, &tree) : nil,
      namespace: namespace,
      isOriginal: namespace.map { isOriginalNamespace($0, for: referrer, resources) } ?? false)
    if places.count == 1 {
      examined += 1
      return fits(resources[first], wish, referrer) ? resources[first].id : nil
    }
    let candidates = candidates(at: places, wish, referrer, resources)
    let chosen = try choose(
      candidates.found, isWhole: candidates.isWhole, referrer.resource, resources,
      comparesNamespaces: isMapping(field, tree), at: field, tree)
    return chosen.map { resources[$0].id }
  }

  /// The objects that a reference may mean, of those that had the name.
  ///
  /// `isWhole` is false where there are more of them, which differ from the referrer in their prefixes
  /// or suffixes.
  private mutating func candidates(
    at places: Places, _ wish: Wish, _ referrer: Referrer, _ resources: Resources
  ) -> (found: [Int], isWhole: Bool) {
    guard ReferenceTargets.areMany(places) else {
      return (fitting(places, wish, referrer, resources), true)
    }
    let isClusterScoped = referrer.resource.id.isClusterScoped
    if isClusterScoped, wish.isOriginal, let namespace = wish.namespace {
      let places = targets.places(wish.naming, from: namespace)
      return (fitting(places, wish, referrer, resources), true)
    }
    let asker = ReferenceTargets.Asker(
      namespaces: isClusterScoped ? wish.namespace.map { [$0] } : referrer.namespaces,
      prefix: referrer.resource.prefixes.last ?? .empty,
      suffix: referrer.resource.suffixes.last ?? .empty)
    var some: [Int] = []
    for list in targets.lists(wish.naming, in: asker.namespaces) {
      some += fitting(list, wish, referrer, resources, upTo: 2 - some.count)
    }
    if some.count < 2 { return (some, true) }
    let places = targets.places(wish.naming, near: asker)
    return (fitting(places, wish, referrer, resources), false)
  }

  private mutating func fitting(
    _ places: Places, _ wish: Wish, _ referrer: Referrer, _ resources: Resources,
    upTo limit: Int = .max
  ) -> [Int] {
    var result: [Int] = []
    for place in places {
      if result.count == limit { break }
      examined += 1
      if fits(resources[place], wish, referrer) { result.append(place) }
    }
    return result
  }

  private func fits(_ candidate: Resource, _ wish: Wish, _ referrer: Referrer) -> Bool {
    guard wasOfType(wish.target, candidate),
      wish.role.map({ wasOfType($0, candidate) }) ?? true,
      canRefer(referrer, to: candidate), isNear(referrer.resource, candidate)
    else { return false }
    guard let namespace = wish.namespace else { return true }
    let home =
      wish.isOriginal ? candidate.originalEffectiveNamespace : candidate.id.effectiveNamespace
    return home == namespace && home != .notANamespace
  }

  private func isMapping(_ field: NodeID, _ tree: Tree) -> Bool { tree.shape(field) == .mapping }

  /// Narrows the candidates down by the prefixes and suffixes that they share with the referrer.
  private func choose(
    _ all: [Int], isWhole: Bool, _ referrer: Resource, _ resources: Resources,
    comparesNamespaces: Bool, at field: NodeID, _ tree: Tree
  ) throws(Problem) -> Int? {
    if all.count == 1, isWhole { return all[0] }
    var candidates = all.filter {
      resources[$0].sharesAffixes(with: referrer, emptyMatchesAny: true)
    }
    if candidates.count > 1 {
      candidates = candidates.filter {
        resources[$0].sharesAffixes(with: referrer, emptyMatchesAny: false)
      }
    }
    guard let first = candidates.first else { return nil }
    let id = resources[first].id
    let areAlike = candidates.allSatisfy { place in
      let other = resources[place].id
      return other.name == id.name && (!comparesNamespaces || other.namespace == id.namespace)
    }
    if areAlike { return first }
    throw .ambiguous(
      candidates.map {
        (tree.symbols.describe(resources[$0].id), tree.position(resources[$0].root))
      },
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
  private mutating func isOriginalNamespace(
    _ namespace: Symbol, for referrer: Referrer, _ resources: Resources
  ) -> Bool {
    if namespace == .notANamespace { return false }
    let id = referrer.resource.id
    let known = residences ?? Self.residences(of: resources)
    residences = known
    return (known[namespace] ?? []).contains { residence in
      id.isClusterScoped || residence.current == .notANamespace
        || residence.current == id.effectiveNamespace
        || referrer.subjectNamespaces.contains(residence.written)
    }
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
