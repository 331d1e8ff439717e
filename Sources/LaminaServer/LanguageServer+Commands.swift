internal import Lamina

/// What a client can have done by name.
enum ServerCommand: String, CaseIterable {
  /// Waits until everything is built and told, and says how many roots there are.
  case status = "render.status"
  /// The rendering of the root that an argument names: `{"uri": "file:///shop/overlays/test"}`.
  case show = "render.show"
  /// What that changes since a revision: `{"uri": "file:///shop/overlays/test", "base": "main"}`.
  case diff = "render.diff"
}

extension LanguageServer {
  mutating func result(
    of request: Request, _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    switch request {
    case .codeAction: return try codeActions(params)
    case .completion: return try completion(params)
    case .definition: return try definition(params)
    case .codeLens: return try codeLenses(params)
    case .documentLink: return try documentLinks(params)
    case .documentSymbol: return try documentSymbols(params)
    case .inlayHint: return try inlayHints(params)
    case .prepareRename: return try prepareRename(params)
    case .rename: return try rename(params)
    case .textDocumentContent: return try textDocumentContent(params)
    case .workspaceSymbol: return try workspaceSymbols(params)
    case .executeCommand: return try execute(params)
    case .hover: return try hover(params)
    case .references: return try references(params)
    }
  }

  private mutating func execute(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    guard let command = params["command"]?.text.flatMap({ ServerCommand(rawValue: $0) }) else {
      throw .failed("there is no such command")
    }
    switch command {
    case .status: return status()
    case .show, .diff: return try showDocument(params["arguments"]?.elements?.first, command)
    }
  }

  private mutating func status() -> (inout JSONWriter) -> Void {
    guard let served else { return { $0.raw("null") } }
    return { json in
      json.object { json in
        json.field("roots") { json in
          json.array(of: served.roots) { json, root in
            json.object { json in
              json.field("name", served.name(of: root))
              if let count = served.state(of: root)?.resourceCount {
                json.field("resources", count)
              }
              json.field("renders", served.state(of: root)?.failure == nil)
            }
          }
        }
      }
    }
  }
}
