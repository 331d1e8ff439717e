/// Reads the patches that a kustomization names or holds.
struct PatchLoader {
  /// That of the kustomization that has the patches.
  let directory: DirectoryReader

  /// Reads all patches of a kustomization.
  func load(
    of kustomization: Kustomization, _ workspace: inout Workspace
  ) throws(Problem) -> LayerPatches {
    var patches = LayerPatches()
    var mistakes = Mistakes()
    for entry in kustomization.patchesStrategicMerge {
      try mistakes.collect { () throws(Problem) in
        patches.strategicMerge += try load(strategic: entry, &workspace)
      }
    }
    if mistakes.isEmpty, patches.strategicMerge.isEmpty,
      let first = kustomization.patchesStrategicMerge.first
    {
      mistakes.add(.emptyPatches(at: first.position))
    }
    for arguments in kustomization.patches {
      try mistakes.collect { () throws(Problem) in
        patches.patches.append(try load(arguments, &workspace))
      }
    }
    for arguments in kustomization.patchesJson6902 {
      try mistakes.collect { () throws(Problem) in
        patches.json6902.append(try load(json: arguments, &workspace))
      }
    }
    try mistakes.check()
    return patches
  }

  // MARK: - patches

  /// Reads an entry of `patches`, and finds out which kind of patch it is
  /// (builtins/PatchTransformer.go).
  func load(
    _ arguments: PatchArguments, _ workspace: inout Workspace
  ) throws(Problem) -> LoadedPatch {
    let file: Int
    switch (arguments.path, trimmed(arguments.patch)) {
    case (nil, nil): throw .noPatch(at: arguments.position)
    case (_?, _?): throw .pathAndPatch(at: arguments.position)
    case (let path?, nil): file = try add(path, &workspace)
    case (nil, let patch?): file = workspace.sources.add(textOf: patch.entry, bytes: patch.bytes)
    }
    return try load(arguments, file: file, &workspace)
  }

  /// Reads the patch of an entry of `patches`.
  ///
  /// - Parameter file: the text that holds it.
  func load(
    _ arguments: PatchArguments, file: Int, _ workspace: inout Workspace
  ) throws(Problem) -> LoadedPatch {
    noteTarget(of: arguments, ofFile: file, &workspace)
    if startsList(file, workspace) {
      let patch = try JSONPatch.read(
        file: file, into: &workspace.tree, sources: workspace.sources)
      return .json(patch ?? JSONPatch(operations: [], position: arguments.position))
    }
    do {
      return .strategic(
        try strategicPatches(inFile: file, asked: arguments.position, &workspace))
    } catch {
      // What is no object may still be a list of operations.
      let patch = try Problem.forgiving { () throws(Problem) in
        try JSONPatch.read(file: file, into: &workspace.tree, sources: workspace.sources)
      }
      guard let patch = patch ?? nil else {
        throw isOperation(file, &workspace) ? .operationWithoutList(at: error.position) : error
      }
      return .json(patch)
    }
  }

  /// Messages show nothing of a patch whose target is a Secret, also where it cannot be read. What other targets
  /// select is known when the patch runs.
  private func noteTarget(
    of arguments: PatchArguments, ofFile file: Int, _ workspace: inout Workspace
  ) {
    guard let kind = arguments.target?.kind.text, SecretLines.mayNameKind(kind) else { return }
    workspace.sources.notePatchOfSecret(at: workspace.sources.files[file].position(at: 0))
  }

  /// The text is one operation of a JSON patch, and no list of them.
  private func isOperation(_ file: Int, _ workspace: inout Workspace) -> Bool {
    guard let root = (try? workspace.documents(ofFile: file))?.first,
      workspace.tree.shape(root) == .mapping
    else { return false }
    let keys = workspace.tree.children(of: root).map {
      workspace.tree.symbols.string(workspace.tree.key($0))
    }
    return keys.contains("op") && keys.contains("path")
  }

  /// A text in JSON: no object begins like that.
  private func startsList(_ file: Int, _ workspace: Workspace) -> Bool {
    workspace.sources.files[file].bytes.first == UInt8(ascii: "[")
  }

  /// The text of an inline patch without the white space around it; nil where nothing is left.
  private func trimmed(
    _ entry: Kustomization.Entry?
  ) -> (entry: Kustomization.Entry, bytes: [UInt8])? {
    guard let entry else { return nil }
    let bytes = Array(entry.text.withoutOuterWhiteSpace.utf8)
    return bytes.isEmpty ? nil : (entry, bytes)
  }

  // MARK: - patchesStrategicMerge

