/// `patches`: a strategic merge or a JSON patch for the resources that a target selects, or for the
/// one whose id the patch has (builtins/PatchTransformer.go).
struct PatchStep: Sendable {
  /// Strategic merges or a JSON patch, found out when the patch was read.
  let patch: LoadedPatch
  /// Nil where the entry has no `target`.
  let target: CompiledSelector?
  /// The entry as it was written: options, and places for messages.
  let arguments: PatchArguments

  /// A target that selects nothing is no error, as in kustomize; lint can report it (`noteIdle`).
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let writer = workspace.tree.ledger.begin(.patches, at: arguments.position)
    let isIdle =
      switch patch {
      case .json(let patch): try apply(patch, to: &resources, &workspace)
      case .strategic(let patches): try apply(patches, to: &resources, &workspace)
      }
    guard isIdle, let selector = arguments.target else { return }
    workspace.noteIdle(.patch(selector, objects: patch.objects), writer)
  }

  var isJSON: Bool { if case .json = patch { true } else { false } }

  /// A step for each of several patches that find their resources by themselves.
  var single: [PatchStep] {
    guard target == nil, case .strategic(let patches) = patch, patches.count > 1 else {
      return [self]
    }
    return patches.map {
      PatchStep(patch: .strategic([$0]), target: nil, arguments: arguments)
    }
  }

  /// The patches say themselves which resources they are for.
  var findsByID: Bool {
    if case .strategic = patch { target == nil } else { false }
  }

  // MARK: - Strategic merges

  /// `options.allowNameChange` and `allowKindChange`.
  private var permissions: PatchPermissions {
    var permissions: PatchPermissions = []
    if arguments.allowNameChange { permissions.insert(.nameChange) }
    if arguments.allowKindChange { permissions.insert(.kindChange) }
    return permissions
  }

  /// True if a target selects no resource.
  private func apply(
    _ patches: [StrategicPatch], to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Bool {
    guard let target else {
      for patch in patches {
        let patch = try patch.noting(permissions, hasTarget: false, &workspace.tree)
        let index = try StrategicMergeTarget.find(patch, in: resources, &workspace)
        workspace.notePatch(at: patch.resource.root, of: [index], in: resources)
        try StrategicMergeTarget(index: index, permissions: patch.resource.permissions)
          .merge(patch.resource.root, in: &resources, &workspace)
      }
      return false
    }
    if patches.count > 1 { throw .severalPatchesWithTarget(arguments) }
    guard let patch = patches.first else { return false }
    let noted = try patch.noting(permissions, hasTarget: true, &workspace.tree)
    let fitting = try StrategicMergeTarget.fitting(noted, &workspace.tree)
    let selected = try resources.selected(by: target, &workspace)
    workspace.notePatch(at: patch.resource.root, of: selected, in: resources)
    for index in selected {
      let mark = selected.count < Self.manyObjects ? nil : workspace.markForGivingBack()
      let copy = try workspace.tree.copy(fitting, for: workspace.tree.position(fitting))
      try StrategicMergeTarget(index: index, permissions: noted.resource.permissions)
        .merge(fitting: copy, in: &resources, &workspace)
      workspace.tree.giveBack(since: mark, exceptIn: resources[index].root)
    }
    return selected.isEmpty
  }

  /// Of copies for fewer objects it is not worth a walk through each to give back what it has not taken in.
  private static let manyObjects = 16

  // MARK: - JSON patches

  /// True if the target selects no resource.
  private func apply(
    _ patch: JSONPatch, to resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Bool {
    if patch.operations.isEmpty, target == nil { return false }
    guard let target else { throw .jsonPatchWithoutTarget(at: patch.position) }
    let selected = try resources.selected(by: target, &workspace)
    workspace.notePatch(at: patch, of: selected, in: resources)
    try resources.apply(patch, atAll: selected, remembersID: true, &workspace)
    return selected.isEmpty
  }
}

/// `patchesStrategicMerge`: strategic merges, each for the resource whose id it has.
struct StrategicPatchesStep: Sendable {
  let patches: [StrategicPatch]

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    for patch in patches {
      _ = workspace.tree.ledger.begin(.patchesStrategicMerge, at: patch.asked)
      let index = try StrategicMergeTarget.find(patch, in: resources, &workspace)
      workspace.notePatch(at: patch.resource.root, of: [index], in: resources)
      // This goes through `ApplySmPatch` of the resource list as well, which changes the patch's
      // metadata before it merges.
      let fitting = try StrategicMergeTarget.fitting(patch, &workspace.tree)
      try StrategicMergeTarget(index: index, permissions: patch.resource.permissions)
        .merge(fitting: fitting, in: &resources, &workspace)
    }
  }
}

