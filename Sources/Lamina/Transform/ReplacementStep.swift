/// `replacements`: a value of one resource, or a text, copied into fields of others
/// (api/filters/replacement/replacement.go).
///
/// The value is copied by reference in kustomize where no delimiter is given: if a target's field
/// is the source itself, or a later target changes the source, later targets see the change.
struct ReplacementStep: Sendable {
  /// A text (`sourceValue`), or a field of one resource.
  private let source: Source
  private let targets: [Target]
  /// The replacement, for messages about its whole.
  private let position: Position

  private enum Source: Sendable {
    /// Its text decides what it is, like that of a plain scalar.
    case text(Kustomization.Entry)
    case field(ReplacementSource, FieldPath)

    var position: Position {
      switch self {
      case .text(let text): text.position
      case .field(let source, _): source.position
      }
    }
  }

  /// A target with its paths cut and its expressions compiled.
  struct Target: Sendable {
    /// Resources that it selects, but none that `reject` names, get the value.
    let select: CompiledSelector
    let reject: [Rejection]
    /// `metadata.name` where the target names none.
    let paths: [ReplacedField.Path]
    let options: ReplacementOptions
    /// The target as it was written.
    let written: ReplacementTarget
  }

  /// Labels and ids are asked about apart, because kustomize rejects a resource whose labels or
  /// whose id match, not only one of which both do (`selectByAnnoAndLabel`, `RejectsAny`).
  struct Rejection: Sendable {
    let selector: CompiledSelector
    /// A selector of labels only would match every id.
    let asksForID: Bool
    let asksForLabels: Bool
  }

  /// Reads the paths and expressions of a replacement.
  ///
  /// - Throws: where source or targets are missing, or an expression is invalid. kustomize finds
  ///   that out only when the replacement is run.
  init(_ replacement: Replacement, symbols: inout SymbolTable) throws(Problem) {
    position = replacement.position
    guard let targets = replacement.targets else { throw .incomplete(at: replacement.position) }
    switch (replacement.source, replacement.sourceValue) {
    case (nil, nil): throw .incomplete(at: replacement.position)
    case (_?, _?): throw .twoSources(at: replacement.position)
    case (nil, let text?): source = .text(text)
    case (let field?, nil):
      let written = field.fieldPath
      let path = FieldPath(
        replacement: written.text.isEmpty ? Self.defaultPath : written.text, blanks: .ignored,
        at: written.text.isEmpty ? field.position : written.position, symbols: &symbols)
      source = .field(field, path)
    }
    var compiled: [Target] = []
    for target in targets { compiled.append(try Target(target, symbols: &symbols)) }
    self.targets = compiled
  }

  /// types.DefaultReplacementFieldPath.
  fileprivate static let defaultPath = "metadata.name"

