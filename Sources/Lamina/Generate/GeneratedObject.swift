/// A generated object on its way into a layer, where it may change one that is there.
///
/// What makes the object (`Generator`, `HelmInflation`, `IAMPolicy`, a function) knows nothing of
/// the layer; here is decided whether the object is added, merged or refused.
struct GeneratedObject {
  /// Its `behavior` is what the generator asks for, its origin what the object says or else the
  /// generator's.
  private var resource: Resource
  private let position: Position
  /// The word as it was written, for the message about one that means nothing; nil where there is
  /// none.
  private let behavior: Kustomization.Entry?

  /// - Parameters:
  ///   - position: what asks for the object.
  ///   - behavior: what the generator says to do with an object that is there.
  init(
    _ resource: Resource, origin: OriginID?, position: Position,
    behavior: Kustomization.Entry? = nil
  ) {
    self.resource = resource
    self.resource.origin = resource.origin ?? origin
    self.position = position
    self.behavior = behavior
  }

  /// Appends the object, or merges or replaces the one that has or had its id
  /// (resmap/reswrangler.go `appendReplaceOrMerge`).
  ///
  /// Ids that the object had before count as well, so that a base's config map is found under the
  /// name the base gave it, whatever prefix a layer has added since.
  func absorb(into resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let key = resource.id.key
    let matches = resources.places(everHaving: key)
    workspace.counts.idLookUps += matches.count + 1
    let id = workspace.tree.symbols.describe(resource.id)
    guard let index = matches.first else {
      // The nearest name of the kind is looked for only now: it costs a pass over all resources.
      if resource.behavior == .merge || resource.behavior == .replace {
        let symbols = workspace.tree.symbols
        let nearest = NearestResource(
          to: symbols.string(resource.id.name), ofKind: resource.id.type.kind,
          among: resources.all, symbols)
        throw .nothingToMerge(id, resource.behavior, at: position, hint: nearest?.hint)
      }
      workspace.tree.noteArrival(of: resource.root)
      if workspace.history != nil, resource.origin != nil {
        try workspace.traceRewriting(of: resource)
      }
      _ = resources.append(resource)
      return
    }
    if matches.count > 1 { throw .severalToMerge(id, at: position) }
    let old = resources[index]
    workspace.traceUnknown(of: resource.root)
    workspace.tree.noteArrival(of: resource.root, replacing: old.root)
    switch resource.behavior {
    case .create, .unspecified:
      throw .alreadyThere(
        id, at: position, behavior, other: workspace.tree.position(old.root))
    case .replace:
      resources.replace(at: index, with: try adopting(old, mergingData: false, &workspace))
    case .merge:
      resources.replace(at: index, with: try adopting(old, mergingData: true, &workspace))
    }
  }

  /// The new object with the name, namespace, labels and annotations of the old one, and with what
  /// the build remembers of that (resource/resource.go `CopyMergeMetaDataFieldsFrom`).
  ///
  /// - Parameters:
  ///   - old: the resource that is replaced or merged into.
  ///   - mergingData: `behavior: merge`; data of the new object wins key by key.
  private func adopting(
    _ old: Resource, mergingData: Bool, _ workspace: inout Workspace
  ) throws(Problem) -> Resource {
    let root = resource.root
    try mergeStrings(.labels, from: old, &workspace.tree)
    try mergeStrings(.annotations, from: old, &workspace.tree)
    setMetadata(.name, from: old, &workspace.tree)
    setMetadata(.namespace, from: old, &workspace.tree)
    if mergingData {
      try mergeData(.data, from: old, &workspace.tree)
      try mergeData(.binaryData, from: old, &workspace.tree)
    }
    var result = old.withRoot(root, id: ResourceReader.id(of: root, &workspace))
    // Either generator can turn the hash off (resource/resource.go
    // `mergeStringMapsWithBuildAnnotations`).
    result.needsHash = old.needsHash && resource.needsHash
    if !mergingData { result.origin = resource.origin ?? old.origin }
    return result
  }

  /// Labels or annotations of both, those of the new object winning (resource/resource.go
  /// `mergeStringMaps`). The mapping is written anew, in the order of its keys.
  private func mergeStrings(_ field: Symbol, from old: Resource, _ tree: inout Tree) throws(Problem)
  {
    guard let metadata = tree.field(.metadata, of: resource.root) else { return }
    let own = tree.stringEntries(of: tree.field(field, of: metadata))
    let inherited = tree.field(.metadata, of: old.root).flatMap { tree.field(field, of: $0) }
    var entries = tree.stringEntries(of: inherited)
    entries.merge(own) { _, new in new }
    try tree.replaceStringEntries(field, entries, of: metadata)
  }

  /// `data` or `binaryData` of both. kustomize reads them into Go maps and writes them back
  /// (resource/resource.go `MergeDataMapFrom`).
  private func mergeData(_ field: Symbol, from old: Resource, _ tree: inout Tree) throws(Problem) {
    var entries = tree.stringEntries(of: tree.field(field, of: old.root))
    entries.merge(tree.stringEntries(of: tree.field(field, of: resource.root))) { _, new in new }
    try tree.replaceStringEntries(field, entries, of: resource.root)
  }

  /// Gives the object the old one's name or namespace. Without one there, the object has none
  /// either (kyaml/yaml/rnode.go `SetNamespace` drops the field).
  private func setMetadata(_ field: Symbol, from old: Resource, _ tree: inout Tree) {
    guard let metadata = tree.field(.metadata, of: resource.root) else { return }
    let value = tree.field(.metadata, of: old.root).flatMap { tree.field(field, of: $0) }
    guard let value, !tree.isNullOrEmpty(value), !tree.textIsEmpty(value) else {
      tree.removeField(field, of: metadata)
      return
    }
    let text = tree.symbol(of: value)
    tree.setText(field, text, of: metadata, by: tree.writer(value))
  }
}

extension Problem {
  fileprivate static func nothingToMerge(
    _ id: String, _ behavior: GeneratorArguments.Behavior, at position: Position, hint: String?
  ) -> Problem {
    Problem(
      .nothingToMerge, "id \(id) does not exist; cannot merge or replace", at: position,
      hint: hint
        ?? "behavior: \(behavior.rawValue) needs an object of this id in the layers below")
  }

  fileprivate static func severalToMerge(_ id: String, at position: Position) -> Problem {
    Problem(
      .severalToMerge, "found multiple objects that could accept merge of \(id)", at: position)
  }

  fileprivate static func alreadyThere(
    _ id: String, at position: Position, _ behavior: Kustomization.Entry?, other: Position
  ) -> Problem {
    // A word that means nothing counts as none.
    let words = ["create", "merge", "replace"]
    let isUnknown = behavior.map { !$0.text.isEmpty && !words.contains($0.text) } ?? false
    return Problem(
      .generatedTwice, "id \(id) exists; behavior must be merge or replace",
      at: isUnknown ? behavior?.position ?? position : position,
      hint: isUnknown ? Suggestion.hint(for: behavior?.text ?? "", among: words) : nil
    ).noting("it is here", at: other)
  }
}
