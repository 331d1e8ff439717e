/// Makes resources of the documents of a file.
struct ResourceReader {
  /// Reads a file into resource objects: empty documents are left out, lists are opened, and each
  /// object must have a kind and a name.
  ///
  /// - Parameter documents: those of the file, where they have been read.
  static func objects(
    inFile file: Int, documents: [NodeID]? = nil, _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    try openLists(try closedObjects(inFile: file, documents: documents, &workspace), &workspace)
  }

  /// The same with the lists of `FooList` objects left as they are.
  static func closedObjects(
    inFile file: Int, documents: [NodeID]? = nil, _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    let roots = if let documents { documents } else { try workspace.documents(ofFile: file) }
    return try checked(unwrapped(roots, ofFile: file, workspace), in: workspace.tree)
  }

  /// The same of documents that have been taken out of one list, and that kustomize prints and reads
  /// again: a list among them that is alone is opened as well.
  static func objects(
    printed roots: [NodeID], _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    try openLists(
      try checked(unwrapped(roots, ofFile: nil, workspace), in: workspace.tree), &workspace)
  }

  /// The documents of a file, or the items of its only one. An empty document beside it counts, too.
  static func unwrapped(
    _ roots: [NodeID], ofFile file: Int?, _ workspace: Workspace
  ) throws(Problem) -> [NodeID] {
    guard roots.count == 1, let items = openedList(roots[0], in: workspace.tree) else {
      return roots
    }
    if let file, try YAMLReader.isCut(file: file, in: workspace.sources) { return roots }
    return items
  }

  /// Makes a resource of an object.
  static func resource(
    of root: NodeID, _ workspace: inout Workspace
  ) throws(Problem) -> Resource {
    var resource = Resource(root: root, id: id(of: root, &workspace))
    try resource.readInternalAnnotations(&workspace.tree)
    return resource
  }

  /// The id as the object's fields say it.
  ///
  /// - Parameter former: the id that they said before; most of it will be the same.
  static func id(
    of root: NodeID, like former: ResourceID? = nil, _ workspace: inout Workspace
  ) -> ResourceID {
    let apiVersion = workspace.tree.symbol(of: workspace.tree.field(.apiVersion, of: root))
    let kind = workspace.tree.symbol(
      of: workspace.tree.field(.kind, of: root), likely: former?.type.kind ?? .empty)
    let (group, version) = workspace.tree.symbols.groupAndVersion(of: apiVersion)
    let type = GroupVersionKind(group: group, version: version, kind: kind)
    let metadata = workspace.tree.field(.metadata, of: root)
    return ResourceID(
      type: type,
      name: text(.name, of: metadata, likely: former?.name ?? .empty, &workspace.tree),
      namespace: text(
        .namespace, of: metadata, likely: former?.namespace ?? .empty, &workspace.tree),
      isClusterScoped: workspace.clusterScope.contains(type))
  }

  private static func text(
    _ key: Symbol, of metadata: NodeID?, likely: Symbol, _ tree: inout Tree
  ) -> Symbol {
    guard let metadata, let value = tree.field(key, of: metadata), !tree.isNullOrEmpty(value)
    else { return .empty }
    return tree.symbol(of: value, likely: likely)
  }

  /// The items of a file's only document, if that is a `List` or a `ResourceList`
  /// (kio/byteio_reader.go). Unlike the lists of `openLists`, its items need not be objects yet.
  private static func openedList(_ root: NodeID, in tree: Tree) -> [NodeID]? {
    guard let kind = tree.field(.kind, of: root),
      tree.text(kind, equals: .list) || tree.text(kind, equals: .resourceList)
    else { return nil }
    let items = tree.field(.items, of: root)
    guard items != nil || tree.field(.functionConfig, of: root) != nil else { return nil }
    return items.map { tree.children(of: $0) } ?? []
  }

