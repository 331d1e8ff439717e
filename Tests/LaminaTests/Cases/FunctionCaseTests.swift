import Foundation
import Testing

/// The cases of `testdata/functions`, built by the command with the flags of each.
///
/// `function` and `docker` beside them stand in for all programs. What they were given is in
/// `expected-calls.txt`, as the reference gave it; `message.txt` is what Lamina says on standard error.
@Suite struct FunctionCaseTests {
  private static let folder = RecordedCase.testdata.appending(path: "functions")

  private static let cases: [RecordedCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { RecordedCase(directory: folder.appending(path: $0)) }
      .filter { $0.text("kustomization.yaml") != nil }
  }()

  @Test(arguments: cases)
  func handsOverWhatTheReferenceHandsOver(_ recorded: RecordedCase) throws {
    let calls = FileManager.default.temporaryDirectory
      .appending(path: "lamina-calls-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: calls) }
    let flags = try #require(recorded.text("flags"))
    let outcome = try BuiltCommand.run(
      ["."] + words(flags), in: recorded.directory,
      environment: [
        "FUNCTION_CALLS": calls.path,
        "PATH": "\(Self.folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")",
        "KUSTOMIZE_PLUGIN_HOME": recorded.directory.appending(path: "plugins").path,
      ])
    #expect(outcome.output == recorded.text("expected.yaml") ?? "")
    #expect(outcome.endedByItself)
    #expect(outcome.status == (recorded.text("expected.yaml") == nil ? 1 : 0))
    let written = try? String(contentsOf: calls, encoding: .utf8)
    #expect(written.map { placed($0, recorded) } == recorded.text("expected-calls.txt"))
    try compare(placed(outcome.errors, recorded), with: recorded)
  }

  @Test func casesAreFound() {
    #expect(Self.cases.count > 80)
  }

  private func compare(_ message: String, with recorded: RecordedCase) throws {
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil, !message.isEmpty {
      try recorded.write(message, to: "message.txt")
    }
    #expect(message == recorded.text("message.txt") ?? "")
  }

  /// The text without the place of the case on this machine.
  private func placed(_ text: String, _ recorded: RecordedCase) -> String {
    text.replacingOccurrences(of: recorded.directory.path, with: "CASE")
  }

  /// The words of a line, of which those in double quotes hold spaces.
  private func words(_ line: String) -> [String] {
    line.trimmingCharacters(in: .newlines).split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated()
      .flatMap { index, part in
        index.isMultiple(of: 2) ? part.split(separator: " ").map { String($0) } : [String(part)]
      }
  }
}
