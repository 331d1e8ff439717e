import Lamina
import LaminaHost

/// Several roots rendered in one call, which share what they read.
///
/// On standard output each root's stream begins with a comment that names the root, and a line `---`
/// stands between the streams: what takes one stream of YAML, such as `kubectl apply`, takes them all.
/// With an output directory each root gets a file in it, named as the root is.
struct ManyRoots {
  private let roots: [Root]
  private let renderer: Renderer
  private let jobs: Int
  /// The directory for a file each; nil is standard output.
  private let output: String?
  private var failed: [String] = []
  /// What the builds have to say, printed in the end: most of it is about what roots have in common.
  private var diagnostics = MergedDiagnostics()
  /// What the rules say of the builds.
  private var warnings: BuildWarnings
  private let diagnosticOutput: DiagnosticOutput
  /// The roots with more errors than are listed, and how many.
  private var unlisted: [(root: String, count: Int)] = []
  private var hasWritten = false
  /// Takes what was written and read; nil where nobody asks.
  private let records: OutputRecords?
  private var recorded: [OutputRecord] = []
  /// What the builds have read so far, where files are written.
  private var inputs = InputPlaces()
  /// The roots of other shards, and the files of all roots.
  private let others: Set<ByteText>
  private let claimed: Set<ByteText>
  /// The file for which standard input stands in, and whether a build has read it.
  private let standIn: StandIn?
  private var hasReadStandIn = false
  /// Whether a finding keeps all roots from being written, so that they wait until all are judged.
  private let isStrict: Bool
  /// What is written when all roots have been rendered.
  private var held: [(root: Root, bytes: [UInt8])] = []

  private struct Root: Sendable {
    /// The name in the user's words.
    let name: String
    let path: String
    /// The file for what is rendered, below the output directory; nil if there is none.
    let file: String?
  }

  init(
    _ invocation: Invocation, _ renderer: Renderer, _ directories: [String], of all: [String],
    _ records: OutputRecords?, _ warnings: BuildWarnings, _ diagnosticOutput: DiagnosticOutput,
    _ standIn: StandIn?
  ) {
    self.standIn = standIn
    self.records = records
    self.diagnosticOutput = diagnosticOutput
    self.renderer = renderer
    self.warnings = warnings
    isStrict = invocation.isStrict
    jobs = invocation.jobCount
    output = invocation.output
    let hasFiles = output != nil
    // Of several, each keeps its name in the paths.
    let searched = invocation.searchedDirectories
    let single = searched.count == 1 ? searched.first : nil
    roots = directories.map { directory in
      Root(
        name: directory, path: Invocation.path(of: directory),
        file: hasFiles
          ? OutputName.file(of: directory, below: single) : nil)
    }
    others = records == nil ? [] : Set(texts: all.map { AddressUser.masked($0) })
    claimed =
      records.map { records in
        Set(texts: all.map { records.path(of: OutputName.file(of: $0, below: single)) })
      } ?? []
  }