  /// Reads an entry of `patchesStrategicMerge`: the patch itself, or the path of its file
  /// (builtins/PatchStrategicMergeTransformer.go `loadFromPaths`).
  func load(
    strategic entry: Kustomization.Entry, _ workspace: inout Workspace
  ) throws(Problem) -> [StrategicPatch] {
    let inline = workspace.sources.add(textOf: entry, bytes: Array(entry.text.utf8))
    let problem: Problem
    do {
      return try strategicPatches(inFile: inline, asked: entry.position, &workspace)
    } catch {
      if error.isLimit { throw error }
      problem = error
    }
    let file: Int
    do { file = try add(entry, &workspace) } catch { throw entry.isText ? problem : error }
    return try strategicPatches(inFile: file, asked: entry.position, &workspace)
  }

  /// Reads the patches of a `PatchStrategicMergeTransformer`.
  func load(
    _ arguments: StrategicPatchArguments, _ workspace: inout Workspace
  ) throws(Problem) -> [StrategicPatch] {
    if arguments.paths.isEmpty, arguments.patches == nil {
      throw .noPatches(at: arguments.position)
    }
    var patches: [StrategicPatch] = []
    for path in arguments.paths { patches += try load(strategic: path, &workspace) }
    if let text = arguments.patches {
      let file = workspace.sources.add(textOf: text, bytes: Array(text.text.utf8))
      patches += try strategicPatches(inFile: file, asked: text.position, &workspace)
    }
    if patches.isEmpty { throw .emptyPatch(at: arguments.position) }
    return patches
  }

  // MARK: - patchesJson6902

  /// Reads an entry of `patchesJson6902` (builtins/PatchJson6902Transformer.go).
  func load(
    json arguments: PatchArguments, _ workspace: inout Workspace
  ) throws(Problem) -> JSONPatch {
    guard let target = arguments.target, !target.name.text.isEmpty else {
      throw .noTargetName(at: arguments.position)
    }
    let file: Int
    switch (arguments.path, arguments.patch) {
    case (nil, nil): throw .noPatch(at: arguments.position)
    case (_?, _?): throw .pathAndPatch(at: arguments.position)
    case (let path?, nil): file = try add(path, &workspace)
    case (nil, let patch?):
      file = workspace.sources.add(textOf: patch, bytes: Array(patch.text.utf8))
    }
    return try load(json: arguments, file: file, &workspace)
  }

  /// Reads the patch of an entry of `patchesJson6902`.
  ///
  /// - Parameter file: the text that holds it.
  func load(
    json arguments: PatchArguments, file: Int, _ workspace: inout Workspace
  ) throws(Problem) -> JSONPatch {
    noteTarget(of: arguments, ofFile: file, &workspace)
    let patch = try JSONPatch.read(
      file: file, into: &workspace.tree, sources: workspace.sources)
    guard let patch, !patch.operations.isEmpty else { throw .emptyPatch(at: arguments.position) }
    return patch
  }

  // MARK: - Files

  /// Takes in the file of a patch, which other builds may have parsed already.
  private func add(
    _ path: Kustomization.Entry, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    let file = try directory.read(path, as: "patch")
    return workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, sharedPath: file.path)
  }

  /// All objects of a file are patches, in their order.
  func strategicPatches(
    inFile file: Int, asked: Position, _ workspace: inout Workspace
  ) throws(Problem) -> [StrategicPatch] {
    var patches: [StrategicPatch] = []
    for root in try ResourceReader.objects(inFile: file, &workspace) {
      patches.append(
        StrategicPatch(resource: try ResourceReader.resource(of: root, &workspace), asked: asked))
    }
    return patches
  }
}

extension Problem {
  fileprivate static func operationWithoutList(at position: Position) -> Problem {
    Problem(
      .jsonPatchNotAList, "a JSON patch has to be a list of operations", at: position,
      hint: "put a dash before the operation")
  }

  fileprivate static func emptyPatches(at position: Position) -> Problem {
    Problem(
      .emptyStrategicPatches, "the patches of patchesStrategicMerge appear to be empty",
      at: position)
  }

  fileprivate static func noPatch(at position: Position) -> Problem {
    Problem(.patchMissing, "must specify one of patch and path", at: position)
  }

  fileprivate static func noPatches(at position: Position) -> Problem {
    Problem(.patchesMissing, "must specify one of paths and patches", at: position)
  }

  fileprivate static func pathAndPatch(at position: Position) -> Problem {
    Problem(.patchWithPath, "patch and path can't be set at the same time", at: position)
  }

  fileprivate static func noTargetName(at position: Position) -> Problem {
    Problem(
      .jsonPatchWithoutTargetName, "a patch of patchesJson6902 must have a target with a name",
      at: position)
  }

  fileprivate static func emptyPatch(at position: Position) -> Problem {
    Problem(.emptyPatch, "the patch appears to be empty", at: position)
  }
}
