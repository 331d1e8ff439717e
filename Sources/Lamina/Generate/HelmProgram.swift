/// Helm itself, as one chart calls it.
struct HelmProgram {
  let options: HelmOptions
  /// Helm's directory for its configuration. The cache and the data go below it, so that nothing of
  /// the user's own helm is changed.
  let configHome: String
  /// The chart, for messages.
  let chart: HelmChart

  /// How the host is to run helm. The working directory is that of the process, since kustomize
  /// does not set one either: relative paths among the arguments are relative to it.
  ///
  /// - Parameter environment: variables of this call only.
  func call(_ arguments: [String], environment: [String: String] = [:]) -> ProgramCall {
    let homes = [
      "HELM_CONFIG_HOME": configHome,
      "HELM_CACHE_HOME": "\(configHome)/.cache",
      "HELM_DATA_HOME": "\(configHome)/.data",
    ]
    return ProgramCall(
      program: options.command, arguments: arguments, directory: ".",
      environment: homes.merging(environment) { _, own in own }, timeLimit: options.timeLimit)
  }

  /// What helm printed.
  ///
  /// - Parameters:
  ///   - call: what messages say of the call.
  ///   - run: runs helm, or knows what it printed.
  func output(
    of call: ProgramCall, _ run: () throws(HostFailure) -> ProgramResult
  ) throws(Problem) -> [UInt8] {
    let result: ProgramResult
    do { result = try run() } catch { throw .notRun(call, error, chart) }
    guard result.status == .exited(0) else { throw .failed(call, result, chart) }
    return result.output
  }

  /// Refuses any helm but version 3 and 4.
  ///
  /// - Parameter output: what helm says of its version.
  func checkVersion(in output: [UInt8]) throws(Problem) {
    guard let version = Self.version(in: output) else { throw .noVersion(output, chart) }
    guard ["3", "4"].contains(version.prefix { $0 != "." }) else {
      throw .wrongVersion(version, chart)
    }
  }

  /// The first numbers with points between them.
  ///
  /// The expression `v?\d+(\.\d+)+` in kustomize (`checkHelmVersion`). It takes the first match,
  /// also within a warning that helm prints before its version.
  private static func version(in output: [UInt8]) -> String? {
    var rest = output[...]
    while let start = rest.firstIndex(where: isDigit) {
      rest = rest[start...]
      let word = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      let numbers = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        .prefix { !$0.isEmpty }
      if numbers.count > 1 {
        return numbers.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
      }
      rest = rest.dropFirst(numbers[0].count)
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Problem {
  fileprivate static func notRun(
    _ call: ProgramCall, _ failure: HostFailure, _ chart: HelmChart
  ) -> Problem {
    // The version is asked for first: where helm cannot be run at all, that fails.
    let mayBeMissing = call.arguments.first == "version"
    return Problem(
      .helmNotRun, "unable to run '\(words(call))': \(failure)", at: chart.position,
      option: mayBeMissing ? .helmElsewhere(call.program) : nil)
  }

  /// The end of what helm said comes last, so that the reason is at the end of the message.
  fileprivate static func failed(
    _ call: ProgramCall, _ result: ProgramResult, _ chart: HelmChart
  ) -> Problem {
    let status =
      switch result.status {
      case .exited(let status): "exit status \(status)"
      case .signalled(let signal): "signal \(signal)"
      }
    var said = lines(result.errors)
    // With `--debug` helm prints what it rendered even if that is no YAML, which is the point of
    // the flag.
    if call.arguments.contains("--debug") { said += lines(result.output) }
    return Problem(
      .helmFailed, "'\(words(call))' failed with \(status)", at: chart.position, said: said)
  }

  private static func words(_ call: ProgramCall) -> String {
    ([call.program] + call.arguments).joined(separator: " ")
  }

  /// The last 16 KiB of what a program said, without the line break at the end.
  ///
  /// 16 KiB hold the end of a long stack trace, and can still be read.
  private static func excerpt(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var text = bytes.suffix(16 << 10)
    while text.last == UInt8(ascii: "\n") { text.removeLast() }
    return text
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    let text = excerpt(bytes)
    if text.isEmpty { return [] }
    return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
  }

  fileprivate static func noVersion(_ output: [UInt8], _ chart: HelmChart) -> Problem {
    Problem(
      .helmVersionUnreadable,
      "cannot find a version in what helm says of itself: \(lines(output).first ?? "")",
      at: chart.position, said: Array(lines(output).dropFirst()))
  }

  fileprivate static func wrongVersion(_ version: String, _ chart: HelmChart) -> Problem {
    Problem(
      .helmVersionUnsupported, "charts need helm 3 or 4, and this is helm \(version)",
      at: chart.position)
  }
}
