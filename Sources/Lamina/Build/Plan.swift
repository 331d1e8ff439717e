/// What a layer does to its resources, in order.
///
/// The order is kustomize's (internal/target/kusttarget_configplugin.go
/// `configureBuiltinTransformers`), whatever the order of the fields in the file.
enum Plan {
  /// A step or some, and the built-in transformer that kustomize makes of them.
  typealias Entry = (kind: BuiltInKind, steps: [Step])

  static func entries(
    of layer: Layer, _ configuration: TransformerConfiguration, _ compatibility: Compatibility,
    symbols: inout SymbolTable
  ) throws(Problem) -> [Entry] {
    let kustomization = layer.kustomization
    var entries: [Entry] = []
    var mistakes = Mistakes()
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

  private static func strategicPatches(_ layer: Layer) -> [Step] {
    let patches = layer.patches.strategicMerge
    return patches.isEmpty ? [] : [.strategicPatches(StrategicPatchesStep(patches: patches))]
  }

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

  private static func commonAnnotations(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    entries(.annotations, kustomization.commonAnnotations, configuration.commonAnnotations)
  }

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

  private static func replicas(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    kustomization.replicas.map {
      .replicas(ReplicaStep(change: $0, fields: configuration.replicas))
    }
  }

  /// kustomize has a transformer for each image; the first does the work of all.
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
