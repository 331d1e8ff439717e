/// One Kubernetes object on its way through the layers.
///
/// The tree below `root` holds only what the user's files hold. What the build has to remember of the
/// object (the names it had, whether it wants a content hash) stands here; kustomize keeps it in
/// annotations of the object, which it has to parse and to scrub again.
struct Resource: Sendable {
  let root: NodeID
  /// What the object is called now. Changes only through `Resources`, which keeps its index true.
  fileprivate(set) var id: ResourceID
  /// What it was called before each change, the oldest first; what was remembered again in a row stands here once.
  fileprivate(set) var formerIDs: [FormerID] = []
  /// How often each was remembered again; empty as long as none was. A thousand patches of one object need no list of
  /// a thousand ids.
  fileprivate(set) var repeatedIDs: [UInt32] = []
  /// The lists of former ids that a file brings along are not of one length, as the next id that is remembered shows.
  var hasUnevenNotes = false
  /// The prefixes and suffixes that layers have put on the name, the innermost first.
  var prefixes: [Symbol] = []
  var suffixes: [Symbol] = []
  /// A generator made the object, and its name shall end with a hash of its content.
  var needsHash = false
  /// A generator made the object.
  var isGenerated = false
  /// Helm made the object, and has given it its namespace.
  var isMadeByHelm = false
  /// The path that functions know the object by, once one has seen it.
  var functionPath = Symbol.empty
  /// What patches that were merged into the object were allowed to change: one of kustomize's notes, which says
  /// nothing of the object itself.
  var permissions: PatchPermissions = []
  /// The first block of annotations is the one that kustomize keeps its notes in: an empty one before it is gone.
  var hasPlaceOfNotes = false
  /// The vars that stand for a field of the object.
  var variables: [Symbol] = []
  /// Where the object came from, and who changed it; nobody, unless the build was asked to say so.
  var origin: OriginID?
  var transformations: [OriginID] = []
  /// What the generator asked to do with an object of the same id.
  var behavior = GeneratorArguments.Behavior.unspecified

  init(root: NodeID, id: ResourceID) {
    self.root = root
    self.id = id
  }

  /// kustomize would have notes of its own among the object's annotations, so that `annotations` exists
  /// for steps that do not create it.
  var hasNotes: Bool {
    isGenerated || needsHash || origin != nil || !formerIDs.isEmpty || !prefixes.isEmpty
      || !suffixes.isEmpty || !transformations.isEmpty || !permissions.isEmpty
  }

  /// kustomize has noted names among the annotations, each by a filter that takes out empty ones first.
  var hasNotedNames: Bool { !formerIDs.isEmpty || !prefixes.isEmpty || !suffixes.isEmpty }

  /// The id the object was loaded with (kustomize's `OrgId`): the current group and version with the
  /// first name, kind and namespace.
  var originalType: GroupVersionKind { type(of: formerIDs.first) }

  var originalEffectiveNamespace: Symbol { formerIDs.first?.namespace ?? id.effectiveNamespace }

  /// The type of a former id: kustomize remembers the kind only, and takes the rest from the object
  /// as it is (utils/makeResIds.go).
  func type(of former: FormerID?) -> GroupVersionKind {
    guard let former else { return id.type }
    return GroupVersionKind(group: id.type.group, version: id.type.version, kind: former.kind)
  }

  /// Whether the object has or ever had this id.
  func everHad(_ key: ResourceKey) -> Bool {
    if id.key == key { return true }
    return formerIDs.contains {
      ResourceKey(type: type(of: $0), name: $0.name, namespace: $0.namespace) == key
    }
  }

  /// Remembers the current id before a step changes it.
  ///
  /// - Returns: whether other names than the current one were remembered (`FormerID.parts`).
  fileprivate mutating func rememberID(in tree: inout Tree) throws(Problem) -> Bool {
    let former = FormerID(name: id.name, kind: id.type.kind, namespace: id.effectiveNamespace)
    if hasUnevenNotes { throw .formerIDsUneven(at: tree.position(root)) }
    guard former.hasComma(in: tree.symbols, after: formerIDs.last) else {
      remember(former)
      return false
    }
    for part in try former.parts(of: root, in: &tree) { remember(part) }
    return true
  }

  private mutating func remember(_ former: FormerID) {
    guard formerIDs.last == former else {
      formerIDs.append(former)
      if !repeatedIDs.isEmpty { repeatedIDs.append(0) }
      return
    }
    if repeatedIDs.isEmpty { repeatedIDs = Array(repeating: 0, count: formerIDs.count) }
    repeatedIDs[formerIDs.count - 1] += 1
  }

  /// A part of each former id, as often as it was remembered.
  func formerParts(_ part: (FormerID) -> Symbol) -> [Symbol] {
    if repeatedIDs.isEmpty { return formerIDs.map(part) }
    return zip(formerIDs, repeatedIDs).flatMap { repeatElement(part($0), count: Int($1) + 1) }
  }

