import Lamina
import LaminaHost
import LaminaSchema

/// One run of the rules over some roots.
struct LintCheck {
  /// What the rules found, in the order of the roots.
  private(set) var findings: [LintRun.Finding] = []
  /// Why roots do not render.
  private(set) var failures: [Diagnostic] = []
  /// For each file that a root which does not render has read, by its canonical path: the first such root.
  private(set) var readersThatFail: [ByteText: String] = [:]
  /// Paths as the settings write them.
  let paths: LintPaths
  private let files: SharedFiles
  private let projectDirectory: String
  let filesRead: Set<ByteText>
  /// The resources of the builds, as `Kind/name` by the names that their files give them.
  private let writtenObjects: Set<ByteText>

  /// Renders roots and asks the rules about them.
  init(
    _ names: [String], _ renderer: Renderer, of files: SharedFiles, _ project: Project.Settings,
    _ schemas: SchemaRules, jobs: Int
  ) {
    let settings = project.file.lint
    let paths = LintPaths(project: project.directory)
    self.paths = paths
    self.files = files
    projectDirectory = project.directory
    let rules = Rule.all + schemas.all
    let lint = Lint(rules, settings, for: .lint)
    var elsewhere = DefinedElsewhere(
      names.map { LintRoot(path: Invocation.path(of: $0), name: $0) }, renderer)
    var run = LintRun(rules, settings, for: .lint) { paths.path(of: $0) }
    var failed = MergedDiagnostics()
    var readersThatFail: [ByteText: String] = [:]
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: jobs) { index in
      let (outcome, rendering) = lint.inspect(
        Invocation.path(of: names[index]), displayPath: names[index], with: renderer)
      return (outcome, rendering.map { (kinds: schemas.customKinds(of: $0), rendering: $0) })
    } receive: { index, inspected in
      progress.clear()
      run.add(inspected.0, of: names[index])
      switch inspected.1 {
      case .success(let root): elsewhere.add(root.kinds, of: root.rendering)
      case .failure(let diagnostic):
        // What the build warned of is among the findings.
        failed.add(diagnostic.errors, of: names[index])
        for file in inspected.0.filesRead where readersThatFail[file] == nil {
          readersThatFail[file] = names[index]
        }
        elsewhere.addFailure()
      }
      progress.show(done: index + 1)
    }
    progress.clear()
    if let look = elsewhere.look(schemas, settings) {
      ParallelWork.run(count: look.count, jobs: jobs, { look.outcome(at: $0) }) { _, seen in
        if let seen { run.add(seen.outcome, of: seen.root) }
      }
    }
    run.add(Self.filesBeside(run, lint, in: files, project), of: ".")
    findings = run.findings
    failures = failed.all
    filesRead = run.filesRead
    writtenObjects = run.writtenObjects
    self.readersThatFail = readersThatFail
  }

  /// What the rules say of the files that lie beside those that the builds read.
  private static func filesBeside(
    _ run: LintRun, _ lint: Lint, in files: SharedFiles, _ project: Project.Settings
  ) -> LintOutcome {
    let shown = RelativePath(from: DiskFileSystem.workingDirectory)
    let top = (try? files.resolve(project.directory))?.path ?? project.directory
    return lint.inspect(
      run,
      {
        RepositoryListing(
          DirectorySearch.directories(below: top, holding: Renderer.kustomizationNames)
            .flatMap { DirectorySearch.files(in: $0) })
      }, in: files, displayPath: { shown.text(of: $0) })
  }

  // MARK: - Known findings

  /// What a baseline counts findings by. Notes are not counted.
  func subject(of finding: LintRun.Finding) -> LintBaseline.Subject? {
    if finding.diagnostic.severity == .note { return nil }
    let file = finding.diagnostic.location?.file ?? finding.diagnostic.file
    return LintBaseline.Subject(
      rule: finding.rule.rawValue, file: file.map { paths.path(of: $0) } ?? "",
      object: finding.writtenObject ?? "")
  }

  /// The findings as a baseline.
  var baseline: LintBaseline { LintBaseline(findings.compactMap { subject(of: $0) }) }

  /// Whether this run would find what a baseline counts, were it still so: a root of the run has read the file, or
  /// the kustomization beside a file that no root reads. Nothing is found in a file that is gone.
  func covers(_ subject: LintBaseline.Subject) -> Bool {
    // What is fetched does not lie below the project.
    if subject.file.isEmpty || subject.file.contains(where: { ":?".contains($0) }) { return false }
    let path = Path.join(projectDirectory, subject.file)
    guard let file = try? files.resolve(path).path else { return true }
    if subject.rule == DiagnosticID.unlistedFile.rawValue {
      let directory = Path.directory(file)
      return Renderer.kustomizationNames.contains {
        filesRead.contains(Path.join(directory, $0))
      }
    }
    return filesRead.contains(file)
  }

  /// Takes away the findings that a baseline has, as often as it has them.
  mutating func remove(_ baseline: LintBaseline) {
    var left = baseline
    findings = findings.filter { finding in
      !(subject(of: finding).map { left.take($0) } ?? false)
    }
  }

  /// Takes away the findings that another state of the same roots has as well.
  ///
  /// An object that was given another name in its file is known by the text of the line: the old name is gone, and
  /// the new one was not there.
  mutating func remove(_ past: LintCheck) {
    var found = baseline
    remove(past.baseline)
    var renamed: [RenamedSubject: Int] = [:]
    for finding in past.findings {
      guard let subject = past.subject(of: finding), !found.take(subject),
        !writtenObjects.contains(subject.object)
      else { continue }
      renamed[RenamedSubject(subject, finding), default: 0] += 1
    }
    findings = findings.filter { finding in
      guard let subject = subject(of: finding), !past.writtenObjects.contains(subject.object),
        let count = renamed[RenamedSubject(subject, finding)], count > 0
      else { return true }
      renamed[RenamedSubject(subject, finding)] = count - 1
      return false
    }
  }

  /// What findings about one object have in common under both of its names.
  private struct RenamedSubject: Hashable {
    let rule: String
    let file: String
    let kind: Substring
    /// The text of the line, as it may be indented in another way.
    let line: String

    init(_ subject: LintBaseline.Subject, _ finding: LintRun.Finding) {
      rule = subject.rule
      file = subject.file
      kind = subject.object.cut(at: "/")?.before ?? subject.object[...]
      line = (finding.diagnostic.excerpt ?? "").withoutOuterWhiteSpace
    }
  }
}
