/// What a layer does to its resources, in order.
///
/// The order is kustomize's (internal/target/kusttarget_configplugin.go
/// `configureBuiltinTransformers`), whatever the order of the fields in the file.
///
/// An entry that fails leaves the others to be looked at, so that the selectors of a layer are all
/// checked before anything is done.
enum Plan {
  /// A step or some, and the built-in transformer that kustomize makes of them.
  typealias Entry = (kind: BuiltInKind, steps: [Step])

  /// The entries of a layer, in the order in which they are done.
  ///
  /// - Parameters:
  ///   - configuration: the fields that steps write to, those of the layers below included.
  ///   - compatibility: `labels` differ between releases of kustomize.
  ///   - symbols: selectors and paths are interned here.
  static func entries(
    of layer: Layer, _ configuration: TransformerConfiguration, _ compatibility: Compatibility,
    symbols: inout SymbolTable
  ) throws(Problem) -> [Entry] {
    let kustomization = layer.kustomization
    var entries: [Entry] = []
    var mistakes = Mistakes()
    // One entry for each step: `buildMetadata` counts transformers, and kustomize makes one for
    // each patch, replica or namespace.
    func add(_ kind: BuiltInKind, _ steps: [Step]) { entries += steps.map { (kind, [$0]) } }
    add(.strategicPatches, strategicPatches(layer))
    add(.patch, try patches(layer, &symbols, &mistakes))
    add(.namespace, namespace(kustomization, configuration))
    add(.prefix, affix(.prefix, kustomization.namePrefix, configuration.namePrefix))
    add(.suffix, affix(.suffix, kustomization.nameSuffix, configuration.nameSuffix))
    entries += try labels(kustomization, configuration, compatibility, &symbols)
    add(.annotations, commonAnnotations(kustomization, configuration))
    entries += try jsonPatches(layer, &symbols, &mistakes)
    add(.replicas, replicas(kustomization, configuration))
    entries += images(kustomization, configuration)
    entries += try replacements(layer, &symbols, &mistakes)
    try mistakes.check()
    return entries
  }

  /// `patchesStrategicMerge`: one step for all of them, since kustomize makes one transformer of
  /// the list.
  private static func strategicPatches(_ layer: Layer) -> [Step] {
    let patches = layer.patches.strategicMerge
    return patches.isEmpty ? [] : [.strategicPatches(StrategicPatchesStep(patches: patches))]
  }

  /// `patches`, one step for each. The kustomization has the arguments, the layer the patches that
  /// were read for them, at the same index.
  private static func patches(
    _ layer: Layer, _ symbols: inout SymbolTable, _ mistakes: inout Mistakes
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    for (arguments, patch) in zip(layer.kustomization.patches, layer.patches.patches) {
      try mistakes.collect { () throws(Problem) in
        let target = try arguments.target.map { (selector) throws(Problem) in
          try CompiledSelector(selector, symbols: &symbols)
        }
        steps.append(.patch(PatchStep(patch: patch, target: target, arguments: arguments)))
      }
    }
    return steps
  }

  /// `patchesJson6902`. An entry without a target does nothing, but counts as a transformer.
  private static func jsonPatches(
    _ layer: Layer, _ symbols: inout SymbolTable, _ mistakes: inout Mistakes
  ) throws(Problem) -> [Entry] {
    var entries: [Entry] = []
    for (arguments, patch) in zip(layer.kustomization.patchesJson6902, layer.patches.json6902) {
      var steps: [Step] = []
      if let selector = arguments.target {
        try mistakes.collect { () throws(Problem) in
          let target = try CompiledSelector(selector, symbols: &symbols)
          steps.append(
            .jsonPatch(
              JSONPatchStep(patch: patch, target: target, arguments: arguments)))
        }
      }
      entries.append((.jsonPatch, steps))
    }
    return entries
  }

  /// `replacements`: one transformer for all.
  private static func replacements(
    _ layer: Layer, _ symbols: inout SymbolTable, _ mistakes: inout Mistakes
  ) throws(Problem) -> [Entry] {
    if layer.kustomization.replacements.isEmpty { return [] }
    var steps: [Step] = []
    for replacement in layer.replacements {
      try mistakes.collect { () throws(Problem) in
        steps.append(.replacement(try ReplacementStep(replacement, symbols: &symbols)))
      }
    }
    return [(.replacement, steps)]
  }

