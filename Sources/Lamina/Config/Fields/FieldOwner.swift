/// The kinds of mappings that have fields: the files that are read, and the mappings in them.
///
/// An owner can be named in a row (`FieldShape.object`), which a generic type cannot, so that
/// tables of nested mappings are data.
package enum FieldOwner: String, CaseIterable, Sendable {
  // Files.
  case kustomization
  case configuration
  case replacement
  case valueTargets
  case project
  case baseline

  // Mappings of a kustomization.
  case metadata
  case openapi
  case labels
  case patch
  case patchOptions
  case selector
  case sortOptions
  case legacySortOptions
  case configMapGenerator
  case secretGenerator
  case generatorOptions
  case helmChart
  case helmGlobals
  case formerHelmChart
  case variable
  case variableObject
  case variableField
  case image
  case replica
  case replacementEntry
  case replacementSource
  case replacementTarget
  case replacementOptions

  // Mappings of other files.
  case fieldSpec
  case nameReference
  case diff
  case golden
  case lint
  case lintIgnore
  case baselineFinding

  // Objects of `generators`, `transformers` and `validators`, and mappings in them.
  case annotationsTransformer
  case labelTransformer
  case imageTransformer
  case replicasTransformer
  case namespaceTransformer
  case prefixTransformer
  case suffixTransformer
  case prefixAndSuffixTransformer
  case patchTransformer
  case jsonPatchTransformer
  case strategicPatchTransformer
  case replacementTransformer
  case valueTransformer
  case valueTarget
  case hashTransformer
  case configMapObject
  case secretObject
  case helmChartObject
  case iamPolicy
  case iamKubernetesService
  case iamServiceAccount

  // What says how a function or a plugin is run.
  case function
  case container
  case mount
  case exec
  case plugin
}

extension FieldOwner {
  /// The rows of the mapping's fields, in the order in which an edit writes them.
  package var rows: [FieldRow] { objectKind == nil ? ownRows : ObjectField.rows + ownRows }

  /// One enum may serve several owners; what an owner does not have is left out by name.
  private var ownRows: [FieldRow] {
    switch self {
    case .kustomization: KustomizationField.rows
    case .configuration: ConfigurationField.rows
    case .replacement: ReplacementField.rows.filter { $0.name != ReplacementField.path.rawValue }
    case .valueTargets: ValueTargetListField.rows
    case .project: ProjectField.rows
    case .metadata: MetadataField.rows
    case .openapi: OpenAPIField.rows
    case .labels: LabelField.rows
    case .patch: PatchField.rows
    case .patchOptions: PatchOptionField.rows
    case .selector: SelectorField.rows
    case .sortOptions: SortField.rows
    case .legacySortOptions: LegacySortField.rows
    case .configMapGenerator:
      GeneratorField.rows.filter { $0.name != GeneratorField.type.rawValue }
    case .secretGenerator: GeneratorField.rows
    case .generatorOptions: GeneratorOptionField.rows
    case .helmChart: HelmChartField.rows
    case .helmGlobals: HelmGlobalField.rows
    case .formerHelmChart: FormerHelmChartField.rows
    case .variable: VariableField.rows
    case .variableObject: VariableObjectField.rows
    case .variableField: VariablePathField.rows
    case .image: ImageField.rows
    case .replica: ReplicaField.rows
    case .replacementEntry: ReplacementField.rows
    case .replacementSource: ReplacementSourceField.rows
    case .replacementTarget: ReplacementTargetField.rows
    case .replacementOptions: ReplacementOptionField.rows
    case .fieldSpec: FieldSpecField.rows
    case .nameReference: NameReferenceField.rows
    case .diff: DiffField.rows
    case .golden: GoldenField.rows
    case .lint: LintField.rows
    case .lintIgnore: LintIgnoreField.rows
    case .baseline: BaselineField.rows
    case .baselineFinding: BaselineFindingField.rows
    case .annotationsTransformer: AnnotationsTransformerField.rows
    case .labelTransformer: LabelTransformerField.rows
    case .imageTransformer: ImageTransformerField.rows
    case .replicasTransformer: ReplicasTransformerField.rows
    case .namespaceTransformer: NamespaceTransformerField.rows
    case .prefixTransformer: AffixTransformerField.rows.filter { $0.name != "suffix" }
    case .suffixTransformer: AffixTransformerField.rows.filter { $0.name != "prefix" }
    case .prefixAndSuffixTransformer: AffixTransformerField.rows
    case .patchTransformer: PatchTransformerField.rows.filter { $0.name != "jsonOp" }
    case .jsonPatchTransformer:
      PatchTransformerField.rows.filter { $0.name != "patch" && $0.name != "options" }
    case .strategicPatchTransformer: StrategicPatchTransformerField.rows
    case .replacementTransformer: ReplacementTransformerField.rows
    case .valueTransformer: ValueTransformerField.rows
    case .valueTarget: ValueTargetField.rows
    case .hashTransformer: []
    case .configMapObject:
      GeneratorField.rows.filter { $0.name != GeneratorField.type.rawValue }
    case .secretObject: GeneratorField.rows
    case .helmChartObject: HelmChartField.rows + HelmGlobalField.rows
    case .iamPolicy: IAMPolicyField.rows
    case .iamKubernetesService: IAMKubernetesServiceField.rows
    case .iamServiceAccount: IAMServiceAccountField.rows
    case .function: FunctionField.rows
    case .container: ContainerField.rows
    case .mount: MountField.rows
    case .exec: ExecField.rows
    case .plugin: PluginField.rows
    }
  }

  /// The kind of the objects that have these fields; nil where the mapping is no object of
  /// `generators`, `transformers` or `validators`.
  ///
  /// Asked by editors and the JSON Schema to tell objects apart.
  package var objectKind: String? {
    BuiltInKind.allCases.first { $0.fields == self }?.rawValue
  }
}

extension BuiltInKind {
  /// The kind's part of the field table.
  var fields: FieldOwner {
    switch self {
    case .annotations: .annotationsTransformer
    case .configMap: .configMapObject
    case .hash: .hashTransformer
    case .helmChart: .helmChartObject
    case .iamPolicy: .iamPolicy
    case .image: .imageTransformer
    case .label: .labelTransformer
    case .namespace: .namespaceTransformer
    case .jsonPatch: .jsonPatchTransformer
    case .strategicPatches: .strategicPatchTransformer
    case .patch: .patchTransformer
    case .prefixAndSuffix: .prefixAndSuffixTransformer
    case .prefix: .prefixTransformer
    case .replacement: .replacementTransformer
    case .replicas: .replicasTransformer
    case .secret: .secretObject
    case .suffix: .suffixTransformer
    case .value: .valueTransformer
    }
  }
}
