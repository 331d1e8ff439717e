package import Lamina

/// Diagnostics as one JSON object, described in Docs/DIAGNOSTICS.md. A reader must pass over fields that it does
/// not know; the number of `version` changes when a field changes its meaning.
enum JSONDiagnostics {
  static let version = 1

  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", version)
      json.field("diagnostics") { json in
        json.array(of: report.diagnostics) { json, diagnostic in json.write(diagnostic) }
      }
      if report.unlistedErrors > 0 { json.field("unlistedErrors", report.unlistedErrors) }
    }
    return json.output + [UInt8(ascii: "\n")]
  }
}

extension JSONWriter {
  /// Writes a diagnostic as one object.
  package mutating func write(_ diagnostic: Diagnostic) {
    object { json in
      json.field("rule", diagnostic.id)
      json.field("family", diagnostic.code)
      json.field("severity", diagnostic.severity.rawValue)
      json.appendPlace(of: diagnostic)
      if let hint = diagnostic.hint { json.field("hint", hint) }
      if let excerpt = diagnostic.excerpt { json.field("excerpt", excerpt) }
      if !diagnostic.said.isEmpty {
        json.field("said") { $0.array(of: diagnostic.said) { json, line in json.string(line) } }
      }
      if !diagnostic.notes.isEmpty {
        json.field("notes") { json in
          json.array(of: diagnostic.notes) { json, note in
            json.object { $0.appendPlace(of: note) }
          }
        }
      }
      if !diagnostic.includes.isEmpty {
        json.field("includes") { json in
          json.array(of: diagnostic.includes) { json, place in
            json.object { json in
              json.field("file", place.file)
              json.field("line", place.line)
              json.field("column", place.column)
            }
          }
        }
      }
      if !diagnostic.roots.isEmpty {
        json.field("roots") { $0.array(of: diagnostic.roots) { json, root in json.string(root) } }
      }
      if !diagnostic.fixes.isEmpty {
        json.field("fixes") { json in
          json.array(of: diagnostic.fixes) { json, fix in json.append(fix) }
        }
      }
    }
  }

  private mutating func appendPlace(of diagnostic: Diagnostic) {
    field("message", diagnostic.message)
    if let file = diagnostic.location?.file ?? diagnostic.file { field("file", file) }
    if let location = diagnostic.location {
      field("line", location.line)
      field("column", location.column)
    }
    if let end = diagnostic.end {
      field("endLine", end.line)
      field("endColumn", end.column)
    }
  }

  private mutating func append(_ fix: Diagnostic.Fix) {
    object { json in
      json.field("message", fix.message)
      json.field("safe", fix.isSafe)
      json.field("edits") { json in
        json.array(of: fix.edits) { json, edit in
          json.object { json in
            json.field("file", edit.file)
            json.field("start", edit.start)
            json.field("end", edit.end)
            json.field("replacement", edit.replacement)
          }
        }
      }
    }
  }
}