  /// Nil stands for no field and for an empty one.
  private static func namespace(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    guard let namespace = kustomization.namespace else { return [] }
    return [
      .namespace(
        NamespaceStep(
          namespace: namespace.text, fields: configuration.namespace, position: namespace.position))
    ]
  }

  /// `namePrefix` or `nameSuffix`.
  private static func affix(
    _ side: NameAffixStep.Side, _ entry: Kustomization.Entry?, _ fields: [FieldSpec]
  ) -> [Step] {
    guard let entry else { return [] }
    return [
      .affix(NameAffixStep(side: side, text: entry.text, fields: fields, position: entry.position))
    ]
  }

  /// The entries of `labels`, then `commonLabels`, which kustomize makes a transformer of even where it
  /// is `labels` only that says something.
  private static func labels(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration,
    _ compatibility: Compatibility, _ symbols: inout SymbolTable
  ) throws(Problem) -> [Entry] {
    var result: [Entry] = []
    for set in kustomization.labels {
      let fields = try fields(of: set, configuration, compatibility, &symbols)
      // Noted so that the step can warn about labels that a later release leaves out.
      let labelsClaims = set.includesClaimsOnlyInStable && compatibility == .stable
      result.append(
        (
          .label,
          entries(
            .labels, set.pairs, fields, labelsClaimsAsStable: labelsClaims, at: set.position)
        ))
    }
    let common = entries(.labels, kustomization.commonLabels, configuration.commonLabels)
    if !result.isEmpty || !common.isEmpty { result.append((.label, common)) }
    return result
  }

  /// The fields that an entry of `labels` asks for, its own first.
  private static func fields(
    of set: LabelSet, _ configuration: TransformerConfiguration, _ compatibility: Compatibility,
    _ symbols: inout SymbolTable
  ) throws(Problem) -> [FieldSpec] {
    var fields = set.fields.map { FieldSpec($0, symbols: &symbols) }
    var wanted = configuration.labels
    if set.includeSelectors {
      wanted += configuration.commonLabels
    } else {
      if set.includeTemplates { wanted += configuration.templateLabels }
      // v5.8.1 has no field for claim templates, and labels them with the pod templates.
      let isStable = compatibility == .stable
      if set.includeVolumeClaimTemplates ?? (set.includeTemplates && isStable) {
        wanted += configuration.volumeClaimTemplateLabels
      }
      let own = FieldPath(fieldSpec: "metadata/labels", symbols: &symbols)
      wanted.append(FieldSpec(type: .any, path: own, create: true))
    }
    if let conflict = fields.merge(wanted) {
      throw .conflictingFields(
        symbols.string(conflict.path.text), at: set.fields.first?.position ?? .none)
    }
    return fields
  }

  /// `commonAnnotations`, which go to pod templates as well (the field specs say so).
  private static func commonAnnotations(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    entries(.annotations, kustomization.commonAnnotations, configuration.commonAnnotations)
  }

  /// A step that writes labels or annotations; none without pairs.
  private static func entries(
    _ kind: Ledger.Kind, _ pairs: [Pair], _ fields: [FieldSpec],
    labelsClaimsAsStable: Bool = false, at position: Position = .none
  ) -> [Step] {
    if pairs.isEmpty { return [] }
    return [
      .entries(
        StringEntryStep(
          kind: kind, entries: pairs, fields: fields, labelsClaimsAsStable: labelsClaimsAsStable,
          position: position))
    ]
  }

  /// `replicas`, one step for each: two entries may select the same resource, and the last wins.
  private static func replicas(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    kustomization.replicas.map {
      .replicas(ReplicaStep(change: $0, fields: configuration.replicas))
    }
  }

  /// kustomize has a transformer for each image; the first does the work of all.
  ///
  /// The entries without steps keep the number of transformers that `buildMetadata` notes.
  private static func images(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Entry] {
    if kustomization.images.isEmpty { return [] }
    let updates = ImageStep(kustomization.images, fields: configuration.images)
    let others = kustomization.images.dropFirst().map { _ in (BuiltInKind.image, [Step]()) }
    return [(.image, [.images(updates)])] + others
  }
}

extension Problem {
  fileprivate static func conflictingFields(_ path: String, at position: Position) -> Problem {
    Problem(
      .conflictingLabelFields,
      "failed to merge labels: conflicting fieldspecs for \"\(path)\"", at: position,
      hint: "the default of this path has another 'create'")
  }
}
