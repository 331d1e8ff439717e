internal import Lamina

/// Diagnostics as GitLab's Code Quality report.
/// Source: docs.gitlab.com, "Code Quality report format".
enum GitLabDiagnostics {
  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    var json = JSONWriter()
    var fingerprints = Fingerprints()
    json.array(of: report.diagnostics) { json, diagnostic in
      let file = report.file(of: diagnostic) ?? "."
      json.object { json in
        json.field("description", diagnostic.messageWithHint)
        json.field("check_name", diagnostic.id)
        json.field("fingerprint", fingerprints.next(of: diagnostic, in: file))
        json.field("severity", word(diagnostic.severity))
        json.field("location") { json in
          json.object { json in
            json.field("path", file)
            json.field("lines") { json in
              json.object { json in
                json.field("begin", diagnostic.location?.line ?? 1)
                if let end = diagnostic.end { json.field("end", end.line) }
              }
            }
          }
        }
      }
    }
    return json.output + [UInt8(ascii: "\n")]
  }

  private static func word(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
