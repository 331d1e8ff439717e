import Foundation
import Lamina
import LaminaHost

/// The command `render`, which is built beside the tests.
enum BuiltCommand {
  struct Outcome {
    let status: Int32
    let endedByItself: Bool
    let output: String
    let errors: String
  }

  static let url = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "render")

  /// Runs the command in a directory, with variables besides those of this process.
  static func run(
    _ arguments: [String], in directory: URL, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Outcome {
    try run(program: url.path, arguments, in: directory, environment: environment, input: input)
  }

  /// Runs another program in its place.
  static func run(
    program: String, _ arguments: [String], in directory: URL,
    environment: [String: String] = [:], input: String = ""
  ) throws -> Outcome {
    let result = try MachineHost().run(
      ProgramCall(
        program: program, arguments: arguments, directory: directory.path,
        environment: environment, input: Array(input.utf8), timeLimit: 300))
    let status: Int32
    let endedByItself: Bool
    switch result.status {
    case .exited(let code): (status, endedByItself) = (code, true)
    case .signalled(let signal): (status, endedByItself) = (signal, false)
    }
    return Outcome(
      status: status, endedByItself: endedByItself,
      output: String(decoding: result.output, as: UTF8.self),
      errors: String(decoding: result.errors, as: UTF8.self))
  }

  /// Starts the command and does not wait for its end. Signals reach it, although the threads of tests hold
  /// them back.
  static func start(
    _ arguments: [String], in directory: URL, environment: [String: String],
    output: FileHandle = .nullDevice, errors: FileHandle = .nullDevice
  ) throws -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = environment
    process.standardOutput = output
    process.standardError = errors
    var all = sigset_t()
    var own = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, &own)
    defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
    try process.run()
    return process
  }
}
