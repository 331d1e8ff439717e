/// What kustomize counts as one transformer: the steps of one entry of a kustomization, or of one
/// object of `transformers`. Each is noted on all resources if `buildMetadata` asks for it.
struct Transformer: Sendable {
  /// Several where we split what kustomize does in one: replacements, a prefix with a suffix.
  let steps: [Step]
  /// Nil for an object of which nobody knows where it came from.
  let origin: OriginID?
  /// The path of the kustomization file.
  let path: String

  /// The same with a step for each of several patches: one that finds nothing ends its step.
  var singleSteps: [Step] {
    steps.flatMap { step -> [Step] in
      switch step {
      case .strategicPatches(let all):
        all.patches.map { .strategicPatches(StrategicPatchesStep(patches: [$0])) }
      case .patch(let all): all.single.map { .patch($0) }
      default: [step]
      }
    }
  }

  /// Does one of the steps.
  ///
  /// What earlier patches have left nothing of is dropped before any step but those that do not
  /// mind (`Step.passesOverEmpty`); the layer drops the rest at its end.
  func apply(
    _ step: Step, to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    try Cancellation.check(workspace.watch)
    if !step.passesOverEmpty { resources.removeEmpty(in: workspace.tree) }
    try step.apply(to: &resources, &workspace)
    workspace.tree.ledger.end()
    try workspace.tree.checkSize(at: .none, path: path)
  }

  /// Notes the transformer on all resources, if the build was asked for it.
  ///
  /// `AnnotationCleanup` does to the other annotations what writing one of them does in kustomize.
  func note(on resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    guard let origin else { return }
    workspace.jsonTrips.forgetAll()
    let annotations = AnnotationCleanup()
    for index in resources.indices {
      // The note is an annotation in kustomize, and all of them are written anew with it.
      let root = resources[index].root
      // What a patch has deleted gets no notes, and is taken out before the next step.
      if workspace.tree.isNullOrEmpty(root) { continue }
      let metadata = workspace.tree.field(.metadata, of: root)
      let isTwice =
        workspace.history != nil
        && metadata.map { workspace.tree.hasFieldTwice(.annotations, of: $0) } ?? false
      try annotations.apply(to: root, in: &workspace.tree)
      // A resource that has no origin counts as made by the transformer (resmap/reswrangler.go
      // `AddTransformerAnnotation`).
      if resources[index].origin == nil {
        resources[index].origin = origin
      } else {
        resources[index].transformations.append(origin)
      }
      if workspace.history != nil {
        try workspace.traceRewriting(of: resources[index], isUnknown: isTwice)
      }
    }
  }
}
