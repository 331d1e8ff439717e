/// What a layer does to its resources, in order.
///
/// The order is kustomize's (internal/target/kusttarget_configplugin.go
/// `configureBuiltinTransformers`), whatever the order of the fields in the file.
enum Plan {
  static func steps(
    of layer: Layer, _ configuration: TransformerConfiguration, symbols: inout SymbolTable
  ) throws(Problem) -> [Step] {
    let kustomization = layer.kustomization
    var steps: [Step] = []
    steps += strategicPatches(layer)
    steps += try patches(layer, &symbols)
    steps += namespace(kustomization, configuration)
    steps += affix(.prefix, kustomization.namePrefix, configuration.namePrefix)
    steps += affix(.suffix, kustomization.nameSuffix, configuration.nameSuffix)
    steps += try labels(kustomization, configuration, &symbols)
    steps += commonLabels(kustomization, configuration)
    steps += commonAnnotations(kustomization, configuration)
    steps += try jsonPatches(layer, &symbols)
    steps += replicas(kustomization, configuration)
    steps += images(kustomization, configuration)
    steps += try replacements(layer, &symbols)
    return steps
  }

  private static func strategicPatches(_ layer: Layer) -> [Step] {
    let patches = layer.patches.strategicMerge
    return patches.isEmpty ? [] : [.strategicPatches(StrategicPatchesStep(patches: patches))]
  }

  private static func patches(
    _ layer: Layer, _ symbols: inout SymbolTable
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    for (arguments, patch) in zip(layer.kustomization.patches, layer.patches.patches) {
      let target = try arguments.target.map { (selector) throws(Problem) in
        try CompiledSelector(selector, symbols: &symbols)
      }
      steps.append(.patch(PatchStep(patch: patch, target: target, arguments: arguments)))
    }
    return steps
  }

  private static func jsonPatches(
    _ layer: Layer, _ symbols: inout SymbolTable
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    for (arguments, patch) in zip(layer.kustomization.patchesJson6902, layer.patches.json6902) {
      guard let selector = arguments.target else { continue }
      let target = try CompiledSelector(selector, symbols: &symbols)
      steps.append(.jsonPatch(JSONPatchStep(patch: patch, target: target)))
    }
    return steps
  }

  private static func replacements(
    _ layer: Layer, _ symbols: inout SymbolTable
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    for replacement in layer.replacements {
      steps.append(.replacement(try ReplacementStep(replacement, symbols: &symbols)))
    }
    return steps
  }

  private static func namespace(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    guard let namespace = kustomization.namespace else { return [] }
    return [
      .namespace(
        NamespaceChange(
          namespace: namespace.text, fields: configuration.namespace, position: namespace.position))
    ]
  }

  private static func affix(
    _ side: NameAffix.Side, _ entry: Kustomization.Entry?, _ fields: [FieldSpec]
  ) -> [Step] {
    guard let entry else { return [] }
    return [
      .affix(NameAffix(side: side, text: entry.text, fields: fields, position: entry.position))
    ]
  }

  private static func labels(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration,
    _ symbols: inout SymbolTable
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    for set in kustomization.labels {
      let fields = try fields(of: set, configuration, &symbols)
      if !set.pairs.isEmpty {
        steps.append(.entries(StringEntries(entries: set.pairs, fields: fields)))
      }
    }
    return steps
  }

  /// The fields that an entry of `labels` asks for, its own first.
  private static func fields(
    of set: LabelSet, _ configuration: TransformerConfiguration, _ symbols: inout SymbolTable
  ) throws(Problem) -> [FieldSpec] {
    var fields = set.fields.map { FieldSpec($0, symbols: &symbols) }
    var wanted = configuration.labels
    if set.includeSelectors {
      wanted += configuration.commonLabels
    } else {
      if set.includeTemplates { wanted += configuration.templateLabels }
      // v5.8.1 knows no field for claim templates, and labels them with the pod templates.
      if set.includeVolumeClaimTemplates ?? set.includeTemplates {
        wanted += configuration.volumeClaimTemplateLabels
      }
      let own = FieldPath("metadata/labels", symbols: &symbols)
      wanted.append(FieldSpec(type: .any, path: own, create: true))
    }
    if let conflict = fields.merge(wanted) {
      throw .conflictingFields(
        symbols.string(conflict.path.text), at: set.fields.first?.position ?? .none)
    }
    return fields
  }

  private static func commonLabels(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    entries(kustomization.commonLabels, configuration.commonLabels)
  }

  private static func commonAnnotations(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    entries(kustomization.commonAnnotations, configuration.commonAnnotations)
  }

  private static func entries(_ pairs: [Pair], _ fields: [FieldSpec]) -> [Step] {
    pairs.isEmpty ? [] : [.entries(StringEntries(entries: pairs, fields: fields))]
  }

  private static func replicas(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    kustomization.replicas.map {
      .replicas(ReplicaCount(change: $0, fields: configuration.replicas))
    }
  }

  private static func images(
    _ kustomization: Kustomization, _ configuration: TransformerConfiguration
  ) -> [Step] {
    kustomization.images.map { .images(ImageUpdate($0, fields: configuration.images)) }
  }
}

extension Problem {
  fileprivate static func conflictingFields(_ path: String, at position: Position) -> Problem {
    Problem(
      .invalidKustomization,
      "failed to merge labels: conflicting fieldspecs for \"\(path)\"", at: position,
      hint: "the default of this path has another 'create'")
  }
}
