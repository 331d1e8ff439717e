import Foundation

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
    _ arguments: [String], in directory: URL, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, endedByItself: process.terminationReason == .exit,
      output: String(decoding: outputData, as: UTF8.self),
      errors: String(decoding: errorData, as: UTF8.self))
  }
}
