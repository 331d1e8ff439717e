/// What the kustomizations of a build say, in their fields and in the objects of `transformers`, `generators` and
/// `validators`, without lists of it.
extension InspectedBuild {
  /// Goes through the patches that have a target, or might have one, with what they hold.
  func forEachPatch(_ body: (PatchArguments, LoadedPatch) -> Void) {
    for layer in layers {
      for (arguments, patch) in zip(layer.kustomization.patches, layer.patches.patches) {
        body(arguments, patch)
      }
      for (arguments, patch) in zip(layer.kustomization.patchesJson6902, layer.patches.json6902) {
        body(arguments, .json(patch))
      }
    }
    for object in stage.configuredObjects {
      guard let patch = object.patch else { continue }
      switch object.arguments {
      case .patch(let arguments), .jsonPatch(let arguments): body(arguments, patch)
      default: break
      }
    }
  }

  /// Goes through the operations of all JSON patches.
  func forEachOperation(_ body: (JSONPatch.Operation) -> Void) {
    forEachPatch { _, patch in
      guard case .json(let patch) = patch else { return }
      for operation in patch.operations { body(operation) }
    }
  }

  func forEachReplacement(_ body: (Replacement) -> Void) {
    for layer in layers {
      for replacement in layer.replacements { body(replacement) }
    }
    for object in stage.configuredObjects {
      for replacement in object.replacements { body(replacement) }
    }
  }

  /// Goes through the selectors whose conditions are regular expressions.
  func forEachSelector(_ body: (_ selector: Selector, _ isOfPatch: Bool) -> Void) {
    forEachPatch { arguments, _ in
      if let target = arguments.target { body(target, true) }
    }
    forEachReplacement { replacement in
      for target in replacement.targets ?? [] {
        if let select = target.select { body(select, false) }
        for reject in target.reject { body(reject, false) }
      }
    }
  }

  func forEachImage(_ body: (ImageChange) -> Void) {
    for layer in layers {
      for change in layer.kustomization.images { body(change) }
    }
    for case .image(let change, _) in stage.configuredObjects.lazy.map(\.arguments) { body(change) }
  }

  /// Goes through the generators of config maps and secrets, with the directory of their files; nil for an object
  /// of `generators`.
  func forEachGenerator(_ body: (GeneratorArguments, DirectoryReader?) -> Void) {
    for layer in layers {
      for generator in layer.kustomization.configMapGenerator {
        body(generator, layer.directory)
      }
      for generator in layer.kustomization.secretGenerator { body(generator, layer.directory) }
    }
    for object in stage.configuredObjects {
      switch object.arguments {
      case .configMap(let generator), .secret(let generator): body(generator, nil)
      default: break
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
