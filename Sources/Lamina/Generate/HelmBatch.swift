internal import Synchronization

/// Charts of one build that helm is run for at once.
///
/// The calls are those that kustomize makes for one chart after the other: a chart that is not there is
/// downloaded, its values are written to a file, and helm prints its objects
/// (builtins/HelmChartInflationGenerator.go `Generate`). Here all charts take each of these steps
/// together. The first chart that fails decides what is said, whatever the others do meanwhile.
struct HelmBatch: Sendable {
  /// Knows what helm has been asked before.
  private let session: HelmSession
  private let host: any Host
  /// In the order in which the layers ask for them.
  private var charts: [Chart]
  /// The first chart that cannot be made; those behind it need not be.
  private var failure: (index: Int, problem: Problem)?

  /// One chart and what has been made for it so far.
  private struct Chart: Sendable {
    let inflation: HelmInflation
    let arguments: HelmArguments
    /// A temporary directory; empty until there is one.
    var scratch = ""
    /// The path of the file with the merged values; empty until it is written.
    var valuesFile = ""
    /// The bytes of all files with values.
    var values: [[UInt8]] = []

    var chart: HelmChart { inflation.chart }

    /// Whether the chart need not be downloaded.
    func isThere() -> Bool {
      let directory = inflation.directory
      let found = try? directory.fileSystem.resolve(arguments.chartPath)
      guard let found, found.isDirectory else { return false }
      directory.log?.note(.directory(ByteText(arguments.chartPath)), of: directory)
      return true
    }

    /// Helm with directories of this chart's own, unless the kustomization names one
    /// (`configHome`).
    var helm: HelmProgram {
      let own = inflation.globals.configHome
      return HelmProgram(
        options: arguments.options, configHome: own.isEmpty ? "\(scratch)/helm" : own,
        chart: chart)
    }
  }

  /// Nothing is run or written before `run`.
  init(_ inflations: [HelmInflation], _ session: HelmSession, _ host: any Host) {
    self.session = session
    self.host = host
    charts = inflations.map { inflation in
      Chart(
        inflation: inflation,
        arguments: HelmArguments(
          inflation.chart, inflation.globals, session.options, root: inflation.directory.root))
    }
  }

  /// What helm prints of each chart, up to the first that fails. What helm needs on the disk is gone
  /// afterwards, but for the charts.
  consuming func run(_ workspace: inout Workspace) -> [Result<[UInt8], Problem>] {
    defer {
      for chart in charts where !chart.scratch.isEmpty {
        host.removeTemporaryDirectory(chart.scratch)
      }
    }
    makeScratch()
    checkVersion()
    download()
    writeValues(&workspace)
    var outputs = template()
    if let failure { outputs.append(.failure(failure.problem)) }
    return outputs
  }

  /// How many charts have not failed, nor stand behind one that has.
  private var count: Int { failure?.index ?? charts.count }

  /// Keeps the failure that stands first in the order of the charts, since that is the one
  /// kustomize would stop at.
  private mutating func fail(at index: Int, _ problem: Problem) {
    if index < count { failure = (index, problem) }
  }

  // MARK: - Steps

  /// Makes a temporary directory for each chart: values and helm's own files of two charts must not
  /// meet.
  private mutating func makeScratch() {
    for index in charts.indices {
      do { charts[index].scratch = try host.makeTemporaryDirectory() } catch {
        return fail(at: index, .noScratch(error, at: charts[index].chart.position))
      }
    }
  }

  /// Asks helm for its version once, on behalf of the first chart.
  private mutating func checkVersion() {
    guard count > 0 else { return }
    do throws(Problem) {
      try session.checkVersion(charts[0].helm, scratch: charts[0].scratch, host)
    } catch { fail(at: 0, error) }
  }

  /// Downloads what is missing, each directory once: the first chart that has it says from where.
  private mutating func download() {
    var places: Set<ByteText> = []
    var missing: [Int] = []
    for (index, chart) in charts[..<count].enumerated() where !chart.isThere() {
      guard !chart.chart.repository.isEmpty, places.insert(chart.arguments.chartPath).inserted
      else { continue }
      if session.isOffline {
        fail(at: index, .offline(chart.arguments, chart.chart))
        break
      }
      missing.append(index)
    }
    let (charts, session, indices) = (charts, session, missing)
    let outcomes = Self.untilFailure(indices.count, host) { piece, host throws(Problem) in
      try Self.download(charts[indices[piece]], session, host)
    }
    for (index, outcome) in zip(indices, outcomes) {
      if case .failure(let problem) = outcome { fail(at: index, problem) }
    }
  }

