internal import Lamina
internal import LaminaSyntax

/// What is in a file, and where the objects of the workspace are written.
extension LanguageServer {
  /// The numbers of the protocol.
  private enum SymbolKind: Int {
    case field = 8
    case object = 19
  }

  private struct Symbol {
    let name: String
    let detail: String
    let kind: SymbolKind
    let range: Range<Int>
    let nameRange: Range<Int>
  }

  /// The fields of a kustomization; of another file its objects.
  mutating func documentSymbols(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines) = try document(params)
    guard let file = parsed(path), let tree = file.tree else { return { $0.raw("[]") } }
    var symbols = file.objects.map { object in
      Symbol(
        name: object.name, detail: object.kind, kind: .object, range: object.range,
        nameRange: object.nameRange)
    }
    if FieldFile(path, tree) != nil, let root = tree.documents.first?.root {
      symbols += tree.ownEntries(of: root).map { entry in
        let key = tree[entry.key].range
        return Symbol(
          name: tree.text(of: entry.key) ?? "", detail: "", kind: .field,
          range: key.lowerBound..<max(key.upperBound, tree[entry.value].range.upperBound),
          nameRange: key)
      }
    }
    symbols = symbols.filter { !$0.name.isEmpty }.sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
    let server = self
    return { json in
      json.array(of: symbols) { json, symbol in
        json.object { json in
          json.field("name", symbol.name)
          if !symbol.detail.isEmpty { json.field("detail", symbol.detail) }
          json.field("kind", symbol.kind.rawValue)
          if server.client.nestsSymbols {
            json.field("range") { server.write(symbol.range, in: lines, to: &$0) }
            json.field("selectionRange") { server.write(symbol.nameRange, in: lines, to: &$0) }
          } else {
            json.field("location") { json in
              server.write(FileRange(path: path, range: symbol.nameRange), lines, to: &json)
            }
          }
        }
      }
    }
  }

  /// More would not be looked through.
  private static let mostSymbols = 500

  /// The objects whose kind and name hold what is asked for.
  mutating func workspaceSymbols(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let query = (params["query"]?.text ?? "").lowercased()
    let objects = index(of: served?.roots ?? []).objects.filter {
      query.isEmpty || "\($0.kind)/\($0.name)".lowercased().contains(query)
    }
    let found = objects.prefix(Self.mostSymbols).compactMap { object in
      lines(of: object.path).map { (object, $0) }
    }
    let server = self
    return { json in
      json.array(of: found) { json, one in
        let (object, lines) = one
        json.object { json in
          json.field("name", "\(object.kind)/\(object.name)")
          json.field("kind", SymbolKind.object.rawValue)
          json.field("containerName", server.served?.name(of: object.path) ?? object.path)
          json.field("location") { server.write(object.place, lines, to: &$0) }
        }
      }
    }
  }
}
