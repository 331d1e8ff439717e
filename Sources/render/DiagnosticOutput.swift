import ArgumentParser
import Lamina
import LaminaDiagnostics
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says what is wrong in the format that was asked for.
///
/// What a build has to say goes to standard error, since its output is the rendering; `lint` has no other output.
struct DiagnosticOutput: Sendable {
  private let format: DiagnosticFormat
  private let project: Project.Settings
  private let roots: [String]

  init(_ format: DiagnosticFormat, _ project: Project.Settings, roots: [String]) {
    self.format = format
    self.project = project
    self.roots = roots
  }

  /// Says why a build failed, and what it warned of.
  func say(_ failure: Diagnostic) {
    if format == .text { return StandardError.say(failure) }
    write(report(failure.all, unlistedErrors: failure.unlistedErrors))
  }

  /// - Parameter unlisted: the roots with more errors than are listed.
  func say(_ diagnostics: [Diagnostic], unlisted: [(root: String, count: Int)] = []) {
    if format == .text {
      for diagnostic in diagnostics where !isQuiet || diagnostic.severity == .error {
        StandardError.write("\(diagnostic.text(width: StandardError.width))\n")
      }
      for (root, count) in unlisted {
        StandardError.say("\(root): and \(count) more \(count == 1 ? "error" : "errors")")
      }
      return
    }
    write(report(diagnostics, unlistedErrors: unlisted.reduce(0) { $0 + $1.count }))
  }

  /// A program that reads another format gets everything.
  private var isQuiet: Bool { MessageOptions.current.isQuiet }

  private func write(_ report: DiagnosticReport) {
    StandardError.write(String(decoding: format.bytes(of: report), as: UTF8.self))
    appendSummary(report)
  }

  /// What is said, as a report.
  func report(_ diagnostics: [Diagnostic], unlistedErrors: Int = 0) -> DiagnosticReport {
    let paths = LintPaths(project: project.top)
    return DiagnosticReport(
      diagnostics, unlistedErrors: unlistedErrors, roots: roots, rules: Rule.ofLint,
      version: Version.own
    ) { paths.path(of: $0) }
  }

  /// The report in the format.
  func bytes(of report: DiagnosticReport) -> [UInt8] { format.bytes(of: report) }

  /// The report as it is printed: for a person, as wide as the terminal is and in colours.
  func standardOutput(_ report: DiagnosticReport) -> [UInt8] {
    guard format == .text else { return bytes(of: report) }
    var report = report
    report.width = Terminal.width(of: STDOUT_FILENO) ?? Diagnostic.usualWidth
    let bytes = bytes(of: report)
    guard MessageOptions.current.color.isColoured(toFile: false) else { return bytes }
    return Array(MessageColours.painted(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  /// Adds the table of all diagnostics to the summary of a step, where GitHub's runner has made a file for it.
  func appendSummary(_ report: DiagnosticReport) {
    guard format == .github, let path = Environment.value("GITHUB_STEP_SUMMARY"), !path.isEmpty
    else { return }
    let summary = GitHubDiagnostics.summary(of: report)
    if summary.isEmpty { return }
    do throws(FileFailure) {
      let before = try? DiskFileSystem().read(DiskFileSystem.absolute(path))
      try WholeFile.write(((before ?? []) + summary)[...], to: path)
    } catch { StandardError.say("warning: cannot write the summary of the step: \(error)") }
  }
}

extension DiagnosticFormat: ExpressibleByArgument {}
