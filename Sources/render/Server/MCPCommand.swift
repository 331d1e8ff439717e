import ArgumentParser
import Lamina
import LaminaHost
import LaminaServer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `render mcp`: a server of the Model Context Protocol, which assistants start.
struct MCPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: CommandPage.mcp.abstract, discussion: CommandPage.mcp.text)

  @Argument(help: "The workspace.", completion: .directory)
  var directory = "."

  @Flag(name: CommandFlag.mcpAllowEdits.names, help: CommandFlag.mcpAllowEdits.help)
  var allowEdits = false

  func run() {
    let disk = DiskFileSystem()
    guard let workspace = try? disk.resolve(Path.clean(Invocation.path(of: directory))),
      workspace.isDirectory, chdir(workspace.path) == 0
    else { fail("error: \(directory): it is not a directory") }
    let server = AssistantServer(
      AssistantSurroundings(
        workspace: workspace.path, allowsEdits: allowEdits, version: Version.own,
        resolve: { try? disk.resolve($0).path },
        run: { words, isCancelled in Self.run(words, in: workspace.path, isCancelled) },
        render: { Self.render($0) }), tools: AssistantTool.all)
    ServerPipes.run(server)
  }

  /// Calls this command once more: what it prints is what a person would see.
  private static func run(
    _ words: [String], in workspace: String, _ isCancelled: () -> Bool
  ) -> ToolOutcome {
    let call = ProgramCall(
      program: ownProgram, arguments: words, directory: workspace,
      // Hints and colours of a terminal are not for a model.
      environment: ["NO_COLOR": "1"], timeLimit: mostSeconds, outputLimit: 64 << 20)
    do {
      let host = MachineHost(cacheDirectory: nil)
      let result = try host.run(call, stoppedWhen: isCancelled)
      let status: Int32 =
        switch result.status {
        case .exited(let status): status
        case .signalled(let signal): 128 + signal
        }
      return ToolOutcome(
        status: status, output: result.output, errors: withoutUsage(result.errors))
    } catch {
      return .mistake("error: \(error)")
    }
  }

  /// What a command complains of, without what it says of its own call: an assistant gives no flags.
  private static func withoutUsage(_ errors: [UInt8]) -> [UInt8] {
    let lines = String(decoding: errors, as: UTF8.self)
      .parts(at: "\n", omittingEmptySubsequences: false)
    let kept = lines.prefix { !$0.begins(with: "usage: ") && $0 != "Usage:" }
      .filter { !($0.begins(with: "Run '") && $0.ends(with: "for usage.")) }
    if kept.count == lines.count { return errors }
    let end = kept.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    return Array(kept[..<end].map { "\($0)\n" }.joined().utf8)
  }

  private static let mostSeconds = 120.0

  private static var ownProgram: String {
    #if os(Linux)
      // The program that runs, also where another one has taken its place.
      "/proc/self/exe"
    #else
      CommandLine.arguments.first ?? "render"
    #endif
  }

  private static func render(_ directory: String) -> Result<Rendering, Diagnostic> {
    var invocation = Invocation()
    invocation.options.isOffline = true
    invocation.options.hidesSecrets = true
    let call = invocation
    return Result { () throws(Diagnostic) in
      try call.renderer(SharedFiles(DiskFileSystem()), SharedAnswers())
        .render(Invocation.path(of: directory), displayPath: directory)
    }
  }
}
