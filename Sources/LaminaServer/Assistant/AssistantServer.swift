internal import Lamina

/// A server of the Model Context Protocol, without its pipes: lines go in, lines come out.
///
///     var server = AssistantServer(surroundings, tools: tools)
///     server.receive(bytes)
///     while server.hasWork { server.work() }
///     try write(server.takeOutput())
///
/// It works through messages in their order, one a call of `work`. What the client says meanwhile may be read by
/// whoever runs a tool, so that a call that goes on can be cancelled (`isCancelled`).
package struct AssistantServer {
  private let surroundings: AssistantSurroundings
  private let tools: [AssistantTool]
  private var lines = LineFraming()
  private var queue: [Incoming] = []
  private var outbox = Outbox(framing: .lines)
  private var isInitialized = false
  /// The calls that the client wants no answer to, by their ids as they are spelled.
  private var cancelled: Set<ByteText> = []

  private enum Incoming {
    case message(Message)
    /// What cannot be worked on, with the answer.
    case refused(id: String?, RequestError)
  }

  /// Longer answers are cut: they are read by a model.
  private static let longestAnswer = 200_000

  package init(_ surroundings: AssistantSurroundings, tools: [AssistantTool]) {
    self.surroundings = surroundings
    self.tools = tools
  }

  // MARK: - Bytes

  /// Takes what the client has sent, in pieces of any length.
  package mutating func receive(_ bytes: ArraySlice<UInt8>) {
    lines.append(bytes)
    while let line = lines.next() { read(line) }
  }

  package var hasWork: Bool { !queue.isEmpty }

  package mutating func takeOutput() -> [UInt8] { outbox.take() }

  private mutating func read(_ line: LineFraming.Line) {
    let bytes: [UInt8]
    switch line {
    case .tooLong:
      let error = RequestError(code: RequestError.parseError, message: "a message is too long")
      return queue.append(.refused(id: nil, error))
    case .whole(let line): bytes = line
    }
    switch Message.read(bytes) {
    case .message(let message):
      if message.method == "notifications/cancelled" {
        if let id = message.params?["requestId"]?.spelled { cancelled.insert(id) }
        return
      }
      queue.append(.message(message))
    case .refused(let id, let error): queue.append(.refused(id: id, error))
    case .answer: break
    }
  }

  // MARK: - Messages

  /// Works on one message.
  ///
  /// - Parameter receiveMore: reads what has come meanwhile, without waiting; asked for while a tool runs.
  package mutating func work(_ receiveMore: () -> ArraySlice<UInt8> = { [] }) {
    guard !queue.isEmpty else { return }
    switch queue.removeFirst() {
    case .refused(let id, let error): outbox.answer(id, error)
    case .message(let message):
      guard let id = message.id else { return }
      if cancelled.remove(id) != nil { return }
      do throws(RequestError) { try answer(message, id, receiveMore) } catch {
        outbox.answer(id, error)
      }
    }
  }

  private mutating func answer(
    _ message: Message, _ id: String, _ receiveMore: () -> ArraySlice<UInt8>
  ) throws(RequestError) {
    let dialect = try AssistantDialect(of: message)
    switch message.method {
    case "initialize":
      isInitialized = true
      let version = AssistantDialect.sessionVersion(asked: message.params?["protocolVersion"]?.text)
      let own = surroundings.version
      outbox.answer(id) { json in
        json.object { json in
          json.field("protocolVersion", version)
          AssistantDialect.introduce(to: &json)
          json.field("serverInfo") { AssistantDialect.writeServer(own, to: &$0) }
        }
      }
    case "server/discover" where dialect == .stateless:
      answer(id, dialect, isListing: true) { json in
        json.field("supportedVersions") { json in
          json.array(of: AssistantDialect.versions) { json, version in json.string(version) }
        }
        AssistantDialect.introduce(to: &json)
      }
    case "ping" where dialect == .session: answer(id, dialect) { _ in }
    case _ where dialect == .session && !isInitialized: throw .notInitialized
    case "tools/list":
      let tools = tools
      answer(id, dialect, isListing: true) { json in
        json.field("tools") { json in
          json.array(of: tools) { json, tool in tool.write(to: &json) }
        }
      }
    case "tools/call": try call(message.params, id, dialect, receiveMore)
    default: throw .unknownMethod(message.method)
    }
  }

  /// - Parameter isListing: the answer stays the same as long as the server runs.
  private mutating func answer(
    _ id: String, _ dialect: AssistantDialect, isListing: Bool = false,
    _ fields: (inout JSONWriter) -> Void
  ) {
    let own = surroundings.version
    outbox.answer(id) { json in
      json.object { json in
        fields(&json)
        dialect.finish(isListing: isListing, own, to: &json)
      }
    }
  }

  // MARK: - Tools

  private mutating func call(
    _ params: JSONDocument.Value?, _ id: String, _ dialect: AssistantDialect,
    _ receiveMore: () -> ArraySlice<UInt8>
  ) throws(RequestError) {
    guard let name = params?["name"]?.text else { throw .invalidParams("tools/call") }
    guard let tool = tools.first(where: { $0.name == name }) else {
      throw RequestError(code: -32_602, message: "there is no tool \(name.inJSON)")
    }
    var outcome: ToolOutcome
    do throws(ToolFailure) {
      let arguments = try ToolArguments(
        params?["arguments"], of: tool, in: surroundings.workspace,
        allowsEdits: surroundings.allowsEdits, resolve: surroundings.resolve)
      outcome = try run(tool, arguments, id, receiveMore)
      outcome.isMistake = outcome.isMistake || !tool.statuses.contains(outcome.status)
    } catch { outcome = .mistake(error.message) }
    // Nobody waits for the answer to a call that was cancelled.
    if cancelled.remove(id) != nil { return }
    answer(id, dialect) { json in
      json.field("content") { json in
        json.array(of: outcome.texts(longest: Self.longestAnswer)) { json, text in
          json.object { json in
            json.field("type", "text")
            json.field("text", text)
          }
        }
      }
      json.field("isError", outcome.isMistake)
    }
  }

  private mutating func run(
    _ tool: AssistantTool, _ arguments: ToolArguments, _ id: String,
    _ receiveMore: () -> ArraySlice<UInt8>
  ) throws(ToolFailure) -> ToolOutcome {
    switch tool.action {
    case .command(let words):
      let words = try words(arguments)
      let run = surroundings.run
      return run(words) {
        receive(receiveMore())
        return cancelled.contains(id)
      }
    case .rendering(let read):
      switch surroundings.render(arguments.text("directory") ?? ".") {
      case .failure(let diagnostic):
        return .mistake(diagnostic.report)
      case .success(let rendering):
        return ToolOutcome(
          status: 0, output: Array(try read(rendering, arguments).utf8), errors: [])
      }
    }
  }
}
