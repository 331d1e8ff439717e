extension Rule {
  /// Judged by the patch and all resources of the build, former names included, as the patch ran
  /// when they had those.
  static let patchOptionsWithoutTarget = Rule(
    .patchOptionsWithoutTarget, .warning,
    summary: "options of a patch allow a change that it does not make",
    page: """
      `allowNameChange` and `allowKindChange` let a strategic merge patch give its object another name or kind. A \
      JSON patch may change both without being asked, and a patch that has the name and the kind of its object \
      changes neither.

          patches:
          - target: {kind: Deployment}
            patch: '[{"op": "replace", "path": "/metadata/name", "value": "api"}]'
            options: {allowNameChange: true}   # has no effect

      Remove the option, or give the patch a target and the new name.
      """
  ) { inspection in
    let build = inspection.build
    build.forEachPatch { arguments, patch in
      guard arguments.allowNameChange || arguments.allowKindChange else { return }
      switch patch {
      case .json:
        inspection.report(.optionsOfJSONPatch(at: arguments.options), .warning)
      case .strategic(let patches):
        guard patches.allSatisfy({ build.leavesID($0, arguments) }) else { return }
        inspection.report(.optionsWithoutChange(arguments), .warning)
      }
    }
  }
}

extension InspectedBuild {
  /// A patch has the name and the kind of every object that it may be for, as far as it may change them.
  fileprivate func leavesID(_ patch: StrategicPatch, _ arguments: PatchArguments) -> Bool {
    let id = patch.resource.id
    let (name, kind) = (symbols.string(id.name), symbols.string(id.type.kind))
    if let target = arguments.target {
      if arguments.allowNameChange, !target.name.text.hasBytes(of: name) { return false }
      if arguments.allowKindChange, !target.kind.text.hasBytes(of: kind) { return false }
    }
    // An object that was renamed before gets its old name back.
    return resources.allSatisfy { resource in
      let names = [resource.id.name] + resource.formerIDs.map(\.name)
      let kinds = [resource.id.type.kind] + resource.formerIDs.map(\.kind)
      guard names.contains(id.name), kinds.contains(id.type.kind) else { return true }
      return names.allSatisfy { $0 == id.name } && kinds.allSatisfy { $0 == id.type.kind }
    }
  }
}

extension Problem {
  fileprivate static func optionsOfJSONPatch(at position: Position) -> Problem {
    Problem(
      .patchOptionsWithoutTarget, "these options have no effect on a JSON patch", at: position,
      hint: "remove them; a JSON patch may change name and kind")
  }

  fileprivate static func optionsWithoutChange(_ arguments: PatchArguments) -> Problem {
    let what =
      switch (arguments.allowNameChange, arguments.allowKindChange) {
      case (true, true): "name and kind"
      case (true, false): "name"
      default: "kind"
      }
    return Problem(
      .patchOptionsWithoutTarget,
      "the patch has the \(what) of its object, and changes nothing there",
      at: arguments.options,
      hint: arguments.target == nil
        ? "remove the options, or add a target: without one, the patch is for the object of its own id"
        : "remove the options")
  }
}
