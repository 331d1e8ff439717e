/// Everything that a layer can do to its resources.
///
/// Closed, so that the compiler asks what a new one does.
enum Step: Sendable {
  case strategicPatches(StrategicPatchesStep)
  case patch(PatchStep)
  case jsonPatch(JSONPatchStep)
  case namespace(NamespaceStep)
  case affix(NameAffixStep)
  case entries(StringEntryStep)
  case replicas(ReplicaStep)
  case images(ImageStep)
  case replacement(ReplacementStep)
  case value(ValueAddStep)
  /// Hashes once more, before those at the top: only an object of `transformers` asks for it.
  case hashes
  case function(FunctionStep)

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
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

  /// The step does not mind resources of which an earlier patch has left nothing, so that a thousand
  /// patches that each delete one resource need not each go through all of them.
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
  case keyValues(Generator)
  case iamPolicy(IAMPolicy)
  case helm(HelmInflation)
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
