import Foundation
import Lamina
import LaminaHost
import Testing

/// The command on main threads with little stack, which its builds do not use.
@Suite struct StackCommandTests {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "render-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  private func write(_ files: [String: String]) throws {
    for (path, text) in files {
      let file = directory.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  /// Runs the command from a shell that limits the stack, in KiB.
  private func run(stack: Int, _ arguments: String) throws -> ProgramResult {
    try MachineHost().run(
      ProgramCall(
        program: "/bin/sh",
        arguments: ["-c", "ulimit -s \(stack) && exec \(BuiltCommand.url.path) \(arguments)"],
        directory: directory.path, timeLimit: 300))
  }

  @Test(arguments: [DeepInput.bases, .lists, .strategicMerge, .replacedPath], [128, 512, 8192])
  func rendersWhatIsDeep(input: DeepInput, stack: Int) throws {
    try write(input.files(depth: 800))
    let result = try run(stack: stack, "app")
    #expect(String(decoding: result.errors, as: UTF8.self) == "")
    #expect(result.status == .exited(0))
    #expect(
      String(decoding: result.output, as: UTF8.self).hasPrefix("apiVersion: example.com/v1\n"))
  }

  @Test(arguments: [128, 512])
  func refusesWhatIsTooDeepForGoAsWell(stack: Int) throws {
    try write(DeepInput.lists.files(depth: 20_000))
    let result = try run(stack: stack, "app")
    #expect(result.status == .exited(1))
    #expect(result.output == [])
    #expect(
      String(decoding: result.errors, as: UTF8.self)
        .hasPrefix("app/x.yaml:4:10006: error: more than 10000 levels of nesting\n"))
  }

  @Test func severalRootsAtOnceAsWell() throws {
    try write(DeepInput.lists.files(depth: 2000))
    try write(["other/kustomization.yaml": "resources: [x.yaml]\n"])
    try write(["other/x.yaml": DeepInput.mappings.files(depth: 300)["/app/x.yaml"] ?? ""])
    let result = try run(stack: 128, "--jobs 2 app other")
    #expect(String(decoding: result.errors, as: UTF8.self) == "")
    #expect(result.status == .exited(0))
  }
}