  /// Copies the value into the fields of all targets, in the order of the targets and then of the
  /// resources.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    var value = try value(in: &resources, &workspace)
    // The first problem is the one that counts; the notes are taken out whatever happens.
    let outcome = Result { () throws(Problem) in
      try copy(&value, to: &resources, &workspace)
    }
    try takeNotes(of: value, outOf: &resources, &workspace)
    try outcome.get()
  }

  private func copy(
    _ value: inout Value, to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    for target in targets {
      let writers = target.paths.map { path in
        let writer = workspace.tree.ledger.begin(
          .replacements, at: path.ofMatches.position, following: workspace.tree.writer(value.node),
          of: value.node, isSecret: value.isSecret)
        workspace.tree.noteRequest(
          writer, parts: [source.position, target.written.position, position])
        return writer
      }
      let places = try target.places(in: resources, &workspace)
      if places.isEmpty, let first = writers.first {
        workspace.noteIdle(
          .replacement(target.written, of: position, targets: targets.count), first)
      }
      let fields = zip(target.paths, writers).map { path, writer in
        ReplacedField(
          path: path, options: target.options, compatibility: workspace.compatibility,
          writer: writer)
      }
      let mayChangeID = target.paths.contains { $0.ofMatches.mayLeadToID }
      for index in places {
        for (place, path) in target.paths.enumerated() {
          let field = fields[place]
          let ignoredDelimiter =
            if path.ofMatches.holdsNotes {
              try writeOverNotes(of: index, field, &value, &resources, &workspace)
            } else {
              try write(field, of: index, path.ofMatches, value, &resources, &workspace)
            }
          if ignoredDelimiter {
            workspace.meet(.delimiterInEmbeddedText, at: path.ofMatches.position)
          }
        }
        if mayChangeID { resources.refreshID(at: index, &workspace) }
      }
    }
  }

  private func write(
    _ field: ReplacedField, of index: Int, _ path: FieldPath, _ value: Value,
    _ resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Bool {
    let root = resources[index].root
    // kustomize's notes have made a mapping of annotations that are null.
    if resources[index].hasNotes, path.entersAnnotations, workspace.tree.hasNullAnnotations(root) {
      _ = BuildNoteAnnotations.annotations(of: root, in: &workspace.tree)
    }
    return try field.write(value.node, to: root, in: &workspace.tree)
  }

  // MARK: - kustomize's notes

  /// Writes to a field that holds all annotations, kustomize's notes among them. What it knows of the object then is
  /// what stands there.
  private func writeOverNotes(
    of index: Int, _ field: ReplacedField, _ value: inout Value,
    _ resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Bool {
    let isSource = value.source == index
    let tracksOrigins =
      resources[index].origin != nil || value.source.map { resources[$0].origin != nil } ?? false
    let own =
      isSource ? nil : try BuildNoteAnnotations(on: resources[index], &workspace)
    let outcome = Result { () throws(Problem) in
      try field.write(value.node, to: resources[index].root, in: &workspace.tree)
    }
    if case .success = outcome {
      var resource = Resource(root: resources[index].root, id: resources[index].id)
      resource.variables = resources[index].variables
      try resource.readNotes(tracksOrigins: tracksOrigins, &workspace)
      resources.replace(at: index, with: resource)
      if workspace.history != nil {
        workspace.traceCopiedAnnotations(
          of: resource, from: value.source.map { resources[$0].root })
      }
    }
    own?.takeOut(of: resources[index].root, in: &workspace.tree)
    if isSource {
      value.isOverwritten = true
    } else {
      value.notes?.takeOut(of: resources[index].root, in: &workspace.tree)
    }
    return try outcome.get()
  }

  /// Takes the notes out of the source, where they have stood since they were looked for.
  private func takeNotes(
    of value: Value, outOf resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    guard let index = value.source, let notes = value.notes else { return }
    if value.isOverwritten {
      notes.takeOut(of: resources[index].root, in: &workspace.tree)
    } else {
      try notes.remove(from: &resources[index], restoresOwn: true, &workspace)
    }
  }

  // MARK: - The source

  /// The value to copy.
  ///
  /// kustomize keeps what it remembers of an object in the object's annotations. Where all of them are copied into
  /// the annotations of another object, that one gets the history of the source; where they are copied to any other
  /// field, the notes stand there and are printed. So the notes stand in the source as well, until all is copied.
  private struct Value {
    /// Without a delimiter it is the source's own, and changes with it.
    let node: NodeID
    /// The resource that holds the value, if that holds all annotations, and its notes.
    var source: Int?
    var notes: BuildNoteAnnotations?
    /// The source is a target as well, and its notes are those that it was given there.
    var isOverwritten = false
    /// It is the data of a secret, or was copied from there.
    var isSecret = false
  }

  private func value(
    in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Value {
    switch source {
    case .text(let text):
      return Value(node: workspace.tree.addScalar(text.text, tag: .unresolved, at: text.position))
    case .field(let source, let path):
      let index = try source.place(in: resources, &workspace)
      guard path.holdsNotes else {
        return try self.value(at: path, of: resources[index], source.options, &workspace)
      }
      AnnotationCleanup.makePlaceOfNotes(in: &resources[index], &workspace.tree)
      let notes = try BuildNoteAnnotations(on: resources[index], &workspace)
      do {
        var value = try self.value(at: path, of: resources[index], source.options, &workspace)
        (value.source, value.notes) = (index, notes)
        return value
      } catch {
        notes.takeOut(of: resources[index].root, in: &workspace.tree)
        throw error
      }
    }
  }

  private func value(
    at path: FieldPath, of resource: Resource, _ options: ReplacementOptions,
    _ workspace: inout Workspace
  ) throws(Problem) -> Value {
    let root = resource.root
    let found: NodeID?
    do { found = try OneMatch(path).find(below: root, in: workspace.tree) } catch {
      guard error.id == .pathLeadsElsewhere else { throw error }
      throw error.hinting(MissingFieldHint(path, of: root, in: workspace.tree).correction)
    }
    guard let found, !workspace.tree.isNullOrEmpty(found) else {
      let hint = MissingFieldHint(path, of: root, in: workspace.tree).correction
      throw .noSourceField(path, hint: hint, at: root, in: workspace.tree)
    }
    var value = Value(node: try refined(found, options, path, in: &workspace.tree))
    value.isSecret =
      path.leadsToData(ofKind: resource.id.type.kind)
      || workspace.tree.ledger.isSecret(workspace.tree.writer(found))
    return value
  }

  /// One part of the value, if the source has a delimiter (`getRefinedValue`). It is a new node,
  /// which targets cannot change.
  private func refined(
    _ value: NodeID, _ options: ReplacementOptions, _ path: FieldPath, in tree: inout Tree
  ) throws(Problem) -> NodeID {
    guard !options.delimiter.isEmpty else { return value }
    guard tree.shape(value) == .scalar else {
      throw .delimiterInCollection(path, at: value, in: tree)
    }
    let text = tree.bytes(value)
    let (part, count) = text.part(options.index, between: Array(options.delimiter.utf8))
    guard let part else {
      throw .noSuchPart(options.index, count, path, at: value, in: tree)
    }
    let copy = try tree.copy(value, for: path.position)
    tree.replaceText(of: copy, with: Array(text[part]), by: tree.writer(value))
    return copy
  }
}

// MARK: - Targets

extension ReplacementStep.Target {
  /// Without `fieldPaths` the name of the resource is meant.
  init(_ target: ReplacementTarget, symbols: inout SymbolTable) throws(Problem) {
    guard let select = target.select else { throw .noSelect(at: target.position) }
    self.select = try CompiledSelector(select, symbols: &symbols)
    var reject: [ReplacementStep.Rejection] = []
    for selector in target.reject {
      reject.append(
        ReplacementStep.Rejection(
          selector: try CompiledSelector(selector, symbols: &symbols),
          asksForID: selector.asksForID,
          asksForLabels: !selector.labelSelector.text.isEmpty
            || !selector.annotationSelector.text.isEmpty))
    }
    self.reject = reject
    let written =
      target.fieldPaths.isEmpty
      ? [Kustomization.Entry(text: ReplacementStep.defaultPath, position: target.position)]
      : target.fieldPaths
    paths = written.map { ReplacedField.Path($0, symbols: &symbols) }
    options = target.options
    self.written = target
  }

  /// The resources whose current or former ids are selected, and none of them rejected.
  fileprivate func places(
    in resources: Resources, _ workspace: inout Workspace
  ) throws(Problem) -> [Int] {
    let candidates =
      asksBadQuestions ? Array(resources.indices) : resources.candidates(for: select, &workspace)
    var result: [Int] = []
    for index in candidates where try selects(resources[index], in: workspace.tree) {
      result.append(index)
    }
    return result
  }

  /// A wrong label selector is an error whichever resources the rest selects.
  private var asksBadQuestions: Bool {
    ([select] + reject.map(\.selector)).contains { $0.labels.isFailed || $0.annotations.isFailed }
  }

  /// The order of questions is kustomize's, since each may be an error: labels, rejected labels,
  /// rejected ids, ids.
  private func selects(_ resource: Resource, in tree: Tree) throws(Problem) -> Bool {
    if select.asksForNoLabels, reject.isEmpty {
      return select.matchesAnyID(of: resource, tree.symbols)
    }
    guard try select.matchesLabels(of: resource, in: tree) else { return false }
    for rejection in reject where rejection.asksForLabels {
      if try rejection.selector.matchesLabels(of: resource, in: tree) { return false }
    }
    let isRejected = reject.contains {
      $0.asksForID && $0.selector.matchesAnyID(of: resource, tree.symbols)
    }
    return !isRejected && select.matchesAnyID(of: resource, tree.symbols)
  }
}

extension Tree {
  fileprivate func hasNullAnnotations(_ root: NodeID) -> Bool {
    guard let metadata = field(.metadata, of: root) else { return false }
    return field(.annotations, of: metadata).map { isNull($0) } ?? false
  }
}

extension FieldPath {
  /// Leads to the data of a Secret, which nobody is to see where values are shown.
  func leadsToData(ofKind kind: Symbol) -> Bool {
    let key = steps.first?.key
    return kind == .secret && (key == .data || key == .stringData)
  }

  /// Leads to what the id of an object is read from, or holds that.
  fileprivate var mayLeadToID: Bool {
    guard let first = steps.first, first.isKey else { return true }
    return first.key == .metadata || first.key == .kind || first.key == .apiVersion
      || first.key.isEmpty
  }

  /// Leads to the annotations of an object, or to one of them.
  fileprivate var entersAnnotations: Bool {
    steps.prefix(2).map(\.key) == [.metadata, .annotations]
  }

  /// Leads to what holds all annotations of an object.
  fileprivate var holdsNotes: Bool {
    switch steps.count {
    case 1: steps[0].key == .metadata
    case 2: entersAnnotations
    default: false
    }
  }
}

extension Selector {
  /// Says something about the id and not only about labels.
  fileprivate var asksForID: Bool {
    ![group, version, kind, name, namespace].allSatisfy { $0.text.isEmpty }
  }
}

extension CompiledSelector {
  fileprivate var asksForNoLabels: Bool { labels.isTrivial && annotations.isTrivial }
}

extension LabelCondition {
  /// Nothing is asked, and nothing wrong.
  fileprivate var isTrivial: Bool {
    if case .selector(let selector) = self { selector.requirements.isEmpty } else { false }
  }

  fileprivate var isFailed: Bool {
    if case .failed = self { true } else { false }
  }
}

extension CompiledSelector {
  /// Whether annotations and labels meet the conditions; the annotations are asked first, as in
  /// `matchesAnnoAndLabelSelector`.
  fileprivate func matchesLabels(of resource: Resource, in tree: Tree) throws(Problem) -> Bool {
    let metadata = tree.field(.metadata, of: resource.root)
    let own = metadata.flatMap { tree.field(.annotations, of: $0) }
    guard try annotations.matches(own, in: tree) else { return false }
    return try labels.matches(metadata.flatMap { tree.field(.labels, of: $0) }, in: tree)
  }

  /// Whether the id that a resource has, or one that it had, meets all conditions
  /// (utils/makeResIds.go).
  fileprivate func matchesAnyID(of resource: Resource, _ symbols: SymbolTable) -> Bool {
    resource.hasOrHadID { type, name, namespace in
      matchesType(type, symbols) && matchesName(name, in: symbols)
        && matchesNamespace(namespace, in: symbols)
    }
  }
}

extension Resource {
  /// Whether the condition holds for the id that the resource has or for one that it had. The namespace
  /// is that which is written.
  fileprivate func hasOrHadID(
    _ holds: (_ type: GroupVersionKind, _ name: Symbol, _ namespace: Symbol) -> Bool
  ) -> Bool {
    holds(id.type, id.name, id.namespace)
      || formerIDs.contains { holds(type(of: $0), $0.name, $0.namespace) }
  }
}

extension ReplacementSource {
  /// The one resource that is meant, by an id that it has or had.
  ///
  /// Names are compared whole, not as expressions as in targets. An empty condition is met by
  /// everything; no namespace and `default` are the same (kyaml/resid/resid.go `IsSelectedBy`).
  fileprivate func place(
    in resources: Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    func symbol(_ condition: Selector.Condition) -> Symbol {
      workspace.tree.symbols.intern(condition.text)
    }
    let type = GroupVersionKind(
      group: symbol(selector.group), version: symbol(selector.version),
      kind: symbol(selector.kind))
    let name = symbol(selector.name)
    let namespace = symbol(selector.namespace)
    func effective(_ namespace: Symbol) -> Symbol {
      namespace.isEmpty ? .defaultNamespace : namespace
    }
    let candidates =
      name.isEmpty ? Array(resources.indices) : resources.places(everNamed: name)
    workspace.counts.idLookUps += candidates.count
    var found: Int?
    for index in candidates {
      let isMeant = resources[index].hasOrHadID { ownType, ownName, ownNamespace in
        (name.isEmpty || ownName == name)
          && (namespace.isEmpty || effective(ownNamespace) == effective(namespace))
          && ownType.isSelected(by: type)
      }
      guard isMeant else { continue }
      if let found {
        throw .severalSources(
          self, workspace.tree.position(resources[found].root),
          workspace.tree.position(resources[index].root))
      }
      found = index
    }
    guard let found else { throw MissingSource(self, in: resources, workspace).problem }
    return found
  }
}

extension Problem {
  fileprivate static func incomplete(at position: Position) -> Problem {
    Problem(
      .replacementIncomplete, "replacements must specify a source and at least one target",
      at: position)
  }

  fileprivate static func twoSources(at position: Position) -> Problem {
    Problem(
      .replacementWithTwoSources, "a replacement cannot have both source and sourceValue",
      at: position)
  }

  fileprivate static func noSelect(at position: Position) -> Problem {
    Problem(
      .replacementWithoutSelect,
      "a target of replacements must say in select which resources it means",
      at: position)
  }

  fileprivate static func severalSources(
    _ source: ReplacementSource, _ first: Position, _ second: Position
  ) -> Problem {
    Problem(
      .replacementSourceAmbiguous,
      "several resources could be the source of this replacement: \(source.words)",
      at: source.position
    )
    .noting("the first is here", at: first)
    .noting("the second is here", at: second)
  }

  fileprivate static func noSourceField(
    _ path: FieldPath, hint: String?, at root: NodeID, in tree: Tree
  ) -> Problem {
    Problem(
      .replacementSourceFieldMissing,
      "the source of this replacement has nothing at '\(tree.symbols.string(path.text))'",
      at: path.position, hint: hint
    ).noting("the source is here", at: tree.position(root))
  }

  fileprivate static func noSuchPart(
    _ index: Int64, _ count: Int64, _ path: FieldPath, at value: NodeID, in tree: Tree
  ) -> Problem {
    Problem(
      .replacementPartMissing,
      "options.index is \(index), but the value at '\(tree.symbols.string(path.text))' has \(count) parts",
      at: path.position
    ).noting("the value is here", at: tree.position(value))
  }
}
