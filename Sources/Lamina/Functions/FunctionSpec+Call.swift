extension FunctionSpec {
  /// The call of the container or of the program. A container goes before a program.
  ///
  /// - Parameter directory: where the program starts, and what relative paths of mounts start from.
  func call(_ options: FunctionOptions, in directory: String, input: [UInt8]) -> ProgramCall {
    let isContainer = !image.isEmpty
    let container = ContainerCall(spec: self, options: options, directory: directory)
    return ProgramCall(
      program: isContainer ? "docker" : path,
      arguments: isContainer ? container.arguments : arguments,
      directory: directory, environment: isContainer ? [:] : environment(options),
      input: input, timeLimit: options.timeLimit, outputLimit: options.outputLimit)
  }

  /// The command line's variables go over those of the object; what is not of the form `NAME=VALUE`
  /// is passed over (kyaml/runfn/runfn.go `mergeExecEnv`).
  private func environment(_ options: FunctionOptions) -> [String: String] {
    var result: [String: String] = [:]
    for variable in environment + options.environment {
      // Two parts exactly: a value with another `=` in it is dropped, as `strings.Split` makes
      // three parts of it.
      let parts = variable.parts(at: "=", omittingEmptySubsequences: false)
      if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
    }
    return result
  }
}