  /// Downloads one chart into its place. It is first put into a directory beside that and renamed
  /// when complete (`Host.addToDirectory`), so that a download that is interrupted leaves no half
  /// chart behind, and two builds at once do no harm.
  private static func download(
    _ chart: Chart, _ session: HelmSession, _ host: any Host
  ) throws(Problem) {
    let (helm, arguments) = (chart.helm, chart.arguments)
    let hasUser = HelmRepositoryFile.isNeeded(for: chart.chart.repository)
    if hasUser, arguments.isInRegistry { throw .userOfRegistry(chart.chart) }
    // What a person would call to do the same: helm itself is given a directory beside the place.
    let call = helm.call(arguments.pull(to: arguments.absoluteHome))
    _ = try helm.output(of: call) { () throws(HostFailure) in
      try session.download(ProgramQuestion(call, scratch: chart.scratch)) {
        () throws(HostFailure) in
        var result = ProgramResult(status: .exited(0), output: [], errors: [])
        try host.addToDirectory(arguments.absoluteHome, unlessExists: arguments.chartPath) {
          directory throws(HostFailure) in
          result =
            hasUser
            ? try pullWithUser(chart, to: directory, host)
            : try host.run(helm.call(arguments.pull(to: directory)))
          return result.status == .exited(0)
        }
        return result
      }
    }
  }

  /// Downloads a chart from a repository whose address must not be among helm's arguments.
  private static func pullWithUser(
    _ chart: Chart, to directory: String, _ host: any Host
  ) throws(HostFailure) -> ProgramResult {
    let file = HelmRepositoryFile(
      address: chart.chart.repository, directory: "\(chart.scratch)/repositories")
    try host.write(file.bytes, to: file.path)
    func run(_ arguments: [String]) throws(HostFailure) -> ProgramResult {
      try host.run(chart.helm.call(arguments, environment: file.environment))
    }
    // What cannot be downloaded of the repository is said on the standard output, and helm 3 then goes on.
    var update = try run(["repo", "update", HelmRepositoryFile.name])
    update.errors = update.output + update.errors
    guard update.status == .exited(0) else { return update }
    var result = try run(chart.arguments.pull(to: directory, from: HelmRepositoryFile.name))
    if result.status != .exited(0) { result.errors = update.errors + result.errors }
    return result
  }

  /// Writes the values in the order of the charts: they are merged in the tree of the build.
  ///
  /// The one step that is not done at once, since the tree has one writer.
  private mutating func writeValues(_ workspace: inout Workspace) {
    for index in charts.indices.prefix(count) {
      do throws(Problem) { try writeValues(index, &workspace) } catch {
        return fail(at: index, error)
      }
    }
  }

  /// Writes the merged values of one chart, and reads its other files of values, whose bytes decide
  /// whether another build's answer is this one's as well.
  private mutating func writeValues(
    _ index: Int, _ workspace: inout Workspace
  ) throws(Problem) {
    let inflation = charts[index].inflation
    let (chart, directory) = (inflation.chart, inflation.directory)
    // It may have come with another chart.
    if chart.repository.isEmpty, !charts[index].isThere() {
      throw .noRepository(charts[index].arguments, chart)
    }
    let own = Kustomization.Entry(
      text: charts[index].arguments.ownValues, position: chart.position)
    let bytes = try HelmValues(chart: chart, file: chart.valuesFile ?? own, directory: directory)
      .bytes(&workspace)
    // The name of a chart may be a path, which must not lead out of the directory.
    let path = "\(charts[index].scratch)/\(Path.lastPart(chart.name))-kustomize-values.yaml"
    do { try host.write(bytes, to: path) } catch { throw .notWritten(error, at: chart.position) }
    charts[index].valuesFile = path
    charts[index].values = [bytes]
    for file in chart.additionalValuesFiles {
      charts[index].values.append(try directory.read(file, as: "additional values file").bytes)
    }
  }