  /// Leaves out empty objects, and refuses those without kind or name (resource/factory.go
  /// `dropBadNodes`).
  private static func checked(_ roots: [NodeID], in tree: Tree) throws(Problem) -> [NodeID] {
    var result: [NodeID] = []
    var mistakes: Mistakes?
    for root in roots where !tree.isNullOrEmpty(root) {
      do { try checkHead(of: root, in: tree) } catch {
        var known = mistakes ?? Mistakes()
        known.add(error)
        if known.isFull { try known.check() }
        mistakes = known
      }
      result.append(root)
    }
    try mistakes?.check()
    return result
  }

  /// Refuses an object without kind, or without name where its kind is not that of a list
  /// (kyaml rnode.go `GetValidatedMetadata`).
  static func checkHead(of root: NodeID, in tree: Tree) throws(Problem) {
    guard let kind = filled(.kind, of: root, in: tree) else {
      throw .missingKind(tree.position(root))
    }
    let metadata = tree.field(.metadata, of: root)
    if metadata.flatMap({ filled(.name, of: $0, in: tree) }) == nil, !isKindOfLists(kind, in: tree)
    {
      let name = metadata.flatMap { tree.field(.name, of: $0) }
      throw .missingName(tree.string(kind), name, metadata, root, in: tree)
    }
  }

  /// A field with something in it.
  private static func filled(_ key: Symbol, of mapping: NodeID, in tree: Tree) -> NodeID? {
    guard let field = tree.field(key, of: mapping), !tree.isNullOrEmpty(field),
      !tree.textIsEmpty(field)
    else { return nil }
    return field
  }

  private static func isKindOfLists(_ kind: NodeID, in tree: Tree) -> Bool {
    tree.withText(kind) { text in
      text.count >= 4 && text.extracting(last: 4).isWord("List")
    }
  }

  /// Puts the items of each `FooList` behind all other objects, as kustomize's queue does
  /// (resource/factory.go `inlineAnyEmbeddedLists`).
  private static func openLists(
    _ roots: [NodeID], _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    var queue = roots
    var result: [NodeID] = []
    var next = 0
    while next < queue.count {
      let root = queue[next]
      next += 1
      guard let kind = filled(.kind, of: root, in: workspace.tree),
        isKindOfLists(kind, in: workspace.tree)
      else {
        result.append(root)
        continue
      }
      // The whole list becomes JSON, whether it has items or not.
      try JSONTrip.checkAllKeys(of: root, in: workspace.tree)
      guard let items = workspace.tree.field(.items, of: root)
      else {
        result.append(root)
        continue
      }
      if workspace.tree.isNull(items) { continue }
      guard workspace.tree.shape(items) == .sequence else {
        throw .itemsNotAList(workspace.tree.position(items))
      }
      let objects = try checked(workspace.tree.children(of: items), in: workspace.tree)
      for object in objects {
        try ListItemRoundTrip.normalize(object, in: &workspace.tree)
        try workspace.traceItem(object)
      }
      queue += objects
    }
    return result
  }
}

extension Tree {
  /// Where a file says the name of an object; the object's own place where the name is none of a file's.
  func position(ofNameIn root: NodeID) -> Position {
    let name = field(.metadata, of: root).flatMap { field(.name, of: $0) }
    return name.flatMap { writer($0).position } ?? position(root)
  }
}

extension Problem {
  fileprivate static func missingKind(_ position: Position) -> Problem {
    Problem(.resourceWithoutKind, "missing kind in object", at: position)
  }

  /// An empty name is where it stands, a missing one where it should stand.
  fileprivate static func missingName(
    _ kind: String, _ name: NodeID?, _ metadata: NodeID?, _ root: NodeID, in tree: Tree
  ) -> Problem {
    let place = (name ?? metadata).flatMap { tree.writer($0).position }
    let problem = Problem(
      .resourceWithoutName, "missing metadata.name in object of kind \(kind)",
      at: place ?? tree.position(root))
    if place == nil { return problem }
    return problem.atKey(name == nil ? "metadata" : "name")
  }

  fileprivate static func itemsNotAList(_ position: Position) -> Problem {
    Problem(.itemsNotAList, "items of a list must be a list", at: position)
  }
}
