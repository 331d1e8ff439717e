/// What rules look at in a layer, without lists of it.
extension Layer {
  /// Goes through the entries of `patches` and `patchesJson6902`, with what they hold.
  func forEachPatch(_ body: (PatchArguments, LoadedPatch) -> Void) {
    for (arguments, patch) in zip(kustomization.patches, patches.patches) {
      body(arguments, patch)
    }
    for (arguments, patch) in zip(kustomization.patchesJson6902, patches.json6902) {
      body(arguments, .json(patch))
    }
  }

  /// Goes through the operations of all JSON patches.
  func forEachOperation(_ body: (JSONPatch.Operation) -> Void) {
    forEachPatch { _, patch in
      guard case .json(let patch) = patch else { return }
      for operation in patch.operations { body(operation) }
    }
  }

  /// Goes through the selectors whose conditions are regular expressions.
  func forEachSelector(_ body: (_ selector: Selector, _ isOfPatch: Bool) -> Void) {
    for patch in kustomization.patches {
      if let target = patch.target { body(target, true) }
    }
    for patch in kustomization.patchesJson6902 {
      if let target = patch.target { body(target, true) }
    }
    for replacement in replacements {
      for target in replacement.targets ?? [] {
        if let select = target.select { body(select, false) }
        for reject in target.reject { body(reject, false) }
      }
    }
  }
}

extension Selector {
  /// Goes through the conditions that are regular expressions and not empty.
  func forEachPattern(_ body: (Condition) -> Void) {
    for condition in [kind, name, namespace, group, version] where !condition.text.isEmpty {
      body(condition)
    }
  }

  /// A condition holds a variable that another program fills in.
  var holdsVariable: Bool {
    [kind, name, namespace, group, version, labelSelector, annotationSelector]
      .contains { $0.text.holdsVariable }
  }
}
