import Lamina

/// Runs git, without a shell.
///
/// Credentials are git's own business: it finds them as it does for its user, in helpers, keys and
/// configuration. Only the terminal is not there: git runs in a session of its own, so that all that it
/// starts can be stopped.
struct GitProgram {
  let host: MachineHost
  let directory: String
  /// How many seconds each call may take.
  let timeLimit: Double
  /// Variables for each call.
  var environment: [String: String] = [:]
  /// What calls may fetch; nil for those that fetch nothing large.
  var bounds: FetchBounds?

  /// Variables that lead git to another repository than that of its directory, as they do in hooks.
  private static let places = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
  ]

  /// No background work is started in a directory that is about to move, and no transport is used
  /// that runs whatever program an address names.
  private static let configuration = [
    "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false",
    "-c", "protocol.ext.allow=never",
  ]

  /// Runs git to its end, whatever that is.
  func run(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws(HostFailure) -> ProgramResult {
    try run(call(arguments, environment: environment, input: input))
  }

  /// Says of which command of git's the time was up.
  func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
    do { return try host.run(call, bounds) } catch {
      guard case .timeLimit = error else { throw error }
      let arguments = Array(call.arguments.dropFirst(Self.configuration.count))
      throw .other("git \(Self.name(of: arguments)): \(error)")
    }
  }

  /// What is run for a command of git's.
  func call(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) -> ProgramCall {
    var variables = Environment.variables
    for name in Self.places { variables[name] = nil }
    variables["GIT_TERMINAL_PROMPT"] = "0"
    // What it complains of is looked at, and so must not be translated.
    variables["LANGUAGE"] = "C"
    return ProgramCall(
      program: "git", arguments: Self.configuration + arguments, directory: directory,
      environment: variables.merging(self.environment) { $1 }.merging(environment) { $1 },
      inheritsEnvironment: false,
      input: input, timeLimit: timeLimit)
  }

  /// Runs git, and fails where git does; gives what it printed.
  @discardableResult
  func succeed(_ arguments: String...) throws(HostFailure) -> String { try succeed(arguments) }

  /// Fails where git ends with anything but 0, with what it complained of.
  func succeed(_ arguments: [String]) throws(HostFailure) -> String {
    let result = try run(arguments)
    guard result.status == .exited(0) else {
      throw .other("git \(Self.name(of: arguments)): \(Self.complaint(result.errors))")
    }
    return String(decoding: result.output, as: UTF8.self)
  }

  /// The command among arguments: the first that is neither an option nor the value of `-c`.
  private static func name(of arguments: [String]) -> String {
    arguments.first { !$0.begins(with: "-") && !$0.contains("=") } ?? ""
  }

  /// The variables that set one configuration value for a call: arguments can be seen by other users of
  /// the machine.
  static func configuration(_ key: String, _ value: String) -> [String: String] {
    let count = max(Environment.value("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0, 0)
    return [
      "GIT_CONFIG_COUNT": "\(count + 1)", "GIT_CONFIG_KEY_\(count)": key,
      "GIT_CONFIG_VALUE_\(count)": value,
    ]
  }

  /// What git and ssh complained of, in one line.
  ///
  /// The lines that begin as errors do, three at most; else the last line. Only the end of what was
  /// printed is looked at: a trace may be large.
  static func complaint(_ bytes: [UInt8]) -> String {
    let lines = lines(of: bytes.suffix(4096))
    let complaints = lines.filter { line in
      ["fatal:", "error:", "ssh:"].contains { line.begins(with: $0) }
    }
    let words = (complaints.isEmpty ? lines.suffix(1) : complaints.prefix(3))
      .joined(separator: "; ")
    return words.isEmpty ? "it failed" : words
  }

  /// The lines of what a program printed; ssh ends its own with two characters.
  static func lines(of bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
