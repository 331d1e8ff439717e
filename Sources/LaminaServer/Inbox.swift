internal import Lamina
internal import Synchronization

/// What a client has sent and the server has not taken yet.
///
/// One thread may put bytes in while another one works: a message that comes during a build may end that build, since
/// it cancels the request that the build is for, or changes the files that it reads.
package final class Inbox: Sendable {
  enum Incoming: Sendable {
    case message(Message)
    /// To a request of the server's.
    case answer(id: String?, isError: Bool)
    /// What cannot be worked on, with the answer.
    case refused(id: String?, RequestError)
    /// The request with this id is to be cancelled.
    case cancel(id: String)
    /// The client has closed its side.
    case end
  }

  /// What a build is for, to know which messages end it.
  struct Work: Sendable {
    let token = CancellationToken()
    /// The id of the request that waits for it; nil where none does.
    let request: String?
    /// A change of the files makes it useless.
    let endsWithChange: Bool
    fileprivate(set) var isOutdated = false

    init(for request: Message?) {
      self.request = request?.id
      endsWithChange =
        request.map { Request(rawValue: $0.method)?.isRepeatedByClients == true } ?? true
    }
  }

  private struct State: Sendable {
    var framing = MessageFraming()
    var incoming: [Incoming] = []
    /// The number of bytes that `incoming` came in.
    var size = 0
    var work: Work?
  }

  private let state = Mutex(State())

  /// Takes what the client has sent, in pieces of any length.
  package func receive(_ bytes: ArraySlice<UInt8>) {
    state.withLock { state in
      state.framing.append(bytes)
      state.size += bytes.count
      while let piece = state.framing.next() {
        switch piece {
        case .garbled(let words):
          state.incoming.append(
            .refused(id: nil, RequestError(code: RequestError.parseError, message: words)))
        case .message(let bytes): Self.read(bytes, &state)
        }
      }
    }
  }

  /// The client has closed its side. What came before is still worked on.
  package func inputEnded() { state.withLock { $0.incoming.append(.end) } }

  /// Whether more has come than is to be held: whoever reads from the client waits until it has been taken.
  package var isFull: Bool {
    state.withLock { $0.size > MessageFraming.longestMessage && !$0.incoming.isEmpty }
  }

  private static func read(_ bytes: [UInt8], _ state: inout State) {
    switch Message.read(bytes) {
    case .message(let message) where message.method == "$/cancelRequest":
      guard let id = message.params?["id"]?.spelled else { return }
      if state.work?.request == id { state.work?.token.cancel() }
      state.incoming.append(.cancel(id: id))
    case .message(let message):
      if message.id == nil, message.changesFiles, state.work?.endsWithChange == true {
        state.work?.isOutdated = true
        state.work?.token.cancel()
      }
      state.incoming.append(.message(message))
    case .answer(let id, let isError): state.incoming.append(.answer(id: id, isError: isError))
    case .refused(let id, let error): state.incoming.append(.refused(id: id, error))
    }
  }

  var isEmpty: Bool { state.withLock { $0.incoming.isEmpty } }

  /// What has come since the last call.
  func take() -> [Incoming] {
    state.withLock { state in
      defer { (state.incoming, state.size) = ([], 0) }
      return state.incoming
    }
  }

  /// Does something that messages may end, which they do by its token.
  ///
  /// - Returns: whether a change of the files has ended it.
  func during(_ work: Work, _ body: (CancellationToken) -> Void) -> Bool {
    state.withLock { $0.work = work }
    body(work.token)
    return state.withLock { state in
      defer { state.work = nil }
      return state.work?.isOutdated ?? false
    }
  }
}

extension Message {
  /// What is built from the files as they were is no longer of use.
  fileprivate var changesFiles: Bool {
    switch method {
    case "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose",
      "workspace/didChangeWatchedFiles", "workspace/didChangeWorkspaceFolders":
      true
    default: false
    }
  }
}