  /// The same history for another object.
  func withRoot(_ root: NodeID, id: ResourceID) -> Resource {
    var result = Resource(root: root, id: id)
    result.formerIDs = formerIDs
    result.repeatedIDs = repeatedIDs
    result.hasUnevenNotes = hasUnevenNotes
    result.prefixes = prefixes
    result.suffixes = suffixes
    result.needsHash = needsHash
    result.isGenerated = isGenerated
    result.isMadeByHelm = isMadeByHelm
    result.behavior = behavior
    result.functionPath = functionPath
    result.permissions = permissions
    result.hasPlaceOfNotes = hasPlaceOfNotes
    result.variables = variables
    result.origin = origin
    result.transformations = transformations
    return result
  }

  fileprivate mutating func setID(_ id: ResourceID) { self.id = id }

  /// Takes over what was remembered elsewhere, with repetitions.
  mutating func adoptHistory(_ formerIDs: [FormerID]) {
    self.formerIDs = []
    repeatedIDs = []
    for former in formerIDs { remember(former) }
  }
}

/// The resources of a layer in their order, with an index by id and name.
struct Resources: Sendable {
  private(set) var all: [Resource] = []
  private var index = ResourceIndex()
  /// A patch has left nothing of some resource, which is still to be taken out.
  private var holdsEmpty = false

  init() {}

  /// Resources that are only to be printed: nobody will look for one by its id.
  init(finished resources: [Resource]) { all = resources }

  var count: Int { all.count }
  var isEmpty: Bool { all.isEmpty }
  var indices: Range<Int> { all.indices }
  /// The objects themselves. Who needs no more than these goes through them: a copy of a resource
  /// counts references.
  var roots: some Sequence<NodeID> { all.lazy.map(\.root) }
  /// How many ids the index was told, to be counted.
  var indexChanges: Int { index.changes }

  subscript(index: Int) -> Resource {
    _read { yield all[index] }
    _modify {
      // Callers change what the build remembers; the id has its own function.
      yield &all[index]
    }
  }

  /// Makes room for so many more, which an array that grows by itself has for twice as many.
  mutating func reserveCapacity(forMore count: Int) {
    if all.capacity - all.count < count { all.reserveCapacity(all.count + count) }
  }

  /// The first resource whose current id equals this one.
  func index(of key: ResourceKey) -> Int? { index.places(of: key).first }

  /// The number of resources whose current id equals this one.
  func count(of key: ResourceKey) -> Int { index.places(of: key).count }

  /// Puts a resource at the end, or returns the place of the one that has its id.
  mutating func append(_ resource: Resource) -> Int? {
    if let taken = index(of: resource.id.key) { return taken }
    index.add(resource, at: all.count)
    all.append(resource)
    return nil
  }

  /// Appends all of another list; returns the places of the first two that collide.
  mutating func append(all other: Resources) -> (mine: Resource, theirs: Resource)? {
    if all.isEmpty {
      // The usual case, a base under its overlay, costs nothing.
      self = other
      return nil
    }
    for resource in other.all {
      if let taken = append(resource) { return (all[taken], resource) }
    }
    return nil
  }

  /// The only way to change an id.
  mutating func setID(_ id: ResourceID, at place: Int) {
    let old = all[place].id.key
    all[place].setID(id)
    if old != id.key { index.change(old, to: id.key, at: place) }
  }

  /// Remembers the id of a resource before a step changes it.
  mutating func rememberID(at place: Int, in tree: inout Tree) throws(Problem) {
    if try all[place].rememberID(in: &tree) { index.addFormerNames(of: all[place], at: place) }
  }

  /// The resources that have or once had this id (resmap `GetMatchingResourcesByAnyId`).
  func places(everHaving key: ResourceKey) -> [Int] {
    index.places(everNear: key).filter { all[$0].everHad(key) }
  }

  /// The resources that have or once had this name, in their order.
  func places(everNamed name: Symbol) -> [Int] { Array(index.places(everNamed: name)) }

  /// Puts a resource in the place of another one of the same id.
  mutating func replace(at place: Int, with resource: Resource) {
    let id = resource.id
    var resource = resource
    resource.setID(all[place].id)
    all[place] = resource
    index.addFormerNames(of: resource, at: place)
    setID(id, at: place)
  }

  /// Notes that a patch has left nothing of a resource.
  mutating func noteEmpty() { holdsEmpty = true }

  /// Takes out the resources of which patches have left nothing.
  mutating func removeEmpty(in tree: Tree) {
    guard holdsEmpty else { return }
    holdsEmpty = false
    keep { !tree.isNullOrEmpty($0.root) }
  }

  /// Keeps the resources that the condition holds for.
  mutating func keep(where holds: (Resource) -> Bool) {
    guard !all.allSatisfy(holds) else { return }
    reorder(all.filter(holds))
  }

  /// Puts the resources in the order in which they will be printed, from the places where they stand
  /// now. Nobody looks for one by its id any more.
  mutating func finish(inOrder places: [Int]) {
    index.removeAll()
    all = places.map { all[$0] }
  }

  private mutating func reorder(_ resources: [Resource]) {
    all = resources
    index.removeAll()
    for (place, resource) in all.enumerated() { index.add(resource, at: place) }
  }
}
