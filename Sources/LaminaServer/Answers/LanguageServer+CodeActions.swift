internal import Lamina

/// The fixes of what is wrong.
extension LanguageServer {
  mutating func codeActions(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines) = try document(params)
    guard let wanted = range(params["range"]) else { throw .failed("there is no range") }
    let start = lines.offset(of: wanted.start, client.encoding)
    let end = lines.offset(of: wanted.end, client.encoding)
    let near = (published.known[path] ?? []).filter {
      // The fixes of what is kept are about a text that was.
      !$0.isKept && $0.range.lowerBound <= end && start <= $0.range.upperBound
    }
    var actions: [(placed: PublishedDiagnostics.Placed, fix: Diagnostic.Fix, edits: [Edit])] = []
    for placed in near {
      for fix in placed.diagnostic.fixes {
        let edits = fix.edits.compactMap { edit(of: $0) }
        // A file that is no longer as it was has no fix.
        guard edits.count == fix.edits.count, !edits.isEmpty else { continue }
        actions.append((placed, fix, edits))
      }
    }
    let server = self
    return { json in
      json.array(of: actions) { json, action in
        json.object { json in
          json.field("title", MessageLine.shown(action.fix.message))
          json.field("kind", "quickfix")
          json.field("diagnostics") { json in
            json.array(of: [action.placed]) { json, placed in
              server.write(placed, in: lines, to: &json)
            }
          }
          json.field("isPreferred", action.fix.isSafe && action.placed.diagnostic.fixes.count == 1)
          json.field("edit") { server.write(action.edits, to: &$0) }
        }
      }
    }
  }

  /// A piece of a file with what takes its place.
  struct Edit {
    let path: String
    let lines: TextLines
    let range: Range<Int>
    let text: String
  }

  private func edit(of edit: Diagnostic.Fix.Edit) -> Edit? {
    guard Path.isAbsolute(edit.file),
      let path = try? served?.session.files.resolve(Path.clean(edit.file)).path,
      let lines = lines(of: path), 0 <= edit.start, edit.start <= edit.end,
      edit.end <= lines.bytes.count
    else { return nil }
    return Edit(path: path, lines: lines, range: edit.start..<edit.end, text: edit.replacement)
  }

  /// Writes a `WorkspaceEdit`.
  func write(_ edits: [Edit], to json: inout JSONWriter) {
    var paths: [String] = []
    for edit in edits where !paths.contains(edit.path) { paths.append(edit.path) }
    json.object { json in
      json.field("changes") { json in
        json.object { json in
          for path in paths {
            json.field(uri(path)) { json in
              json.array(of: edits.filter { $0.path == path }) { json, edit in
                json.object { json in
                  json.field("range") { write(edit.range, in: edit.lines, to: &$0) }
                  json.field("newText", edit.text)
                }
              }
            }
          }
        }
      }
    }
  }
}
