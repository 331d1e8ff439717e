/// A program in the directory of plugins, as kustomize had them before functions
/// (internal/plugins/loader/loader.go, internal/plugins/execplugin/execplugin.go).
struct Plugin: Sendable {
  /// The absolute path of the program.
  let path: String
  /// Words that the object wants to be handed over, besides the path of a file with the object itself.
  let arguments: [String]
  /// That of the kustomization; the program runs there.
  let directory: DirectoryReader
  let options: FunctionOptions

  /// A variable that is longer than this cannot be handed to a program.
  private static let maximumVariable = 131_071

  /// Runs the program on these documents.
  ///
  /// The object is handed over three times: in a file whose path is the first argument, in a
  /// variable, and by its arguments. Plugins use one of these.
  func run(
    _ run: FunctionRun, _ object: Resource, input: [UInt8], _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    let text = try FunctionInput.document(of: object, &workspace)
    guard let host = workspace.host else { throw .noHost(at: run.position) }
    let folder: String
    do { folder = try host.makeTemporaryDirectory() } catch {
      throw .noFile(error, at: run.position)
    }
    defer { host.removeTemporaryDirectory(folder) }
    let file = "\(folder)/plugin-config.yaml"
    do { try host.write(text, to: file) } catch { throw .noFile(error, at: run.position) }
    return try run.run(
      ProgramCall(
        program: path, arguments: [file] + arguments, directory: directory.root,
        environment: environment(text), input: input, timeLimit: options.timeLimit,
        outputLimit: options.outputLimit),
      &workspace)
  }

  /// A variable that is too long is left out, as in kustomize, which logs that.
  private func environment(_ text: [UInt8]) -> [String: String] {
    let variables = [
      "KUSTOMIZE_PLUGIN_CONFIG_STRING": String(decoding: text, as: UTF8.self),
      "KUSTOMIZE_PLUGIN_CONFIG_ROOT": directory.root,
    ]
    return variables.filter { $0.key.utf8.count + 1 + $0.value.utf8.count <= Self.maximumVariable }
  }
}

extension Problem {
  fileprivate static func noHost(at position: Position) -> Problem {
    Problem(
      .pluginWithoutHost, "a plugin is a program, and nothing here runs programs", at: position)
  }

  fileprivate static func noFile(_ failure: HostFailure, at position: Position) -> Problem {
    Problem(
      .pluginFileNotWritten, "cannot write the plugin's configuration: \(failure)", at: position)
  }
}
