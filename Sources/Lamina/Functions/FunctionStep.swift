/// An object of `generators`, `transformers` or `validators` that stands for a program of the user's.
///
/// What the program prints is read like a file (invariant 2 is about stages of the build, not about
/// programs). Notes are written into the text that it reads, and taken out of what it prints.
struct FunctionStep: Sendable {
  enum Program: Sendable {
    /// A container or a program, which reads and prints a list of resources.
    case function(FunctionSpec)
    /// A function that names no program, or none that the options allow: kustomize goes on as if it
    /// changed nothing.
    case none(isNamed: Bool)
    /// A program of the directory of plugins, which reads and prints documents.
    case plugin(Plugin)
  }

  /// What configures the program: its data are the arguments.
  let object: Resource
  let program: Program
  /// That of the kustomization; the program runs there.
  let directory: DirectoryReader
  let options: FunctionOptions

  /// Adds what the program prints.
  func generate(
    into resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    let position = workspace.tree.position(object.root)
    _ = workspace.tree.ledger.begin(.function, at: position)
    for resource in try run(on: [], &workspace).generated(&workspace) {
      try GeneratedObject(resource, origin: origin, position: position)
        .absorb(into: &resources, &workspace)
    }
  }

  /// Puts what the program prints in the place of what it has read: objects of a new id come last,
  /// and those that it does not print are gone (internal/plugins/utils/utils.go
  /// `UpdateResMapValues`).
  func transform(
    _ resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    _ = workspace.tree.ledger.begin(.function, at: workspace.tree.position(object.root))
    let printed = try run(on: resources.all, &workspace).transformed(&workspace)
    for resource in printed { try put(resource, into: &resources, &workspace) }
    let kept = Set(printed.map(\.id.key))
    resources.keep { kept.contains($0.id.key) }
  }

  /// Lets the program look at the objects. One that it prints must be as it was; objects that it adds
  /// or leaves out are no matter (internal/target/kusttarget.go `runValidators`, which hands it a
  /// list of its own).
  func validate(
    _ resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    var comparisons: [(Resource, UnchangedObject)] = []
    for resource in try run(on: resources.all, &workspace).transformed(&workspace) {
      guard let index = resources.index(of: resource.id.key) else { continue }
      comparisons.append(
        (resource, try UnchangedObject(resources[index], as: resource, &workspace)))
    }
    // All copies are made by now: a printer takes the tree as it is.
    var printer = workspace.printer()
    for (resource, comparison) in comparisons {
      guard try comparison.holds(&printer) else {
        throw .changed(name(workspace), resource, at: position(workspace), workspace)
      }
      try put(resource, into: &resources, &workspace)
    }
  }

  /// Puts a printed object in the place of the resource of its id, or behind all. The variables
  /// that refer to the resource are kept, as `ResetRNode` keeps them; everything else that
  /// kustomize remembers came with the text.
  private func put(
    _ resource: Resource, into resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    guard let index = resources.index(of: resource.id.key) else {
      workspace.tree.noteArrival(of: resource.root)
      _ = resources.append(resource)
      return
    }
    if resources.count(of: resource.id.key) > 1 {
      throw .severalMeant(resource, at: position(workspace), workspace)
    }
    var resource = resource
    resource.variables = resources[index].variables
    workspace.tree.noteArrival(of: resource.root, replacing: resources[index].root)
    resources.replace(at: index, with: resource)
  }

  // MARK: - Running

  /// Runs the program on these objects. A generator gets none, and to kustomize a transformer that has
  /// nothing to transform looks the same (internal/plugins/fnplugin/fnplugin.go `invokePlugin`).
  private func run(
    on resources: [Resource], _ workspace: inout Workspace
  ) throws(Problem) -> FunctionOutput {
    let run = FunctionRun(name: name(workspace), position: position(workspace))
    var text: [UInt8] = []
    if case .function(let spec) = program {
      text = try FunctionInput.resourceList(of: resources, for: object, &workspace)
      let paths = resources.map { workspace.tree.symbols.string($0.functionPath) }
      let call = spec.call(options, in: directory.root, input: text)
      return try run.run(call, paths: paths, &workspace)
    }
    text = try FunctionInput.documents(of: resources, &workspace)
    if case .plugin(let plugin) = program {
      text = try plugin.run(run, object, input: text, &workspace)
    } else if case .none(let isNamed) = program {
      // Nothing runs, but the objects are printed and read as if something had.
      workspace.warnings.append(.nothingRun(run.name, isNamed: isNamed, at: run.position))
      if resources.isEmpty { text = try FunctionInput.localDocument(of: object, &workspace) }
    }
    let file = workspace.sources.add(path: "output of \(run.name)", bytes: text)
    return try FunctionOutput(documents: file, from: run.name, &workspace)
  }

  /// What messages call the program.
  private func name(_ workspace: Workspace) -> String {
    let symbols = workspace.tree.symbols
    return "\(symbols.string(object.id.type.kind)) \"\(symbols.string(object.id.name))\""
  }

  private func position(_ workspace: Workspace) -> Position {
    workspace.tree.position(object.root)
  }
}

extension Problem {
  fileprivate static func changed(
    _ name: String, _ resource: Resource, at position: Position, _ workspace: Workspace
  ) -> Problem {
    Problem(
      .validatorChanges, "validator \(name) shouldn't modify the resource map", at: position
    )
    .noting(
      "it changed \(workspace.tree.symbols.describe(resource.id))",
      at: workspace.tree.position(resource.root))
  }

  fileprivate static func severalMeant(
    _ resource: Resource, at position: Position, _ workspace: Workspace
  ) -> Problem {
    let id = workspace.tree.symbols.describe(resource.id)
    return Problem(
      .ambiguousFunctionResult, "more than one resource has the id \(id)", at: position)
  }

  fileprivate static func nothingRun(
    _ name: String, isNamed: Bool, at position: Position
  ) -> Problem {
    Problem(
      .functionWithoutProgram, "\(name) has no effect: no program is run for it", at: position,
      hint: isNamed
        ? nil : "its annotation names neither the image of a container nor the path of a program",
      option: isNamed ? .programs : nil)
  }
}
