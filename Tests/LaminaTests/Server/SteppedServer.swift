import Foundation
import Lamina
import LaminaHost
import LaminaSchema
import LaminaServer
import Testing

/// A language server in this process that does one piece of work at a time.
struct SteppedServer {
  private var server: LanguageServer
  private var output: [UInt8] = []

  /// - Parameters:
  ///   - capabilities: of the client, as JSON.
  ///   - files: what the server reads from.
  ///   - host: what fetches what lies elsewhere.
  ///   - rules: those that are asked.
  init(
    in folder: URL, capabilities: String = "{}",
    files: any FileSystem = DiskFileSystem(), host: (any Lamina.Host)? = nil,
    rules: [Rule] = Rule.all
  ) {
    let project = ServedProject(
      directory: folder.path, rules: rules, lint: LintSettings(), options: RenderOptions(),
      schemas: SchemaRules(version: nil, definitions: CustomDefinitions())
    ) { $0 }
    server = LanguageServer(
      ServerSurroundings(files: files, host: host, jobs: 1, version: "test") { _ in
        (project, nil)
      })
    send(
      #"{"id":0,"method":"initialize","params":{"rootUri":"file://\#(folder.path)","#
        + #""capabilities":\#(capabilities)}}"#)
    _ = step()
  }

  var hasWork: Bool { server.hasWork }
  /// Where another thread may put what the client says.
  var inbox: Inbox { server.inbox }

  mutating func send(_ message: String) {
    server.receive([UInt8](LanguageClient.framed(message))[...])
  }

  /// Lets the server do a piece of work; returns what it says, without what all messages have in common.
  mutating func step() -> [String] {
    if server.hasWork { server.work() }
    output += server.takeOutput()
    var messages: [String] = []
    while let end = output.firstRange(of: Array("\r\n\r\n".utf8)) {
      let header = String(decoding: output[..<end.lowerBound], as: UTF8.self)
      let length = Int(header.dropFirst("Content-Length: ".count)) ?? 0
      let body = output[end.upperBound...].prefix(length)
      messages.append(
        String(decoding: body, as: UTF8.self).replacing(#"{"jsonrpc":"2.0","#, with: "{"))
      output = Array(output[body.endIndex...])
    }
    return messages
  }

  /// Lets the server do all that it wants to.
  mutating func settle() -> [String] {
    var messages: [String] = []
    while server.hasWork { messages += step() }
    return messages
  }
}
