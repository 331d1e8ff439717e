import Foundation
import Lamina
import LaminaSchema
import Testing

/// One tree of `testdata/lint/RULE/NAME`, linted as `render lint --all .` does in it.
///
/// The names of cases begin with what they show: `flagged`, `clean` or `silenced`. `findings.txt` holds what is
/// reported.
struct LintCase: CustomTestStringConvertible {
  enum Kind: String, CaseIterable {
    case flagged
    case clean
    case silenced
  }

  let directory: URL
  var rule: String { directory.deletingLastPathComponent().lastPathComponent }
  var kind: Kind? { Kind.allCases.first { directory.lastPathComponent.hasPrefix($0.rawValue) } }
  var testDescription: String { "\(rule)/\(directory.lastPathComponent)" }

  static let top = RecordedCase.testdata.appending(path: "lint")

  /// The rules that are asked only in cases of theirs, so that the objects of others may be small.
  static let schemaRules = Set(
    SchemaRules(version: nil, definitions: CustomDefinitions()).all.map(\.id.rawValue))

  static let all: [LintCase] = names(in: top).flatMap { rule in
    names(in: top.appending(path: rule)).map {
      LintCase(directory: top.appending(path: "\(rule)/\($0)"))
    }
  }

  private static func names(in directory: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// What is said of the tree, or of the tree as it would be without the comments that silence.
  func diagnostics(withoutComments: Bool = false) throws -> [Diagnostic] {
    var files = try read(below: directory.path)
    if withoutComments {
      for (path, bytes) in files {
        let lines = String(decoding: bytes, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false)
          .map { line in
            line.contains("ignore[\(rule)") || line.contains("ignore-file[\(rule)")
              ? line.replacingOccurrences(of: "# lamina: ignore", with: "# ") : String(line)
          }
        files[path] = Array(lines.joined(separator: "\n").utf8)
      }
    }
    return try LintedTree(files).diagnostics(withSchemas: Self.schemaRules.contains(rule))
  }

  private func read(below directory: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory).sorted() {
      let whole = URL(filePath: "\(directory)/\(path)")
      let isFile = try whole.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
      if isFile != true || path == "findings.txt" { continue }
      files[path] = Array(try Data(contentsOf: whole))
    }
    return files
  }
}

/// Files in memory, linted as the command does it in their directory.
struct LintedTree {
  private let files: [String: [UInt8]]

  init(_ files: [String: [UInt8]]) { self.files = files }

  init(_ files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }

  /// Throws where a root does not render.
  func findings(for purpose: Lint.Purpose = .lint) throws -> [LintRun.Finding] {
    let (failures, run) = try inspect(for: purpose)
    if let failure = failures.first { throw failure }
    return run.findings
  }

  /// Why roots do not render, and what the rules find.
  func diagnostics(withSchemas: Bool = false) throws -> [Diagnostic] {
    let (failures, run) = try inspect(for: .lint, withSchemas: withSchemas)
    return failures + run.findings.map(\.diagnostic)
  }

  private func inspect(
    for purpose: Lint.Purpose, withSchemas: Bool = false
  ) throws -> (failures: [Diagnostic], run: LintRun) {
    var memory = MemoryFileSystem()
    for (path, bytes) in files { memory.write(bytes, to: "/\(path)") }
    let shared = SharedFiles(memory)
    let directories = Set(files.keys.map { "/" + ($0 as NSString).deletingLastPathComponent })
    let roots = Renderer.roots(among: directories.sorted(), in: shared)
    let project = try files[ProjectFile.name].map {
      try ProjectFile($0, path: ProjectFile.name)
    }
    let settings = project?.lint ?? LintSettings()
    let schemas = withSchemas ? try schemaRules(settings).all : []
    let lint = Lint(Rule.all + schemas, settings, for: purpose)
    var run = LintRun(Rule.all + schemas, settings, for: purpose) { $0 }
    var failures = MergedDiagnostics()
    for root in roots {
      let name = root == "/" ? "." : String(root.dropFirst())
      let (outcome, rendering) = lint.inspect(root, displayPath: name, with: Renderer(shared))
      run.add(outcome, of: name)
      if case .failure(let failure) = rendering { failures.add(failure.errors, of: name) }
    }
    let listing = RepositoryListing(files.keys.sorted().map { "/\($0)" })
    run.add(
      lint.inspect(run, { listing }, in: shared, displayPath: { String($0.dropFirst()) }), of: ".")
    return (failures.all, run)
  }

  private func schemaRules(_ settings: LintSettings) throws -> SchemaRules {
    var definitions = CustomDefinitions()
    for (path, bytes) in files
    where settings.definitionDirectories.contains(where: { path.hasPrefix("\($0.text)/") }) {
      for resource in try Rendering(manifest: bytes, displayPath: path).resources {
        definitions.add(definition: resource.root, in: resource.tree)
      }
    }
    return SchemaRules(
      version: settings.kubernetes.flatMap { KubernetesVersion($0.text) }, definitions: definitions)
  }
}
