/// The ways to print diagnostics.
package enum DiagnosticFormat: String, Sendable, CaseIterable {
  /// For people: the place, the line and the correction.
  case text
  /// For programs; Docs/DIAGNOSTICS.md describes it.
  case json
  /// Workflow commands, which GitHub shows at the lines of a pull request.
  case github
  /// GitLab's Code Quality report.
  case gitlab
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit's XML, with a test case for each root.
  case junit

  package func bytes(of report: DiagnosticReport) -> [UInt8] {
    switch self {
    case .text: TextDiagnostics.bytes(of: report)
    case .json: JSONDiagnostics.bytes(of: report)
    case .github: GitHubDiagnostics.bytes(of: report)
    case .gitlab: GitLabDiagnostics.bytes(of: report)
    case .sarif: SARIFDiagnostics.bytes(of: report)
    case .junit: JUnitDiagnostics.bytes(of: report)
    }
  }
}
