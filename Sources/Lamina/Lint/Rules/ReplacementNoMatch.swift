extension Rule {
  /// The step notes idle targets one by one (`ReplacementStep.apply`); those of one replacement are
  /// put together here, because a replacement that does nothing at all is more serious.
  static let replacementNoMatch = Rule(
    .replacementNoMatch, .warning,
    summary: "a target of a replacement selects no object",
    page: """
      kustomize passes over a target that selects nothing, or nothing but what `reject` takes away. If no target \
      of a replacement selects anything, the replacement does nothing at all.

          replacements:
          - source: {kind: ConfigMap, name: settings, fieldPath: data.level}
            targets:
            - select: {kind: Deployment, name: wbe}   # it is called "web"
              fieldPaths: [metadata.annotations.level]

      Where other targets of the replacement select something, the finding is one of `lint` only: lists of \
      replacements are often shared by layers that do not have all of the objects.
      """
  ) { inspection in
    let build = inspection.build
    for (place, entry) in build.stage.idleEntries.enumerated() {
      guard case .replacement(let target, let replacement, let count) = entry.kind,
        let select = target.select, !select.holdsVariable, !select.holdsGlob
      else { continue }
      let missing = build.idleTargets(of: replacement, near: place)
      let isAll = missing.count == count
      if isAll, missing.first != place { continue }
      inspection.report(
        .replacementWithoutObject(TargetSearch(select, in: build), target, isAll, count, build),
        isAll ? .warning : .lint, idleEntry: build.tree.ledger[entry.edit].position,
        others: isAll
          ? missing.map { build.tree.ledger[build.stage.idleEntries[$0].edit].position } : [])
    }
  }
}

extension InspectedBuild {
  /// The targets of a replacement that selected nothing in one visit of its layer, by their places among all
  /// idle entries: they stand side by side.
  fileprivate func idleTargets(of replacement: Position, near place: Int) -> Range<Int> {
    let entries = stage.idleEntries
    func isOne(_ index: Int) -> Bool {
      guard case .replacement(_, replacement, _) = entries[index].kind else { return false }
      return tree.ledger[entries[index].edit].visit == tree.ledger[entries[place].edit].visit
    }
    var range = place..<(place + 1)
    while range.lowerBound > 0, isOne(range.lowerBound - 1) {
      range = (range.lowerBound - 1)..<range.upperBound
    }
    while range.upperBound < entries.count, isOne(range.upperBound) {
      range = range.lowerBound..<(range.upperBound + 1)
    }
    return range
  }
}

extension Problem {
  fileprivate static func replacementWithoutObject(
    _ search: TargetSearch, _ target: ReplacementTarget, _ isAll: Bool, _ count: Int,
    _ build: InspectedBuild
  ) -> Problem {
    let effect =
      !isAll
      ? "so nothing is replaced there"
      : count == 1
        ? "so the replacement does nothing"
        : "and no other target selects one, so the replacement does nothing"
    guard let nearest = search.nearest else {
      return Problem(
        .replacementNoMatch, "no \(search.description) to write to, \(effect)", at: target.position)
    }
    guard let missed = nearest.missed.first else {
      return Problem(
        .replacementNoMatch, "no object that is selected here is left by 'reject', \(effect)",
        at: target.reject.first?.position ?? target.position
      ).noting("this one is rejected", at: build.tree.position(nearest.resource.root))
    }
    let condition = target.select?.condition(missed)
    let isWritten = condition.map { !$0.text.isEmpty } ?? false
    return Problem(
      .replacementNoMatch, "no \(search.description) to write to, \(effect)",
      at: isWritten ? condition?.position ?? target.position : target.position,
      hint: search.correction(of: missed, for: nearest.resource)
    ).noting(
      "this one \(search.words(for: missed, of: nearest.resource))",
      at: build.tree.position(nearest.resource.root))
  }
}