  /// Runs `helm template` for all charts that have not failed. A failure moves from the outcomes to
  /// `failure`, which `run` puts behind the others.
  private mutating func template() -> [Result<[UInt8], Problem>] {
    let (charts, session) = (charts, session)
    let outcomes = Self.untilFailure(count, host) { index, host throws(Problem) in
      try Self.template(charts[index], session, host)
    }
    if case .failure(let problem)? = outcomes.last {
      failure = (outcomes.count - 1, problem)
      return outcomes.dropLast()
    }
    return outcomes
  }

  /// The objects of one chart as helm prints them.
  private static func template(
    _ chart: Chart, _ session: HelmSession, _ host: any Host
  ) throws(Problem) -> [UInt8] {
    // kustomize takes an absolute path for a relative one here.
    let more = chart.chart.additionalValuesFiles.map {
      Path.join(chart.inflation.directory.unresolvedRoot ?? chart.inflation.directory.root, $0.text)
    }
    let arguments = chart.arguments.template(
      chart.inflation.namespace, valuesFiles: [chart.valuesFile] + more)
    let call = chart.helm.call(arguments)
    return try chart.helm.output(of: call) { () throws(HostFailure) in
      try session.run(
        call, ProgramQuestion(call, scratch: chart.scratch, files: chart.values), host)
    }
  }

  // MARK: - At once

  /// The outcomes of pieces of work up to the first that fails, whichever is done first: what stands
  /// before a failure is always done, and what stands behind it is not begun any more.
  private static func untilFailure<Value: Sendable>(
    _ count: Int, _ host: any Host,
    _ work: @escaping @Sendable (Int, any Host) throws(Problem) -> Value
  ) -> [Result<Value, Problem>] {
    // `nil` stands for work that was not done. It can only stand behind a failure.
    let firstFailure = FirstFailure()
    let outcomes = host.concurrentMap(count) { index, host -> Result<Value, Problem>? in
      if firstFailure.isBefore(index) { return nil }
      do throws(Problem) { return .success(try work(index, host)) } catch {
        firstFailure.note(index)
        return .failure(error)
      }
    }
    let end = outcomes.firstIndex { outcome in
      if case .success? = outcome { false } else { true }
    }
    guard let end else { return outcomes.compactMap { $0 } }
    return outcomes[...end].compactMap { $0 }
  }
}

/// The smallest index of a piece of work that has failed so far.
private final class FirstFailure: Sendable {
  private let index = Mutex(Int.max)

  func isBefore(_ other: Int) -> Bool { index.withLock { $0 < other } }

  func note(_ other: Int) { index.withLock { $0 = min($0, other) } }
}

extension Problem {
  fileprivate static func offline(_ arguments: HelmArguments, _ chart: HelmChart) -> Problem {
    let version = chart.version.isEmpty ? "" : " of version \(chart.version)"
    return Problem(
      .chartNotInCache,
      "chart \"\(chart.name)\"\(version) is not at '\(Path.join(arguments.home, chart.name))', and this build is offline",
      at: chart.position, option: .online)
  }

  fileprivate static func userOfRegistry(_ chart: HelmChart) -> Problem {
    Problem(
      .registryWithUser, "the address of a registry cannot hold a user: \(chart.repository)",
      at: chart.position, hint: "'helm registry login' keeps the user and the password")
  }

  fileprivate static func noRepository(
    _ arguments: HelmArguments, _ chart: HelmChart
  ) -> Problem {
    Problem(
      .chartWithoutRepository,
      "no repo specified for pull, no chart found at '\(Path.join(arguments.home, chart.name))'",
      at: chart.position)
  }

  fileprivate static func noScratch(_ failure: HostFailure, at position: Position) -> Problem {
    Problem(
      .helmDirectoryNotMade, "unable to make a temporary directory for helm: \(failure)",
      at: position)
  }

  fileprivate static func notWritten(_ failure: HostFailure, at position: Position) -> Problem {
    Problem(.helmValuesNotWritten, "failed to write values file for helm: \(failure)", at: position)
  }
}
