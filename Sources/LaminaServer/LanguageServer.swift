internal import Lamina
internal import LaminaHost

/// A server of the Language Server Protocol, without its pipes: bytes go in, bytes come out.
///
///     var server = LanguageServer(surroundings)
///     server.receive(bytes)
///     while server.hasWork { server.work() }
///     try write(server.takeOutput())
///
/// It works through messages in their order, one a call of `work`, and builds when there is none, or when a request
/// needs that. No piece of work takes longer than the build of a root. What the client says meanwhile is taken between
/// two calls, so that a build of many roots holds nobody up; but another thread may put it into the `inbox` at once,
/// where it ends a build that nobody needs any more.
package struct LanguageServer {
  let surroundings: ServerSurroundings
  /// What came and was not looked at.
  package let inbox = Inbox()
  /// What came and was not worked on.
  private var queue: [Incoming] = []
  private var state = State.started
  /// Set by `exit`, and by the end of the input.
  package private(set) var exitStatus: Int32?
  private var inputHasEnded = false
  var outbox = Outbox()
  var client = Client()
  /// By canonical path.
  var documents: [ByteText: OpenDocument] = [:]
  let files: OpenFiles
  var served: ServedRoots?
  var published = PublishedDiagnostics()
  var knowledge = Knowledge()
  var virtual = VirtualDocuments()
  var progress = BuildProgress()
  /// Ends the answer that is being looked for, and the builds that it needs.
  private(set) var cancellation = CancellationToken()
  /// What the client has been told of the files may no longer be so.
  var mustPublish = true

  private enum State { case started, running, shutDown }

  private enum Incoming {
    case message(Message)
    /// What cannot be worked on, with the answer.
    case refused(id: String?, RequestError)
  }

  /// What the client has said of itself.
  struct Client {
    var encoding = PositionEncoding.utf16
    /// The folders as the client writes them and as they are.
    var folders: [(written: String, path: String)] = []
    var registersWatchers = false
    var usesMarkdown = true
    /// Symbols of a file have ranges of their own.
    var nestsSymbols = false
    /// Asks for documents that no file holds, and again when they have changed.
    var knowsVirtualDocuments = false
    /// Shows such a document when it is asked to.
    var opensVirtualDocuments = false
    /// The revision that changes are compared with where none is named.
    var base = VirtualDocument.usualBase
    /// Long work may be shown.
    var showsProgress = false
  }

  package init(_ surroundings: ServerSurroundings) {
    self.surroundings = surroundings
    files = OpenFiles(over: surroundings.files)
  }

  // MARK: - Bytes

  /// Takes what the client has sent, in pieces of any length.
  package mutating func receive(_ bytes: ArraySlice<UInt8>) {
    inbox.receive(bytes)
    takeIncoming()
  }

  /// Whether there is anything to do without another message.
  package var hasWork: Bool {
    if exitStatus != nil { return false }
    return !queue.isEmpty || !inbox.isEmpty || inputHasEnded || state == .running && !isUpToDate
  }

  /// What is to be sent.
  package mutating func takeOutput() -> [UInt8] { outbox.take() }

  private mutating func takeIncoming() {
    for incoming in inbox.take() {
      switch incoming {
      case .message(let message): queue.append(.message(message))
      case .answer(let id, let isError): progress.answered(id, isError)
      case .refused(let id, let error): queue.append(.refused(id: id, error))
      case .cancel(let id): cancel(id)
      case .end: inputHasEnded = true
      }
    }
  }

  /// A request that is not answered yet is so at once, also where pieces of its work are done.
  private mutating func cancel(_ id: String) {
    for (place, incoming) in queue.enumerated() {
      if case .message(let message) = incoming, message.id == id {
        queue[place] = .refused(id: id, .cancelled)
      }
    }
  }

  // MARK: - Messages

  /// Works on one message, or does a piece of what is to be done when there is none.
  package mutating func work() {
    if exitStatus != nil { return }
    takeIncoming()
    guard let first = queue.first else {
      if inputHasEnded { return exitStatus = state == .shutDown ? 0 : 1 }
      return settle()
    }
    if case .message(let message) = first, message.id != nil, mustSettle(for: message) {
      return settle(for: message)
    }
    knowledge.beginAnswer()
    var isDone = true
    switch first {
    case .refused(let id, let error): outbox.answer(id, error)
    case .message(let message):
      if let id = message.id { isDone = answer(message, id) } else { take(message) }
    }
    if isDone { queue.removeFirst() }
  }

  /// A request that needs builds waits in the queue while they are made, piece by piece, where it can be cancelled.
  private func mustSettle(for message: Message) -> Bool {
    state == .running && !isUpToDate && Request(rawValue: message.method)?.needsBuilds == true
  }

  private var isUpToDate: Bool {
    guard let served else { return true }
    return served.isUpToDate && !mustPublish
  }

  /// A piece of what brings everything up to date.
  ///
  /// - Parameter request: the one that waits for it.
  private mutating func settle(for request: Message? = nil) {
    guard served != nil else { return mustPublish = false }
    if served?.isUpToDate == false {
      let root = request.flatMap { rootToExplain(for: $0) }
      let explain = root.flatMap { explanation(of: $0) }
      let isOutdated = inbox.during(Inbox.Work(for: request)) { token in
        let explainer = served?.work(beside: explain, cancellation: token) ?? nil
        if let root, let explainer { knowledge.keep(explainer, of: root) }
      }
      mustPublish = true
      showProgress()
      if isOutdated, let id = request?.id {
        outbox.answer(id, .contentModified)
        queue.removeFirst()
      }
      return
    }
    if mustPublish {
      mustPublish = false
      publish()
    }
  }

  /// Answers a request, unless that takes more pieces of work, or somebody ends it.
  ///
  /// - Returns: whether the request has its answer.
  private mutating func answer(_ message: Message, _ id: String) -> Bool {
    let work = Inbox.Work(for: message)
    cancellation = work.token
    defer { cancellation = CancellationToken() }
    var isEnded = false
    let isOutdated = inbox.during(work) { token in
      do {
        let result = try response(to: message)
        isEnded = token.isCancelled
        // If it is unfinished, it is asked for again with the next piece of work.
        if !isEnded, !knowledge.isUnfinished { outbox.answer(id, result) }
      } catch {
        knowledge.beginAnswer()
        isEnded = token.isCancelled
        if !isEnded { outbox.answer(id, error as? RequestError ?? .failed("\(error)")) }
      }
    }
    guard isEnded else { return !knowledge.isUnfinished }
    if isOutdated { outbox.answer(id, .contentModified) }
    // A request that was cancelled is answered when that is taken from the inbox.
    return isOutdated
  }

  private mutating func response(
    to message: Message
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    switch (state, message.method) {
    case (.started, "initialize"):
      try initialize(message.params)
      state = .running
      return { [client, surroundings] json in
        ServerCapabilities.write(client, surroundings.version, to: &json)
      }
    case (.started, _): throw RequestError.notInitialized
    case (_, "initialize"): throw RequestError.invalidRequest("initialize has been asked before")
    case (.shutDown, _): throw RequestError.invalidRequest("the server has been shut down")
    case (.running, "shutdown"):
      state = .shutDown
      return { $0.raw("null") }
    case (.running, let method): return try result(of: method, message.params)
    }
  }

  private mutating func take(_ message: Message) {
    if message.method == "exit" { return exitStatus = state == .shutDown ? 0 : 1 }
    // What comes at the wrong time is dropped, as the protocol says; nobody could be told.
    guard state == .running else { return }
    switch message.method {
    case "initialized": registerWatchers()
    case "textDocument/didOpen": open(message.params)
    case "textDocument/didChange": change(message.params)
    case "textDocument/didClose": close(message.params)
    case "textDocument/didSave": saved(message.params)
    case "workspace/didChangeWatchedFiles": watchedFilesChanged(message.params)
    case "workspace/didChangeWorkspaceFolders": foldersChanged(message.params)
    default: break
    }
  }

  private mutating func result(
    of method: String, _ params: JSONDocument.Value?
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    guard let request = Request(rawValue: method) else { throw .unknownMethod(method) }
    guard let params, params.isObject else { throw .invalidParams(method) }
    return try result(of: request, params)
  }
}

/// The requests that are answered while the server runs.
enum Request: String, CaseIterable {
  /// The answer depends on what roots render to, or what they read.
  var needsBuilds: Bool { self != .documentLink && self != .documentSymbol }

  /// Clients ask again by themselves when a text has changed: an answer about the text before is of no use.
  var isRepeatedByClients: Bool {
    switch self {
    case .codeAction, .codeLens, .completion, .inlayHint: true
    default: false
    }
  }

  case codeAction = "textDocument/codeAction"
  case codeLens = "textDocument/codeLens"
  case completion = "textDocument/completion"
  case definition = "textDocument/definition"
  case documentLink = "textDocument/documentLink"
  case documentSymbol = "textDocument/documentSymbol"
  case executeCommand = "workspace/executeCommand"
  case hover = "textDocument/hover"
  case inlayHint = "textDocument/inlayHint"
  case prepareRename = "textDocument/prepareRename"
  case references = "textDocument/references"
  case rename = "textDocument/rename"
  case textDocumentContent = "workspace/textDocumentContent"
  case workspaceSymbol = "workspace/symbol"
}
