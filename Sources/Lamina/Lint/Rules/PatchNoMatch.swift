extension Rule {
  /// The step notes targets that select nothing (`PatchStep.apply`). Without a target a patch that
  /// finds nothing is an error of the build.
  static let patchNoMatch = Rule(
    .patchNoMatch, .warning,
    summary: "the target of a patch selects no object",
    page: """
      kustomize passes over a patch whose `target` selects nothing. The change is lost without a word, for \
      example after an object was renamed, or because the target names a namespace or a prefix that this \
      layer adds only after its patches.

          patches:
          - target: {kind: Deployment, name: prod-web}   # namePrefix comes later: the object is "web" here
            patch: ...

      A patch that only deletes objects, or only marks them as local, is meant for what may be missing, and \
      gets a note. A patch of a component or a shared base is reported if it selects nothing in any root of \
      the run.
      """
  ) { inspection in
    for entry in inspection.build.stage.idleEntries {
      guard case .patch(let selector, let objects) = entry.kind, !selector.holdsVariable,
        !selector.holdsGlob
      else { continue }
      let build = inspection.build
      let edit = build.tree.ledger[entry.edit]
      let isNote = !objects.isEmpty && objects.allSatisfy { build.onlyRemoves($0) }
      inspection.report(
        .patchWithoutObject(TargetSearch(selector, in: build), selector, edit, build), .warning,
        idleEntry: edit.position, isNote: isNote)
    }
  }
}

extension InspectedBuild {
  /// The patch deletes its object, or keeps it out of the output, and does nothing else.
  fileprivate func onlyRemoves(_ patch: NodeID) -> Bool {
    if let directive = tree.field(.patchDirective, of: patch) {
      return tree.textEquals(directive, "delete")
    }
    let identity: [Symbol] = [.apiVersion, .kind, .metadata]
    guard tree.children(of: patch).allSatisfy({ identity.contains(tree.key($0)) }),
      let metadata = tree.field(.metadata, of: patch),
      let annotations = tree.field(.annotations, of: metadata)
    else { return false }
    let names = tree.children(of: metadata).map { tree.key($0) }
    return names.allSatisfy { [.name, .namespace, .annotations].contains($0) }
      && tree.children(of: annotations).allSatisfy {
        symbols.string(tree.key($0)) == "config.kubernetes.io/local-config"
      }
  }

  /// The kustomization of the layer that made an edit.
  func kustomization(of edit: Ledger.Edit) -> Kustomization? {
    guard let file = sources.file(of: edit.position) else { return nil }
    return layers.first { $0.path.hasBytes(of: file.path) }?.kustomization
  }
}

extension Problem {
  /// The nearest object tells which condition is wrong, and the finding points at that one.
  fileprivate static func patchWithoutObject(
    _ search: TargetSearch, _ selector: Selector, _ edit: Ledger.Edit, _ build: InspectedBuild
  ) -> Problem {
    let nearest = search.nearest
    let missed = nearest?.missed.first
    var position = edit.position
    var hint: String?
    if let nearest, let missed {
      let condition = selector.condition(missed)
      if !condition.text.isEmpty { position = condition.position }
      hint = Self.hint(search, missed, condition.text, nearest.resource, edit, build)
    }
    let problem = Problem(
      .patchNoMatch, "no \(search.description) to patch", at: position,
      hint: hint)
    guard let nearest, let missed else { return problem }
    return problem.noting(
      "this one \(search.words(for: missed, of: nearest.resource))",
      at: build.tree.position(nearest.resource.root))
  }

  /// What to write, where the difference to the nearest object tells.
  private static func hint(
    _ search: TargetSearch, _ missed: TargetSearch.Part, _ written: String, _ resource: Resource,
    _ edit: Ledger.Edit, _ build: InspectedBuild
  ) -> String? {
    let kustomization = build.kustomization(of: edit)
    switch missed {
    case .namespace where written.hasBytes(of: kustomization?.namespace?.text):
      return "'namespace' is set after the patches; leave it out of the target"
    case .name:
      let affixes = [kustomization?.namePrefix?.text, kustomization?.nameSuffix?.text]
        .compactMap { $0 }
      let first = build.symbols.string(resource.formerIDs.first?.name ?? resource.id.name)
      if affixes.contains(where: {
        written.hasBytes(of: $0 + first) || written.hasBytes(of: first + $0)
      }) {
        return "prefixes and suffixes are added after the patches; write \"\(first)\""
      }
    default: break
    }
    return search.correction(of: missed, for: resource)
  }
}
