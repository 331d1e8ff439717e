/// Finds what is wrong with input that renders, and says how to put it right.
///
///     let linter = try Linter(settings: Array("lint: {rules: {hash-disabled: warning}}\n".utf8))
///     let report = linter.report(on: ["/app/overlays/prod"], with: Renderer(fileSystem: files))
///     for finding in report.findings { print(finding.diagnostic) }
///
///     var corrections = Corrections()
///     for fix in report.findings.flatMap(\.diagnostic.fixes) where fix.isSafe { corrections.add(fix) }
///     for file in corrections.files { save(corrections.bytes(of: file, from: try files.read(file))) }
///
/// Its rules are those that Docs/LINT.md lists, but for those that judge objects against the API of Kubernetes, which
/// the command has.
public struct Linter: Sendable {
  /// Something that a rule has found, or that the build warns of.
  public struct Finding: Sendable {
    /// What is wrong, with the place and the fixes; its `id` is the name of the rule, its `roots` are those that have
    /// it where it is found in several, and its severity is `error`, `warning` or `note`.
    public let diagnostic: Diagnostic
    /// The resource that it is about, as `Kind/name`; nil where it is about none.
    public let object: String?
  }

  /// What is said of some directories.
  public struct Report: Sendable {
    /// What was found, each once, in the order of the directories and of the files in them.
    public let findings: [Finding]
    /// Why directories do not render, each once. What they warn of is among the findings, and of their
    /// kustomization files what the rules say that need no build.
    public let failures: [Diagnostic]
  }

  private let settings: LintSettings
  private let lint: Lint

  /// A linter with the usual levels of the rules.
  public init() { self.init(LintSettings()) }

  /// A linter with settings.
  ///
  /// - Parameters:
  ///   - settings: the bytes of a `lamina.yaml`, of which the section `lint` counts. Its paths begin where those of
  ///     the messages begin.
  ///   - name: what messages call the settings.
  /// - Throws: a `Diagnostic` with the place in the settings.
  public init(settings: [UInt8], name: String = "lamina.yaml") throws(Diagnostic) {
    self.init(try ProjectFile(settings, path: name).lint)
  }

  private init(_ settings: LintSettings) {
    self.settings = settings
    lint = Lint(Rule.all, settings, for: .lint)
  }

  /// Renders directories and says what is wrong with them. What is found through several of them is said once, and
  /// an entry that does nothing only if it does nothing for any of them.
  ///
  /// - Parameters:
  ///   - directories: absolute paths, or addresses of repositories.
  ///   - renderer: renders them, one after the other.
  ///   - displayPath: what messages call a directory; its path by default.
  public func report(
    on directories: [String], with renderer: Renderer,
    displayPath: (String) -> String = { $0 }
  ) -> Report {
    var run = LintRun(Rule.all, settings, for: .lint) { $0 }
    var failures = MergedDiagnostics()
    for directory in directories {
      let name = displayPath(directory)
      let (outcome, rendering) = lint.inspect(directory, displayPath: name, with: renderer)
      run.add(outcome, of: name)
      if case .failure(let diagnostic) = rendering { failures.add(diagnostic.errors, of: name) }
    }
    return Report(findings: Self.findings(run), failures: failures.all)
  }

  /// Says what is wrong with a directory that was rendered.
  public func findings(in rendering: Rendering) -> [Finding] {
    var run = LintRun(Rule.all, settings, for: .lint) { $0 }
    run.add(lint.inspect(rendering, isOneOfMany: false), of: ".")
    return Self.findings(run)
  }

  private static func findings(_ run: LintRun) -> [Finding] {
    run.findings.map { Finding(diagnostic: $0.diagnostic, object: $0.object) }
  }
}
