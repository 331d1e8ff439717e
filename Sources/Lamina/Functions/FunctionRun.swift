/// One call of a program, and what becomes of its failure and of what it says.
struct FunctionRun {
  /// Who runs, for messages.
  let name: String
  /// The object that configures the program.
  let position: Position

  /// Runs a function, and reads what it printed even if it fails: its results say why.
  func run(
    _ call: ProgramCall, paths: [String], _ workspace: inout Workspace
  ) throws(Problem) -> FunctionOutput {
    if call.directory == "/" { throw .rootDirectory(name, at: position) }
    let result = try start(call, workspace)
    let file = workspace.sources.add(path: "output of \(name)", bytes: result.output)
    guard result.status == .exited(0) else {
      let results = try? FunctionResults.read(file, &workspace)
      throw failure(result, results ?? [])
    }
    let roots = try YAMLReader.documents(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    warn(of: result.errors, &workspace)
    for message in FunctionResults.messages(in: roots, workspace.tree) {
      workspace.warnings.append(Problem(.functionMessage, "\(name): \(message)", at: position))
    }
    return try FunctionOutput(
      resourceList: ResourceReader.unwrapped(roots, ofFile: file, workspace), from: name,
      paths: paths, &workspace)
  }

  /// Runs a plugin, and returns what it printed.
  func run(_ call: ProgramCall, _ workspace: inout Workspace) throws(Problem) -> [UInt8] {
    let result = try start(call, workspace)
    guard result.status == .exited(0) else { throw failure(result, []) }
    warn(of: result.errors, &workspace)
    return result.output
  }

  /// - Throws: if the program cannot be started, runs too long or prints too much. A program that
  ///   fails returns.
  private func start(
    _ call: ProgramCall, _ workspace: Workspace
  ) throws(Problem) -> ProgramResult {
    guard let host = workspace.host else { throw .noHost(name, at: position) }
    do { return try host.run(call) } catch {
      throw .notRun(name, call.program, error, at: position)
    }
  }

  /// What a program says while it succeeds becomes a warning: the library prints nothing.
  private func warn(of errors: [UInt8], _ workspace: inout Workspace) {
    let words = ProgramWords(errors)
    if words.first.isEmpty { return }
    workspace.warnings.append(
      Problem(
        .functionWarning, "\(name) says: \(words.first)", at: position, said: words.rest))
  }

  /// The end of what the program said and at most 20 of its results.
  private func failure(_ result: ProgramResult, _ results: [String]) -> Problem {
    let end =
      switch result.status {
      case .exited(let status): "failed with exit status \(status)"
      case .signalled(let signal): "was stopped by signal \(signal)"
      }
    var problem = Problem(.functionFailed, "\(name) \(end)", at: position)
    let words = ProgramWords(result.errors)
    if !words.first.isEmpty {
      problem = problem.noting("it said: \(words.first)", at: .none, said: words.rest)
    }
    for result in results.prefix(20) { problem = problem.noting(result, at: .none) }
    return problem
  }
}

extension Problem {
  fileprivate static func rootDirectory(_ name: String, at position: Position) -> Problem {
    Problem(
      .functionInRootDirectory, "\(name) cannot run in the directory /", at: position,
      hint: "functions run in the directory of the kustomization, which must be another one")
  }

  fileprivate static func noHost(_ name: String, at position: Position) -> Problem {
    Problem(
      .functionWithoutHost, "\(name) is a program, and nothing here runs programs", at: position)
  }

  fileprivate static func notRun(
    _ name: String, _ program: String, _ failure: HostFailure, at position: Position
  ) -> Problem {
    Problem(.functionNotRun, "\(name) cannot run \"\(program)\": \(failure)", at: position)
  }
}
