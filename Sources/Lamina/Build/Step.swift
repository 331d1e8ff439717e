/// Everything that a layer can do to its resources.
///
/// Closed, so that the compiler asks what a new one does.
///
/// Each case holds what the step needs, already read and checked; `apply` reads no files, but for
/// functions.
enum Step: Sendable {
  /// `patchesStrategicMerge`, or a PatchStrategicMergeTransformer.
  case strategicPatches(StrategicPatchesStep)
  /// An entry of `patches`, of either sort of patch, or a PatchTransformer.
  case patch(PatchStep)
  /// An entry of `patchesJson6902`, or a PatchJson6902Transformer.
  case jsonPatch(JSONPatchStep)
  /// `namespace`, or a NamespaceTransformer.
  case namespace(NamespaceStep)
  /// `namePrefix` or `nameSuffix`, or a PrefixTransformer or SuffixTransformer.
  case affix(NameAffixStep)
  /// Labels or annotations: `labels`, `commonLabels`, `commonAnnotations` or their transformers.
  case entries(StringEntryStep)
  /// An entry of `replicas`, or a ReplicaCountTransformer.
  case replicas(ReplicaStep)
  /// All entries of `images`, or an ImageTagTransformer.
  case images(ImageStep)
  /// An entry of `replacements`, or of a ReplacementTransformer.
  case replacement(ReplacementStep)
  /// One target of a ValueAddTransformer; no field of kustomizations makes it.
  case value(ValueAddStep)
  /// Hashes once more, before those at the top: only an object of `transformers` asks for it.
  case hashes
  /// A program of the user's, listed under `transformers`.
  case function(FunctionStep)

  /// Does the step to all resources of the layer, those of the layers below included.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    if !isJSONPatch { workspace.jsonTrips.forgetAll() }
    switch self {
    case .strategicPatches(let step): try step.apply(to: &resources, &workspace)
    case .patch(let step): try step.apply(to: &resources, &workspace)
    case .jsonPatch(let step): try step.apply(to: &resources, &workspace)
    case .namespace(let step): try step.apply(to: &resources, &workspace)
    case .affix(let step): try step.apply(to: &resources, &workspace)
    case .entries(let step): try step.apply(to: &resources, &workspace)
    case .replicas(let step): try step.apply(to: &resources, &workspace)
    case .images(let step): try step.apply(to: &resources, &workspace)
    case .replacement(let step): try step.apply(to: &resources, &workspace)
    case .value(let step): try step.apply(to: &resources, &workspace)
    case .hashes: try NameHashes.apply(to: &resources, &workspace)
    case .function(let step): try step.transform(&resources, &workspace)
    }
  }

  private var isJSONPatch: Bool {
    switch self {
    case .jsonPatch: true
    case .patch(let step): step.isJSON
    default: false
    }
  }

  /// The step does not mind resources of which an earlier patch has left nothing, so that a thousand
  /// patches that each delete one resource need not each go through all of them.
  ///
  /// Kustomize drops such resources after every transformer (internal/target/multitransformer.go).
  var passesOverEmpty: Bool {
    switch self {
    case .strategicPatches: true
    case .patch(let step): step.findsByID
    default: false
    }
  }
}

/// Everything that can add resources to a layer, besides files and other layers.
enum GeneratorStep: Sendable {
  /// An entry of `configMapGenerator` or `secretGenerator`, or an object of their kinds.
  case keyValues(Generator)
  /// An IAMPolicyGenerator, which only `generators` can list.
  case iamPolicy(IAMPolicy)
  /// An entry of `helmCharts`, or a HelmChartInflationGenerator.
  case helm(HelmInflation)
  /// A program of the user's, listed under `generators`.
  case function(FunctionStep)

  /// The step runs no program of the user's, which might write what a later step reads.
  var isBuiltIn: Bool { if case .function = self { false } else { true } }

  /// The chart that helm is run for, if the step is one.
  var chart: HelmInflation? { if case .helm(let chart) = self { chart } else { nil } }

  /// - Parameter origin: what the resources get that do not say themselves where they come from.
  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    switch self {
    case .keyValues(let step): try step.apply(to: &resources, origin: origin, &workspace)
    case .iamPolicy(let step): try step.apply(to: &resources, origin: origin, &workspace)
    case .helm(let step): try step.apply(to: &resources, origin: origin, &workspace)
    case .function(let step): try step.generate(into: &resources, origin: origin, &workspace)
    }
  }
}
