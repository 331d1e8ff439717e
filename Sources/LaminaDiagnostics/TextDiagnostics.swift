import Lamina

/// Diagnostics for people, as a build prints them.
enum TextDiagnostics {
  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    let lines =
      report.diagnostics.map { $0.text(width: report.width) }
      + [report.unlistedWords].compactMap { $0 }
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }
}
