import Foundation

/// A directory of `testdata/helm`, built by the command in a copy, since charts are downloaded into it.
///
/// - `flags` is what the command gets besides the directory.
/// - `expected.yaml` is what the reference printed, or `expected-error.txt` what it said instead.
/// - `expected-calls.txt` is what the reference asked of the program that stands in for helm. Lamina asks
///   for the version once, downloads to a directory beside the chart's, and calls for all charts at once.
/// - `message.txt` is what Lamina says.
struct HelmCase: Sendable, CustomStringConvertible {
  let recorded: RecordedCase

  var description: String { recorded.description }

  static let all: [HelmCase] = {
    let folder = RecordedCase.testdata.appending(path: "helm")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0 != "helm" }.sorted()
      .map { HelmCase(recorded: RecordedCase(directory: folder.appending(path: $0))) }
  }()

  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
    /// Nil where helm was not called.
    let calls: HelmCalls?
    /// What is left in the directory for temporary files.
    let leftovers: [String]
  }

  func run() throws -> Outcome {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "helm-case-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    let temporary = folder.appending(path: "temporary")
    try files.createDirectory(at: temporary, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    let copy = folder.appending(path: recorded.directory.lastPathComponent)
    try files.copyItem(at: recorded.directory, to: copy)
    try files.copyItem(
      at: RecordedCase.testdata.appending(path: "helm/helm"), to: folder.appending(path: "helm"))
    let calls = folder.appending(path: "calls")
    let outcome = try BuiltCommand.run(
      [word("root") ?? "."] + (word("flags") ?? "").split(separator: " ").map { String($0) },
      in: copy, environment: ["HELM_CALLS": calls.path, "TMPDIR": temporary.path])
    let scratch = try Regex("\(temporary.path)/lamina-\\w+")
    let staging = try Regex("/\\.lamina-[0-9]+-[0-9a-f]+/pull-\\w+")
    func tidy(_ text: String) -> String {
      text.replacing(copy.path, with: "CASE").replacing(scratch, with: "TEMPORARY")
        .replacing(staging, with: "")
    }
    return Outcome(
      status: outcome.status, output: outcome.output, errors: tidy(outcome.errors),
      calls: (try? String(contentsOf: calls, encoding: .utf8)).map { HelmCalls(tidy($0)) },
      leftovers: try files.contentsOfDirectory(atPath: temporary.path))
  }

  private func word(_ name: String) -> String? {
    recorded.text(name)?.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What helm was asked for, without what differs between Lamina and the reference.
struct HelmCalls: Equatable, CustomStringConvertible {
  /// In the order of their texts: charts are made side by side.
  let calls: [String]

  init(_ text: String) {
    let start = "== helm\n"
    let all = text.components(separatedBy: start).dropFirst().map { start + $0 }
    let isVersion = { (call: String) in call.hasPrefix("\(start)version\n") }
    calls = (all.filter(isVersion).prefix(1) + all.filter { !isVersion($0) }).sorted()
  }

  var description: String { calls.joined() }
}
