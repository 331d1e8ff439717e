/// Finds the program that an object of `generators`, `transformers` or `validators` stands for.
///
/// Three things can stand for one: an annotation with a container or a program, or else the kind of
/// the object, for which a plugin lies in the directory of plugins. Nothing is run here.
struct FunctionReader {
  /// The directory of the kustomization that lists the object.
  let directory: DirectoryReader
  let options: FunctionOptions

  /// The step of an object that is of no built-in kind.
  ///
  /// - Throws: if functions are not allowed at all. A program that only `allowsPrograms` would let
  ///   run is no error: the object then has no effect, and a warning says so.
  func step(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> FunctionStep {
    let position = workspace.tree.position(object.root)
    guard options.isEnabled else {
      throw .disabled(workspace.tree.symbols.string(object.id.type.kind), at: position)
    }
    let program: FunctionStep.Program
    let spec = try FunctionSpec.read(
      object.root, into: &workspace.tree, sources: &workspace.sources)
    if let spec {
      try check(spec, at: position)
      let isRun = !spec.image.isEmpty || (options.allowsPrograms && !spec.path.isEmpty)
      program = isRun ? .function(spec) : .none(isNamed: !spec.path.isEmpty)
    } else {
      program = .plugin(try plugin(of: object, &workspace))
    }
    return FunctionStep(object: object, program: program, directory: directory, options: options)
  }

  /// Refuses mounts outside of the directory, and a network that the options do not allow.
  private func check(_ spec: FunctionSpec, at position: Position) throws(Problem) {
    for mount in spec.mounts {
      // What begins with two dots is refused even if it is the name of a file.
      guard !Path.isAbsolute(mount.source), !Path.clean(mount.source).begins(with: "..") else {
        throw .mountOutside(mount.source, at: position)
      }
    }
    if spec.network, !options.allowsNetwork { throw .networkDisabled(at: position) }
  }

  // MARK: - Plugins

  /// Finds the program of a kind (internal/plugins/loader/loader.go `AbsolutePluginPath`). The path
  /// is made of words of the object, so it is checked to lie below the directory of plugins.
  private func plugin(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> Plugin {
    let position = workspace.tree.position(object.root)
    let symbols = workspace.tree.symbols
    let type = object.id.type
    let kind = symbols.string(type.kind)
    guard let home = options.pluginDirectory else { throw .noPluginDirectory(kind, at: position) }
    let folder = "\(symbols.string(type.group))/\(symbols.string(type.version))"
    let path = Path.join(home, "\(folder)/\(kind.lowercasedAsInGo)/\(kind)")
    guard Path.isInside(path, directory: Path.clean(home)) else {
      throw .noPlugin(kind, path, at: position)
    }
    let files = directory.fileSystem
    guard let found = try? files.resolve(path), !found.isDirectory else {
      if (try? files.resolve("\(path).so")) != nil { throw .goPlugin(kind, path, at: position) }
      throw .noPlugin(kind, path, at: position)
    }
    let arguments = try pluginArguments(of: object.root, workspace)
    return Plugin(path: path, arguments: arguments, directory: directory, options: options)
  }

  /// `argsOneLiner` is cut as a shell does it, `argsFromFile` at its line breaks.
  private func pluginArguments(
    of root: NodeID, _ workspace: Workspace
  ) throws(Problem) -> [String] {
    let decoder = FieldDecoder(
      tree: workspace.tree, sources: workspace.sources, manner: .object)
    var words: [String] = []
    var lines: [String] = []
    try decoder.fields(of: root, as: "plugin") { (field: PluginField, value) throws(Problem) in
      let entry = try decoder.entry(value, for: field.rawValue)
      if entry.text.isEmpty { return }
      switch field {
      case .argsFromFile:
        let bytes = try directory.read(entry, as: "file of arguments").bytes
        lines = bytes.split(separator: 0x0A).map { line in
          String(decoding: line.drop { $0 == 0x20 }, as: UTF8.self)
        }
      case .argsOneLiner:
        guard let cut = ShellWords.split(entry.text) else { throw .openQuote(at: entry.position) }
        words = cut
      }
    }
    return words + lines.filter { !$0.isEmpty }
  }
}

extension Problem {
  fileprivate static func disabled(_ kind: String, at position: Position) -> Problem {
    Problem(
      .functionsNotEnabled, "external plugins disabled; unable to load external plugin '\(kind)'",
      at: position, option: .functions)
  }

  fileprivate static func mountOutside(_ path: String, at position: Position) -> Problem {
    Problem(
      .mountOutside,
      "mount path '\(path)' is not permitted: it must lead below the kustomization's directory",
      at: position)
  }

  fileprivate static func networkDisabled(at position: Position) -> Problem {
    Problem(
      .networkNotEnabled, "the function wants to reach the network", at: position,
      option: .network)
  }

  fileprivate static func noPluginDirectory(_ kind: String, at position: Position) -> Problem {
    Problem(
      .noPluginDirectory, "'\(kind)' is no function, and there is no directory of plugins",
      at: position,
      hint: "a function has the annotation config.kubernetes.io/function; "
        + "plugins lie in the directory that KUSTOMIZE_PLUGIN_HOME names")
  }

  fileprivate static func noPlugin(
    _ kind: String, _ path: String, at position: Position
  ) -> Problem {
    Problem(
      .pluginNotFound, "there is no plugin for '\(kind)'", at: position,
      hint: "its program would be \(path)")
  }

  fileprivate static func goPlugin(
    _ kind: String, _ path: String, at position: Position
  ) -> Problem {
    Problem(
      .goPlugin, "the plugin for '\(kind)' is a library of Go, which cannot be loaded here",
      at: position, hint: "\(path).so; a program of that name without .so can be run")
  }

  fileprivate static func openQuote(at position: Position) -> Problem {
    Problem(.openQuoteInArguments, "argsOneLiner has a quote that is not closed", at: position)
  }
}