/// `patchesJson6902`: a JSON patch for the resources that its target selects.
struct JSONPatchStep: Sendable {
  let patch: JSONPatch
  /// Always there: entries without one become no step (`Plan`).
  let target: CompiledSelector
  let arguments: PatchArguments

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let writer = workspace.tree.ledger.begin(.patchesJson6902, at: arguments.position)
    let selected = try resources.selected(by: target, &workspace)
    workspace.notePatch(at: patch, of: selected, in: resources)
    try resources.apply(patch, atAll: selected, remembersID: false, &workspace)
    guard selected.isEmpty, let selector = arguments.target else { return }
    workspace.noteIdle(.patch(selector, objects: []), writer)
  }
}

extension Workspace {
  /// Remembers whose patch a text is: where that is a Secret, messages must not show it, and it need not say so itself.
  fileprivate mutating func notePatch(
    at root: NodeID, of places: [Int], in resources: Resources
  ) {
    noteUse(ofPatchAt: tree.position(root), places, resources)
    guard places.contains(where: { resources[$0].id.type.kind == .secret }) else { return }
    sources.notePatchOfSecret(at: tree.position(root))
  }

  fileprivate mutating func notePatch(
    at patch: JSONPatch, of places: [Int], in resources: Resources
  ) {
    noteUse(ofPatchAt: patch.position, places, resources)
    guard !patch.operations.isEmpty,
      places.contains(where: { resources[$0].id.type.kind == .secret })
    else { return }
    sources.notePatchOfSecret(at: patch.position)
  }

  private mutating func noteUse(
    ofPatchAt position: Position, _ places: [Int], _ resources: Resources
  ) {
    if patchUses == nil { return }
    patchUses?.append(PatchUse(position: position, roots: places.map { resources[$0].root }))
  }
}

extension Resources {
  /// The resources that a selector means.
  ///
  /// - Returns: places, rising.
  func selected(
    by selector: CompiledSelector, _ workspace: inout Workspace
  ) throws(Problem) -> [Int] {
    var result: [Int] = []
    for index in candidates(for: selector, &workspace) {
      // Most selectors ask for a kind, and to hold all of a resource to them needs a copy of it.
      guard selector.matchesType(self[index].id.type, workspace.tree.symbols),
        try selector.matches(self[index], in: workspace.tree)
      else { continue }
      result.append(index)
    }
    return result
  }

  /// The resources that may have or have had the name that a selector asks for, if it is just one.
  func candidates(for selector: CompiledSelector, _ workspace: inout Workspace) -> [Int] {
    let candidates = selector.onlyName.map { places(everNamed: $0) } ?? Array(indices)
    workspace.counts.idLookUps += candidates.count
    return candidates
  }
}

extension Problem {
  fileprivate static func severalPatchesWithTarget(_ arguments: PatchArguments) -> Problem {
    let position = arguments.target?.position ?? arguments.position
    let problem = Problem(
      .severalPatchesWithTarget,
      "several strategic merge patches in one entry of patches cannot have a target",
      at: position, hint: "give each patch an entry of its own")
    return arguments.target == nil ? problem : problem.atKey(PatchField.target.rawValue)
  }

  fileprivate static func jsonPatchWithoutTarget(at position: Position) -> Problem {
    Problem(
      .jsonPatchWithoutTarget, "must specify a target for a JSON patch", at: position,
      hint: "add target: {kind: …, name: …}")
  }
}
