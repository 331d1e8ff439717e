/// The objects that a function or a plugin has printed.
///
/// What the annotations say of an object is read into the resource, and the annotations go: a tree
/// holds only what files hold.
struct FunctionOutput {
  /// Kustomize tells programs by this annotation what an object was called.
  static let idAnnotation: StaticString = "kustomize.config.k8s.io/id"

  /// Generators ask with these for a hash, and for what becomes of an object of the same id.
  private static let hashAnnotation: StaticString = "kustomize.config.k8s.io/needs-hash"
  private static let behaviorAnnotation: StaticString = "kustomize.config.k8s.io/behavior"

  /// The objects, of which each must have another id.
  let resources: [Resource]

  /// Reads the documents that a plugin printed.
  init(documents file: Int, from name: String, _ workspace: inout Workspace) throws(Problem) {
    let roots = try ResourceReader.objects(inFile: file, &workspace)
    try self.init(roots, from: name, &workspace)
  }

  /// Reads the list that a function printed, or its documents. Objects that it was not given get a
  /// path of their own.
  init(
    resourceList root: [NodeID], from name: String, paths: [String], _ workspace: inout Workspace
  ) throws(Problem) {
    for item in root where !workspace.tree.isNull(item) {
      try FunctionPath.settle(item, paths: paths, in: &workspace.tree)
    }
    let roots = try ResourceReader.objects(printed: root, &workspace)
    try self.init(roots, from: name, &workspace)
  }

  /// Makes resources of the objects.
  ///
  /// - Throws: if two have one id, as kustomize could not tell which one replaces the resource.
  private init(
    _ roots: [NodeID], from name: String, _ workspace: inout Workspace
  ) throws(Problem) {
    var taken: [ResourceKey: Resource] = [:]
    var resources: [Resource] = []
    for root in roots {
      var resource = try ResourceReader.resource(of: root, &workspace)
      resource.functionPath = FunctionPath.read(root, in: &workspace.tree)
      // Where no origins are kept, such annotations are text like any other.
      if !workspace.origins.all.isEmpty {
        try resource.readOrigin(&workspace)
        try resource.readTransformations(&workspace)
      }
      if let first = taken.updateValue(resource, forKey: resource.id.key) {
        throw .printedTwice(name, resource, first, workspace)
      }
      resources.append(resource)
    }
    self.resources = resources
  }

  /// The objects of a generator, with what they ask for (internal/plugins/utils/utils.go
  /// `UpdateResourceOptions`).
  ///
  /// Without the annotation an object gets no hash, unlike those of built-in generators.
  func generated(_ workspace: inout Workspace) throws(Problem) -> [Resource] {
    let hash = workspace.tree.symbols.intern(Self.hashAnnotation)
    let behavior = workspace.tree.symbols.intern(Self.behaviorAnnotation)
    let cleanup = Self.cleanup(alsoRemoving: [hash, behavior], &workspace.tree.symbols)
    var result: [Resource] = []
    for resource in resources {
      var resource = resource
      let annotations = workspace.tree.annotations(of: resource.root)
      if let word = annotations[hash] {
        guard let isWanted = Self.bool(workspace.tree.string(word)) else {
          throw .notABoolean(workspace.tree.string(word), at: workspace.tree.position(word))
        }
        resource.needsHash = resource.needsHash || isWanted
      }
      resource.isGenerated = true
      resource.behavior = .init(word: annotations[behavior].map { workspace.tree.string($0) } ?? "")
      try cleanup.apply(to: resource.root, in: &workspace.tree)
      result.append(resource)
    }
    return result
  }

  /// The objects of a transformer.
  ///
  /// `FunctionStep` compares them with the resources that the function was given.
  func transformed(_ workspace: inout Workspace) throws(Problem) -> [Resource] {
    let cleanup = Self.cleanup(alsoRemoving: [], &workspace.tree.symbols)
    for resource in resources { try cleanup.apply(to: resource.root, in: &workspace.tree) }
    return resources
  }

  /// What the notes say stands in the resources now.
  ///
  /// Removes kustomize's own annotations and kio's marks.
  private static func cleanup(
    alsoRemoving others: Set<Symbol>, _ symbols: inout SymbolTable
  ) -> AnnotationCleanup {
    let notes = InternalAnnotations.removed + [idAnnotation]
    return AnnotationCleanup(removing: NumberSet(notes.map { symbols.intern($0) } + others))
  }

  /// The words that Go's `strconv.ParseBool` knows.
  private static func bool(_ word: String) -> Bool? {
    switch word {
    case "1", "t", "T", "TRUE", "true", "True": true
    case "0", "f", "F", "FALSE", "false", "False": false
    default: nil
    }
  }
}

extension Tree {
  /// The annotations of an object.
  mutating func annotations(of root: NodeID) -> [Symbol: NodeID] {
    stringEntries(of: field(.metadata, of: root).flatMap { field(.annotations, of: $0) })
  }
}

extension Problem {
  fileprivate static func printedTwice(
    _ name: String, _ second: Resource, _ first: Resource, _ workspace: Workspace
  ) -> Problem {
    let id = workspace.tree.symbols.describe(second.id)
    return Problem(
      .functionPrintsTwice, "\(name) printed two resources with the id \(id)",
      at: workspace.tree.position(second.root)
    ).noting("the first is here", at: workspace.tree.position(first.root))
  }

  fileprivate static func notABoolean(_ word: String, at position: Position) -> Problem {
    Problem(
      .needsHashNotABoolean, "needs-hash must be true or false, not \"\(word)\"", at: position)
  }
}
