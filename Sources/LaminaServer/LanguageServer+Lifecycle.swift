internal import Lamina

/// How a session begins, and which folders it is about.
extension LanguageServer {
  mutating func initialize(_ params: JSONDocument.Value?) throws(RequestError) {
    guard let params, params.isObject else { throw .invalidParams("initialize") }
    let capabilities = params["capabilities"]
    let encodings = capabilities?["general"]?["positionEncodings"]?.elements ?? []
    if encodings.contains(where: { $0.text == PositionEncoding.utf8.rawValue }) {
      client.encoding = .utf8
    }
    let workspace = capabilities?["workspace"]
    client.registersWatchers =
      workspace?["didChangeWatchedFiles"]?["dynamicRegistration"]?.bool ?? false
    client.showsProgress = capabilities?["window"]?["workDoneProgress"]?.bool ?? false
    let text = capabilities?["textDocument"]
    if let formats = text?["hover"]?["contentFormat"]?.elements {
      client.usesMarkdown = formats.contains { $0.text == "markdown" }
    }
    client.nestsSymbols =
      text?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.bool ?? false
    client.knowsVirtualDocuments = workspace?["textDocumentContent"]?.isObject ?? false
    client.opensVirtualDocuments =
      client.knowsVirtualDocuments
      && capabilities?["window"]?["showDocument"]?["support"]?.bool ?? false
    if let base = params["initializationOptions"]?["base"]?.text { client.base = base }
    var uris = params["workspaceFolders"]?.elements?.compactMap { $0["uri"]?.text } ?? []
    if uris.isEmpty, let uri = params["rootUri"]?.text { uris = [uri] }
    if uris.isEmpty, let path = params["rootPath"]?.text { uris = [FileURI.uri(path)] }
    client.folders = folders(uris)
    serve()
  }

  private func folders(_ uris: [String]) -> [(written: String, path: String)] {
    uris.compactMap { uri in
      guard let written = FileURI.path(uri).map(Path.clean), Path.isAbsolute(written) else {
        return nil
      }
      let found = try? surroundings.files.resolve(written)
      return (written, found?.path ?? written)
    }
  }

  /// Begins to serve the folders, of which the first one has the settings.
  mutating func serve() {
    let directory = client.folders.first?.path ?? "/"
    let (project, problem) = surroundings.project(directory)
    if let problem { show(problem, .warning) }
    var served = ServedRoots(
      project, folders: client.folders.map(\.path), files, surroundings)
    served.filesChanged([], mayHaveMoved: true, open: Set(documents.keys))
    self.served = served
    knowledge.forgetBuilds()
    virtual.forgetPast()
    published.known = [:]
    mustPublish = true
  }

  mutating func foldersChanged(_ params: JSONDocument.Value?) {
    let removed = folders(
      (params?["event"]?["removed"]?.elements ?? []).compactMap { $0["uri"]?.text })
    let added = folders(
      (params?["event"]?["added"]?.elements ?? []).compactMap { $0["uri"]?.text })
    client.folders.removeAll { folder in removed.contains { $0.path == folder.path } }
    for folder in added where !client.folders.contains(where: { $0.path == folder.path }) {
      client.folders.append(folder)
    }
    serve()
  }

  /// Asks to be told of files that change on the disk.
  mutating func registerWatchers() {
    guard client.registersWatchers else { return }
    outbox.request("client/registerCapability") { json in
      json.object { json in
        json.field("registrations") { json in
          json.array(of: ["workspace/didChangeWatchedFiles"]) { json, method in
            json.object { json in
              json.field("id", "files")
              json.field("method", method)
              json.field("registerOptions") { json in
                json.object { json in
                  json.field("watchers") { json in
                    // Generators and charts read files of any name.
                    json.array(of: [Self.everyFile]) { json, pattern in
                      json.object { $0.field("globPattern", pattern) }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static let everyFile = "**/*"

  enum MessageType: Int {
    case error = 1
    case warning
    case info
  }

  /// A message that the client shows its user.
  mutating func show(_ text: String, _ type: MessageType) {
    outbox.notify("window/showMessage") { json in
      json.object { json in
        json.field("type", type.rawValue)
        json.field("message", MessageLine.shown(text))
      }
    }
  }
}

/// What the server says that it can do.
enum ServerCapabilities {
  static func write(
    _ client: LanguageServer.Client, _ version: String, to json: inout JSONWriter
  ) {
    json.object { json in
      json.field("capabilities") { json in
        json.object { json in
          json.field("positionEncoding", client.encoding.rawValue)
          json.field("textDocumentSync") { json in
            json.object { json in
              json.field("openClose", true)
              // Incremental.
              json.field("change", 2)
              json.field("save", true)
            }
          }
          json.field("hoverProvider", true)
          json.field("definitionProvider", true)
          json.field("referencesProvider", true)
          json.field("documentSymbolProvider", true)
          json.field("workspaceSymbolProvider", true)
          json.field("inlayHintProvider", true)
          json.field("codeLensProvider") { $0.object { _ in } }
          json.field("renameProvider") { json in
            json.object { $0.field("prepareProvider", true) }
          }
          json.field("documentLinkProvider") { $0.object { _ in } }
          json.field("completionProvider") { json in
            json.object { json in
              json.field("triggerCharacters") { json in
                // Of paths, and behind a key.
                json.array(of: ["/", " "]) { json, character in json.string(character) }
              }
            }
          }
          json.field("codeActionProvider") { json in
            json.object { json in
              json.field("codeActionKinds") { json in
                json.array(of: ["quickfix"]) { json, kind in json.string(kind) }
              }
            }
          }
          json.field("executeCommandProvider") { json in
            json.object { json in
              json.field("commands") { json in
                json.array(of: ServerCommand.allCases) { json, command in
                  json.string(command.rawValue)
                }
              }
            }
          }
          json.field("workspace") { json in
            json.object { json in
              json.field("workspaceFolders") { json in
                json.object { json in
                  json.field("supported", true)
                  json.field("changeNotifications", true)
                }
              }
              json.field("textDocumentContent") { json in
                json.object { json in
                  json.field("schemes") { json in
                    json.array(of: [VirtualDocument.scheme]) { json, scheme in json.string(scheme) }
                  }
                }
              }
            }
          }
        }
      }
      json.field("serverInfo") { json in
        json.object { json in
          json.field("name", "render")
          json.field("version", version)
        }
      }
    }
  }
}
