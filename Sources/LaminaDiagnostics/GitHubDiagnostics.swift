internal import Lamina

/// Diagnostics as workflow commands, and as the Markdown of a step's summary.
///
///     ::warning file=app/kustomization.yaml,line=3,col=3,title=image-no-match::no container has …
///
/// GitHub shows ten errors, ten warnings and ten notices of a step at the lines of a pull request and drops
/// the rest without a word. So no more are written, errors first, and the rest is counted.
/// Source: docs.github.com, "Workflow commands for GitHub Actions" and "Usage limits".
package enum GitHubDiagnostics {
  /// How many annotations of one severity GitHub keeps of a step.
  private static let most = 10

  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    var lines: [String] = []
    var left = report.unlistedErrors
    for severity in [Diagnostic.Severity.error, .warning, .note] {
      let all = report.diagnostics.filter { $0.severity == severity }
      lines += all.prefix(most).map { command($0, in: report) }
      left += max(all.count - most, 0)
    }
    if left > 0 {
      lines.append("\(left) more \(left == 1 ? "is" : "are") in the summary of the step")
    }
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  private static func command(_ diagnostic: Diagnostic, in report: DiagnosticReport) -> String {
    var properties: [String] = []
    if let file = report.file(of: diagnostic) { properties.append("file=\(property(file))") }
    if let location = diagnostic.location {
      properties += ["line=\(location.line)", "col=\(location.column)"]
    }
    if let end = diagnostic.end {
      properties += ["endLine=\(end.line)", "endColumn=\(end.column)"]
    }
    properties.append("title=\(property(diagnostic.id))")
    let roots = diagnostic.roots.count > 1 ? "\nin \(diagnostic.roots.count) roots" : ""
    let text = MessageLine.shown(diagnostic.messageWithHint) + roots
    return "::\(word(diagnostic.severity)) \(properties.joined(separator: ","))::\(data(text))"
  }

  private static func word(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private static func data(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(scalar)
      }
    }.joined()
  }

  private static func property(_ text: String) -> String {
    data(MessageLine.shown(text)).unicodeScalars.map { scalar in
      switch scalar {
      case ":": "%3A"
      case ",": "%2C"
      default: String(scalar)
      }
    }.joined()
  }

  // MARK: - The summary

  /// All diagnostics as a table for the summary of a step; empty where there are none.
  package static func summary(of report: DiagnosticReport) -> [UInt8] {
    if report.diagnostics.isEmpty { return [] }
    var text = "| | where | what |\n|---|---|---|\n"
    for diagnostic in report.diagnostics.prefix(mostRows) {
      let place =
        report.file(of: diagnostic).map { file in
          diagnostic.location.map { "\(file):\($0.line)" } ?? file
        } ?? ""
      let cells = [
        "\(diagnostic.severity.rawValue) `\(diagnostic.id)`", code(place),
        markdown(diagnostic.messageWithHint),
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    let left = report.diagnostics.count - mostRows + report.unlistedErrors
    if left > 0, report.diagnostics.count > mostRows || report.unlistedErrors > 0 {
      text += "\n\(left) more are left out.\n"
    }
    return Array(text.utf8)
  }

  /// A summary has a limit of 1 MiB.
  private static let mostRows = 1_000

  private static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`\(MessageLine.shown(text).filter { $0 != "`" && $0 != "|" })`"
  }

  private static func markdown(_ text: String) -> String {
    MessageLine.shown(text).unicodeScalars.map { scalar in
      "\\`*_{}[]<>()#+-!|".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
    }.joined()
  }
}
