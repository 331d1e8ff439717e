internal import Lamina
internal import LaminaSyntax

/// What stands beside the text of a file: how much a kustomization renders to, and the names that get a hash.
extension LanguageServer {
  mutating func codeLenses(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines) = try document(params)
    guard let served, ServedRoots.isKustomization(path) else { return { $0.raw("[]") } }
    let roots = served.readers(of: path)
    if roots.isEmpty { return { $0.raw("[]") } }
    let own = Path.directory(path)
    let title: String
    if roots == [own] {
      title =
        served.state(of: own)?.resourceCount.map { Self.count($0, "resource") }
        ?? "does not render"
    } else {
      title = "in \(Self.count(roots.count, "root"))"
    }
    let shown = roots.contains(own) ? own : roots[0]
    var lenses = [(title: title, command: ServerCommand.show)]
    // Other clients would do nothing with the answer.
    if client.opensVirtualDocuments, isInRepository(shown) {
      lenses.append(("changes since \(client.base)", .diff))
    }
    let server = self
    return { json in
      json.array(of: lenses) { json, lens in
        json.object { json in
          json.field("range") { server.write(0..<0, in: lines, to: &$0) }
          json.field("command") { json in
            json.object { json in
              json.field("title", lens.title)
              json.field("command", lens.command.rawValue)
              json.field("arguments") { json in
                json.array(of: [shown]) { json, root in
                  json.object { json in
                    json.field("uri", server.uri(root))
                    if server.client.opensVirtualDocuments { json.field("open", true) }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private func isInRepository(_ directory: String) -> Bool {
    var directory = directory
    while true {
      if (try? surroundings.files.resolve(Path.join(directory, ".git"))) != nil { return true }
      if directory == "/" || directory == "." { return false }
      directory = Path.directory(directory)
    }
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  /// More would not fit behind a line.
  private static let shownNames = 2

  /// Behind the names of generated objects the names that they get.
  mutating func inlayHints(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines) = try document(params)
    guard let wanted = range(params["range"]), let file = parsed(path) else {
      return { $0.raw("[]") }
    }
    let start = lines.offset(of: wanted.start, client.encoding)
    let end = lines.offset(of: wanted.end, client.encoding)
    let roots = served?.readers(of: path) ?? []
    let index = index(of: roots)
    let generated = file.objects.filter(\.isGenerated).map { ($0.nameRange, [$0.kind], $0.name) }
    let named = file.references.filter { reference in
      index.definitions(reference.kinds, reference.name).contains(where: \.isGenerated)
    }.map { ($0.range, $0.kinds, $0.name) }
    let places: [(range: Range<Int>, kinds: [String], name: String)] = generated + named
    var hints: [(range: Range<Int>, text: String)] = []
    for place in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard start <= place.range.upperBound, place.range.lowerBound <= end else { continue }
      var names: [String] = []
      for root in roots where names.count <= Self.shownNames {
        for name in served?.state(of: root)?.generatedNames ?? []
        where name.written == place.name && place.kinds.contains(name.kind)
          && !names.contains(name.rendered)
        { names.append(name.rendered) }
      }
      if names.isEmpty { continue }
      let more = names.count > Self.shownNames ? ", …" : ""
      hints.append((place.range, names.prefix(Self.shownNames).joined(separator: ", ") + more))
    }
    let server = self
    return { json in
      json.array(of: hints) { json, hint in
        json.object { json in
          json.field("position") { json in
            let position = lines.position(of: hint.range.upperBound, server.client.encoding)
            json.object { json in
              json.field("line", position.line)
              json.field("character", position.character)
            }
          }
          json.field("label", hint.text)
          json.field("paddingLeft", true)
        }
      }
    }
  }
}
