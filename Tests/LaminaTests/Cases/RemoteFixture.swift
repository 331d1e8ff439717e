import Foundation
import Testing

/// A fresh directory with repositories, a cache and a place for temporary files of its own.
struct RemoteFixture {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "remote-\(UUID().uuidString)").resolvingSymlinksInPath()
    for name in ["repositories", "temporary", "work"] {
      try FileManager.default.createDirectory(
        at: directory.appending(path: name), withIntermediateDirectories: true)
    }
  }

  func remove() { try? FileManager.default.removeItem(at: directory) }

  var repositories: URL { directory.appending(path: "repositories") }
  var cache: URL { directory.appending(path: "cache/lamina") }

  /// Variables for the command: addresses of `example.com` lead to the repositories made here.
  var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] { variables[name] = nil }
    let target = repositories.path + "/"
    variables["XDG_CACHE_HOME"] = directory.appending(path: "cache").path
    variables["TMPDIR"] = directory.appending(path: "temporary").path
    variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
    variables["GIT_CONFIG_NOSYSTEM"] = "1"
    variables["GIT_CONFIG_COUNT"] = "2"
    for (index, address) in ["git@example.com:", "ssh://git@example.com/"].enumerated() {
      variables["GIT_CONFIG_KEY_\(index)"] = "url.\(target).insteadOf"
      variables["GIT_CONFIG_VALUE_\(index)"] = address
    }
    return variables
  }

  // MARK: - Making

  /// Makes the repositories of a case of `testdata`.
  func makeRepositories(of recorded: URL) throws {
    let script = RecordedCase.testdata.appending(path: "../Scripts/make-repositories")
    let outcome = try run(
      script, [recorded.appending(path: "repositories").path, repositories.path], in: directory)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// Makes a repository of texts by path, in one commit or in several; returns its address.
  @discardableResult
  func makeRepository(_ name: String, _ commits: [String: String]...) throws -> String {
    let made = repositories.appending(path: name)
    try git("init", "--quiet", "--initial-branch=main", made.path)
    for files in commits { try commit(files, to: name) }
    return "file://\(made.path)"
  }

  /// Adds a commit to a repository.
  func commit(_ files: [String: String], to name: String) throws {
    let made = repositories.appending(path: name)
    for (path, text) in files { try write(text, to: made.appending(path: path)) }
    try git("-C", made.path, "add", "--all")
    try git("-C", made.path, "commit", "--quiet", "--message", "change")
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String { try git(arguments) }

  @discardableResult
  func git(_ arguments: [String]) throws -> String {
    let person = ["-c", "user.name=Lamina", "-c", "user.email=lamina@example.com"]
    let outcome = try run(
      URL(filePath: "/usr/bin/env"), ["git"] + person + arguments, in: directory)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Writes a file of the directory that is built.
  func write(_ text: String, to path: String) throws {
    try write(text, to: directory.appending(path: "work/\(path)"))
  }

  private func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  // MARK: - Running

  /// Starts a build and does not wait for its end.
  func start(_ arguments: [String]) throws -> Process {
    try BuiltCommand.start(
      arguments, in: directory.appending(path: "work"), environment: environment)
  }

  func render(_ arguments: String..., in directory: URL? = nil) throws -> Outcome {
    try render(arguments, in: directory)
  }

  func render(
    _ arguments: [String], in directory: URL? = nil, variables: [String: String] = [:]
  ) throws -> Outcome {
    try run(
      BuiltCommand.url, arguments, in: directory ?? self.directory.appending(path: "work"),
      variables: variables)
  }

  private func run(
    _ program: URL, _ arguments: [String], in directory: URL, variables: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = environment.merging(variables) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
      errors: String(decoding: errorData, as: UTF8.self))
  }

  /// What builds have left behind that is neither cache nor output.
  func leftovers() throws -> [String] {
    let temporary = directory.appending(path: "temporary").path
    let new = cache.appending(path: "new").path
    return try FileManager.default.contentsOfDirectory(atPath: temporary)
      + ((try? FileManager.default.contentsOfDirectory(atPath: new)) ?? [])
  }
}