  /// Renders all roots, one that fails or not, and leaves with the status that says how it went.
  mutating func run() -> Never {
    if let (first, second) = sameFile {
      fail("error: \(first) and \(second) would be written to one file; render them by themselves")
    }
    do { try records?.check(claimed.sortedTexts) } catch { fail(error) }
    var progress = Progress(total: roots.count)
    let (roots, renderer, rules) = (roots, renderer, warnings)
    let standInPath = standIn?.path
    let records = records
    let writesFiles = output != nil
    ParallelWork.run(count: roots.count, jobs: jobs) { index in
      let (name, log) = (roots[index].name, renderer.makeLog(keepsLookups: records != nil))
      let layers = records.map { _ in LayerLog() }
      do throws(Diagnostic) {
        let rendering = try renderer.render(
          roots[index].path, displayPath: name, log: log, layers: layers)
        var record: OutputRecord?
        if let records, let layers, let file = roots[index].file {
          record = records.record(
            of: name, log, layers, [OutputRecord.File(records.path(of: file), rendering.bytes)])
        }
        return Built(
          stream: .success(rendering.bytes),
          readsStandIn: standInPath.map { rendering.filesRead.contains(bytesOf: $0) } ?? false,
          record: record, filesRead: writesFiles ? log.paths : [],
          findings: rules.inspect(rendering, isOneOfMany: roots.count > 1))
      } catch {
        return Built(
          stream: .failure(error), filesRead: writesFiles ? log.paths : [],
          findings: rules.inspect(error, log, of: name))
      }
    } receive: { index, outcome in
      progress.clear()
      receive(outcome, of: roots[index])
      progress.show(done: index + 1)
    }
    progress.clear()
    standIn?.check(isRead: hasReadStandIn || !failed.isEmpty)
    let warnings = warnings.diagnostics
    diagnosticOutput.say(warnings + diagnostics.all, unlisted: unlisted)
    if warnings.contains(where: { $0.severity == .error }) { exitWithFailure() }
    for (root, bytes) in held { writeOrSay(bytes, of: root) }
    writeRecords()
    // What the roots have in common is not freed first.
    if failed.isEmpty { exitWithSuccess() }
    let words =
      "render: \(failed.count) of \(roots.count) \(roots.count == 1 ? "root" : "roots") failed:"
    if failed.count == 1 { fail("\(words) \(failed[0])") }
    StandardError.say(words)
    for name in failed { StandardError.say("  \(name)") }
    exitWithFailure()
  }

  private func writeRecords() {
    guard let records else { return }
    let failed = Set(texts: failed.map { AddressUser.masked($0) })
    let done = recorded.filter { !failed.contains($0.root) }
    do {
      try records.write(
        done, failed: failed, others: others.subtracting(done.map { ByteText($0.root) }),
        claimed: claimed)
    } catch { fail(error) }
  }

  private mutating func receive(_ outcome: Built, of root: Root) {
    warnings.add(outcome.findings, of: root.name)
    if outcome.readsStandIn { hasReadStandIn = true }
    inputs.insert(outcome.filesRead)
    // Roots that were written before are whole; nothing more is written.
    do { try records?.check(inputs) } catch { fail(error) }
    if let record = outcome.record { recorded.append(record) }
    switch outcome.stream {
    case .success(let bytes):
      if isStrict || replaces(bytes, of: root) {
        held.append((root, bytes))
      } else {
        writeOrSay(bytes, of: root)
      }
    case .failure(let diagnostic):
      diagnostics.add(diagnostic.errors, of: root.name)
      if diagnostic.unlistedErrors > 0 { unlisted.append((root.name, diagnostic.unlistedErrors)) }
      failed.append(root.name)
    }
  }

  /// A file that is there may be read by a root that comes later.
  private func replaces(_ bytes: [UInt8], of root: Root) -> Bool {
    guard let output, let file = root.file else { return false }
    let path = "\(output)/\(file)"
    return OutputFile.exists(path)
      && (try? DiskFileSystem().read(DiskFileSystem.absolute(path))) != bytes
  }

  private mutating func writeOrSay(_ bytes: [UInt8], of root: Root) {
    do { try write(bytes, of: root) } catch {
      StandardError.say(error)
      failed.append(root.name)
    }
  }

  private mutating func write(_ bytes: [UInt8], of root: Root) throws(OutputFailure) {
    if let output, let file = root.file {
      try inputs.check("\(output)/\(file)")
      return try OutputDirectory(output).update(bytes, at: file)
    }
    let separator = hasWritten ? "---\n" : ""
    hasWritten = true
    // Not put together: megabytes would be copied.
    try StandardOutput.write(
      Array("\(separator)# \(AddressUser.masked(root.name).onOneLine)\n".utf8))
    try StandardOutput.write(bytes)
  }

  private var sameFile: (String, String)? {
    var known: [ByteText: String] = [:]
    for root in roots {
      guard let file = root.file else { continue }
      if let other = known.updateValue(root.name, forKey: file) { return (other, root.name) }
    }
    return nil
  }
}

/// What is left of a build once it has ended: a hundred roots must not keep a hundred trees.
private struct Built: Sendable {
  let stream: Result<[UInt8], Diagnostic>
  var readsStandIn = false
  var record: OutputRecord?
  var filesRead: [String] = []
  let findings: LintOutcome
}
