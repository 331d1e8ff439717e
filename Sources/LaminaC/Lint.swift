internal import CLamina
internal import CRelease
internal import Lamina
internal import LaminaDiagnostics
internal import LaminaSchema

@_cdecl("lamina_lint")
public func laminaLint(
  _ request: UnsafeRawPointer?, _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> UInt32 {
  Call.run([request], result) { requests in
    let request = requests[0]
    var reader = try OptionReader(request.options)
    let names = try reader.texts("roots")
    let format = try reader.choice("format", DiagnosticFormat.self) ?? .text
    let kubernetes = try reader.text("kubernetes")
    let showsSecrets = try reader.flag("showSecrets")
    let options = try BuildOptions(&reader)
    try reader.finish()
    var roots = request.hasRoot || names.isEmpty ? [try request.root()] : []
    for name in names { roots.append(try request.root(name)) }
    let lint = try LintCall(
      roots, options, kubernetes: kubernetes, hidesSecrets: !showsSecrets)
    return lint.outcome(format)
  }
}

/// One run of the rules over the roots of a request.
private struct LintCall {
  private let roots: [Request.Root]
  private let diagnostics: [Diagnostic]
  private let failures: [Diagnostic]
  private let schemas: SchemaRules

  /// - Parameters:
  ///   - kubernetes: the version to judge by; nil is that of the settings, or any that is known.
  ///   - hidesSecrets: messages show no values of Secrets.
  init(
    _ roots: [Request.Root], _ options: BuildOptions, kubernetes: String?, hidesSecrets: Bool
  ) throws {
    self.roots = roots
    guard let files = roots.first.map({ SharedFiles($0.files) }) else {
      throw InvalidCall.missing("root")
    }
    let settings = options.settings.lint
    let schemas = try Self.schemas(kubernetes ?? settings.kubernetes?.text)
    let rules = Rule.all + schemas.all
    let lint = Lint(rules, settings, for: .lint)
    let renderer = options.renderer(
      sharing: files, hidesSecrets: hidesSecrets, cancelledBy: roots.first?.cancellation)
    var run = LintRun(rules, settings, for: .lint) { $0 }
    var failed = MergedDiagnostics()
    var elsewhere = DefinedElsewhere(
      roots.map { LintRoot(path: $0.path, name: $0.name) }, renderer)
    for root in roots {
      let (outcome, rendering) = lint.inspect(root.path, displayPath: root.name, with: renderer)
      run.add(outcome, of: root.name)
      switch rendering {
      case .success(let rendering): elsewhere.add(schemas.customKinds(of: rendering), of: rendering)
      case .failure(let diagnostic):
        if diagnostic.code == "cancelled" { throw diagnostic }
        failed.add(diagnostic.errors, of: root.name)
        elsewhere.addFailure()
      }
    }
    if let look = elsewhere.look(schemas, settings) {
      for (outcome, name) in (0..<look.count).compactMap({ look.outcome(at: $0) }) {
        run.add(outcome, of: name)
      }
    }
    diagnostics = run.findings.map(\.diagnostic)
    failures = failed.all
    self.schemas = schemas
  }

  private static func schemas(_ version: String?) throws(InvalidCall) -> SchemaRules {
    guard let version else { return SchemaRules(version: nil, definitions: CustomDefinitions()) }
    guard let known = KubernetesVersion(version), known.isKnown else {
      throw InvalidCall("options: kubernetes: there are no facts about the version \"\(version)\"")
    }
    return SchemaRules(version: known, definitions: CustomDefinitions())
  }

  func outcome(_ format: DiagnosticFormat) -> Outcome {
    let all = failures + diagnostics
    let report = DiagnosticReport(
      all, roots: roots.map(\.name), rules: Rule.all + schemas.all,
      version: String(cString: release_version())
    ) { Path.clean($0) }
    return Outcome(
      failures.isEmpty ? LAMINA_OK : LAMINA_FAILED, bytes: format.bytes(of: report),
      diagnostics: all)
  }
}
