import Lamina
import Synchronization
import Testing

/// What a build asks of its host for a chart, and that it leaves nothing behind.
@Suite struct HelmHostTests {
  /// Answers calls of helm, and counts what is made and removed.
  private final class RecordingHost: Host {
    struct Record {
      var calls: [ProgramCall] = []
      var written: [String: [UInt8]] = [:]
      var made: [String] = []
      var removed: [String] = []
    }

    private let record = Mutex(Record())
    /// By the first argument of the call.
    private let answers: [String: Answer]
    private let refusesToWrite: Bool

    init(_ answers: [String: Answer] = [:], refusesToWrite: Bool = false) {
      self.answers = answers
      self.refusesToWrite = refusesToWrite
    }

    var recorded: Record { record.withLock { $0 } }

    func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
      record.withLock { $0.calls.append(call) }
      switch answers[call.arguments[0]] {
      case .failure(let failure): throw failure
      case .result(let status, let output, let errors):
        return ProgramResult(
          status: status, output: Array(output.utf8), errors: Array(errors.utf8))
      case nil:
        let output = call.arguments[0] == "version" ? "v3.14.0" : ""
        return ProgramResult(status: .exited(0), output: Array(output.utf8), errors: [])
      }
    }

    func makeTemporaryDirectory() throws(HostFailure) -> String {
      record.withLock { record in
        record.made.append("/tmp/scratch-\(record.made.count)")
        return record.made[record.made.count - 1]
      }
    }

    func removeTemporaryDirectory(_ path: String) { record.withLock { $0.removed.append(path) } }

    func write(_ bytes: [UInt8], to path: String) throws(HostFailure) {
      if refusesToWrite { throw .other("the disk is full") }
      record.withLock { $0.written[path] = bytes }
    }
  }

  enum Answer: Sendable {
    case failure(HostFailure)
    case result(ProgramResult.Status, String, String)

    static func printed(_ output: String) -> Answer { .result(.exited(0), output, "") }
  }

  private static func files(_ kustomization: String) -> MemoryFileSystem {
    MemoryFileSystem([
      "/shop/kustomization.yaml": kustomization, "/shop/charts/shop/values.yaml": "a: 1\n",
    ])
  }

  private static let oneChart = "helmCharts: [{name: shop, releaseName: r}]\n"

  private static func render(
    _ kustomization: String = oneChart, _ host: (any Host)?,
    _ change: (inout HelmOptions) -> Void = { _ in }
  ) throws(Diagnostic) -> String {
    var options = RenderOptions()
    options.helm.isEnabled = true
    change(&options.helm)
    let renderer = Renderer(fileSystem: files(kustomization), host: host, options: options)
    return String(decoding: try renderer.render("/shop", displayPath: ".").bytes, as: UTF8.self)
  }

  private static func message(
    _ host: (any Host)?, _ change: (inout HelmOptions) -> Void = { _ in }
  ) -> String? {
    do {
      _ = try render(oneChart, host, change)
      return nil
    } catch { return "\(error.code): \(error.message)" }
  }

  @Test func asksForHelmAsOptionsSay() throws {
    let host = RecordingHost()
    #expect(
      try Self.render(Self.oneChart, host) {
        $0.command = "/opt/helm"
        $0.timeLimit = 7
      } == "")
    let environment = [
      "HELM_CONFIG_HOME": "/tmp/scratch-0/helm", "HELM_CACHE_HOME": "/tmp/scratch-0/helm/.cache",
      "HELM_DATA_HOME": "/tmp/scratch-0/helm/.data",
    ]
    let values = "/tmp/scratch-0/shop-kustomize-values.yaml"
    let arguments = [
      ["version", "--short"], ["template", "r", "/shop/charts/shop", "-f", values],
    ]
    #expect(
      host.recorded.calls
        == arguments.map {
          ProgramCall(
            program: "/opt/helm", arguments: $0, directory: ".", environment: environment,
            timeLimit: 7)
        })
    #expect(host.recorded.written == [values: Array("a: 1\n".utf8)])
    #expect(host.recorded.made == ["/tmp/scratch-0"])
    #expect(host.recorded.removed == ["/tmp/scratch-0"])
  }

  private func commands(_ host: RecordingHost) -> [String] {
    host.recorded.calls.map { $0.arguments.prefix(2).joined(separator: " ") }
  }

  @Test func asksForTheVersionOnceABuild() throws {
    let host = RecordingHost()
    let charts = (1...10).map { "{name: shop, releaseName: r\($0)}" }.joined(separator: ", ")
    _ = try Self.render("helmCharts: [\(charts)]\n", host)
    #expect(commands(host) == ["version --short"] + (1...10).map { "template r\($0)" })
    #expect(host.recorded.made.count == 10)
    #expect(host.recorded.removed == host.recorded.made)
  }

  /// Renders roots `/0`, `/1`, ... of one run, each with the charts that it is given.
  private func renderRoots(_ charts: [String], _ host: any Host) throws -> [String] {
    var files: [String: String] = ["/charts/shop/values.yaml": "a: 1\n"]
    for (index, charts) in charts.enumerated() {
      files["/\(index)/kustomization.yaml"] =
        "helmGlobals: {chartHome: /charts}\nhelmCharts: [\(charts)]\n"
    }
    var options = RenderOptions(loadRestriction: .none)
    options.helm.isEnabled = true
    let renderer = Renderer(
      SharedFiles(MemoryFileSystem(files)), host: host, options: options, answers: SharedAnswers())
    return try charts.indices.map { index in
      String(decoding: try renderer.render("/\(index)").bytes, as: UTF8.self)
    }
  }

  @Test func rootsOfOneRunShareWhatEqualCallsPrint() throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"
    let host = RecordingHost(["template": .printed(map)])
    let chart = "{name: shop, releaseName: r, valuesInline: {a: 2}}"
    #expect(try renderRoots([chart, chart, chart], host) == [map, map, map])
    #expect(commands(host) == ["version --short", "template r"])
  }

  @Test(arguments: [
    "{name: shop, releaseName: r}", "{name: shop, releaseName: r, valuesInline: {a: 3}}",
    "{name: shop, releaseName: s, valuesInline: {a: 2}}",
    "{name: shop, releaseName: r, valuesInline: {a: 2}, namespace: mine}",
  ])
  func otherCallsAreMade(_ other: String) throws {
    let host = RecordingHost()
    _ = try renderRoots(["{name: shop, releaseName: r, valuesInline: {a: 2}}", other], host)
    #expect(commands(host).count == 3)
  }

  /// As kustomize does: what a chart makes up, such as a password, differs between two calls.
  @Test func oneBuildGetsNoOutputTwice() throws {
    let host = RecordingHost()
    let twice = "{name: shop, releaseName: r}, {name: shop, releaseName: r}"
    _ = try renderRoots([twice, twice], host)
    #expect(commands(host) == ["version --short", "template r", "template r"])
  }

  @Test func anOfflineBuildDoesNotPull() throws {
    let host = RecordingHost()
    var options = RenderOptions()
    options.helm.isEnabled = true
    options.isOffline = true
    let files = Self.files("helmCharts: [{name: bees, repo: 'https://h'}]\n")
    let renderer = Renderer(fileSystem: files, host: host, options: options)
    let error = #expect(throws: Diagnostic.self) { try renderer.render("/shop") }
    #expect(
      error?.message
        == "chart \"bees\" is not at 'charts/bees', and this build is offline")
    #expect(commands(host) == ["version --short"])
  }

  /// What helm is asked for a chart of a repository, up to where the chart is missing all the same.
  private func pull(from address: String, _ host: RecordingHost) throws -> Diagnostic? {
    #expect(throws: Diagnostic.self) {
      try Self.render(
        "helmCharts: [{name: bees, version: 1.2.3, repo: \"\(address)\"}]\n", host)
    }
  }

  /// All users of the machine can read the arguments of a program.
  @Test(arguments: [
    "https://me:s3cret%20word@charts.example.com/stable", "https://s3cret@charts.example.com",
    "HTTP://me:s3c'ret@h/", "git+https://me:s3cret@h/x?y=z",
  ])
  func anAddressWithUserIsNoArgument(address: String) throws {
    let host = RecordingHost()
    _ = try pull(from: address, host)
    let own = "/tmp/scratch-0/repositories"
    let file = "repositories:\n- name: repository\n  url: \"\(address)\"\n"
    #expect(host.recorded.written == ["\(own)/repositories.yaml": Array(file.utf8)])
    let charts = "/shop/charts/bees-1.2.3"
    let calls = host.recorded.calls.dropFirst()
    #expect(
      calls.map(\.arguments) == [
        ["repo", "update", "repository"],
        ["pull", "--untar", "--untardir", charts, "repository/bees", "--version", "1.2.3"],
      ])
    let homes = host.recorded.calls[0].environment
    #expect(homes.keys.sorted() == ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"])
    let repositories = [
      "HELM_REPOSITORY_CONFIG": "\(own)/repositories.yaml",
      "HELM_REPOSITORY_CACHE": "\(own)/cache",
    ]
    for call in calls { #expect(call.environment == homes.merging(repositories) { $1 }) }
  }

  @Test(arguments: ["https://charts.example.com/@scope", "https://h?u=a@b", "file.example.com@x"])
  func anAddressWithoutUserIsAnArgument(address: String) throws {
    let host = RecordingHost()
    _ = try pull(from: address, host)
    #expect(host.recorded.written.isEmpty)
    let calls = host.recorded.calls.map(\.arguments)
    #expect(calls.count == 2)
    #expect(calls.last?.dropFirst(4) == ["--repo", address, "bees", "--version", "1.2.3"])
  }

  /// Helm 3 says on its standard output that a repository cannot be read, and ends well; helm 4 fails.
  @Test(arguments: [0, 1] as [Int32])
  func saysWhyARepositoryWithUserCannotBeRead(status: Int32) throws {
    let host = RecordingHost([
      "repo": .result(.exited(status), "no index: https://me:s3cret@h: 401\n", "Error: update\n"),
      "pull": .result(.exited(1), "", "Error: no cached repository\n"),
    ])
    let shown = try pull(from: "https://me:s3cret@h", host).map { "\($0)" } ?? ""
    let helm3 = status == 0 ? "  │ Error: no cached repository\n" : ""
    #expect(
      shown.hasSuffix("  │ no index: https://***@h: 401\n  │ Error: update\n\(helm3)".dropLast(1)))
    #expect(shown.contains("--repo https://***@h bees --version 1.2.3' failed with exit status 1"))
    #expect(!shown.contains("s3cret"))
    #expect(commands(host).count == (status == 0 ? 3 : 2))
  }

  @Test func aRegistryHasNoUserInItsAddress() throws {
    let host = RecordingHost()
    let error = try pull(from: "oci://me:s3cret@h/charts", host)
    #expect(commands(host) == ["version --short"])
    let shown = error.map { "\($0)" } ?? ""
    #expect(shown.contains("the address of a registry cannot hold a user: oci://me:***@h/charts"))
    #expect(!shown.contains("s3cret"))
  }

  @Test func asksForNothingUnlessAllowed() throws {
    let host = RecordingHost()
    #expect(
      Self.message(host) { $0.isEnabled = false }
        == "not-allowed: a chart needs helm to be run: must specify RenderOptions.helm.isEnabled")
    #expect(host.recorded.calls.isEmpty)
    #expect(host.recorded.made.isEmpty)
    #expect(
      Self.message(nil)
        == "not-allowed: a chart needs helm to be run, and this renderer has no host to run it")
  }

  @Test func findsOutWhatIsWrongWithAnyChartBeforeItRunsHelm() throws {
    let host = RecordingHost()
    #expect(throws: Diagnostic.self) {
      try Self.render("helmCharts: [{name: shop}, {releaseName: nameless}]\n", host)
    }
    #expect(host.recorded.calls.isEmpty)
  }

  @Test(arguments: ["name: --keyring=x", "name: shop, releaseName: --post-renderer=/bin/sh"])
  func namesCannotBeOptions(chart: String) throws {
    let host = RecordingHost()
    let error = #expect(throws: Diagnostic.self) {
      try Self.render("helmCharts: [{\(chart)}]\n", host)
    }
    #expect(error?.message.hasSuffix("would be an option of helm") == true)
    #expect(host.recorded.calls.isEmpty)
  }

  @Test(arguments: [
    (
      "version", Answer.failure(.programNotFound("helm")),
      "program-failed: unable to run 'helm version --short': there is no program \"helm\""
    ),
    (
      "version", .failure(.timeLimit(seconds: 600)),
      "program-failed: unable to run 'helm version --short': it did not end within 600 seconds, and was stopped"
    ),
    (
      "version", .result(.exited(1), "", "no\n\n"),
      "program-failed: 'helm version --short' failed with exit status 1"
    ),
    (
      "version", .result(.signalled(9), "", ""),
      "program-failed: 'helm version --short' failed with signal 9"
    ),
    (
      "version", .printed("v3"),
      "program-failed: cannot find a version in what helm says of itself: v3"
    ),
    (
      "version", .printed("1..2 33.1 v3.1"),
      "program-failed: charts need helm 3 or 4, and this is helm 33.1"
    ),
    (
      "template", .printed("\u{0}\u{1}"),
      "malformed-yaml: malformed YAML: control characters are not allowed"
    ),
    (
      "template", .printed("a: [\n"),
      "malformed-yaml: malformed YAML: this \"[\" is never closed"
    ),
    ("template", .printed("a: 1\n"), "invalid-resource: missing kind in object"),
    (
      "template", .failure(.outputLimit(bytes: 5)),
      "program-failed: unable to run 'helm template r /shop/charts/shop -f /tmp/scratch-0/shop-kustomize-values.yaml': it printed more than 5 bytes, and was stopped"
    ),
  ])
  func leavesNothingBehindWhenHelmFails(
    call: String, answer: Answer, expected: String
  ) throws {
    let host = RecordingHost([call: answer])
    #expect(Self.message(host) == expected)
    #expect(host.recorded.made == ["/tmp/scratch-0"])
    #expect(host.recorded.removed == ["/tmp/scratch-0"])
  }

  @Test func leavesNothingBehindWhenValuesCannotBeWritten() throws {
    let host = RecordingHost(refusesToWrite: true)
    #expect(
      Self.message(host)
        == "program-failed: failed to write values file for helm: the disk is full")
    #expect(host.recorded.removed == host.recorded.made)
  }

  @Test func writesValuesInItsOwnDirectoryWhateverTheChartIsCalled() throws {
    let host = RecordingHost()
    let kustomization = """
      helmCharts:
      - {name: ../charts/./shop, releaseName: r}

      """
    #expect(try Self.render(kustomization, host) == "")
    #expect(Array(host.recorded.written.keys) == ["/tmp/scratch-0/shop-kustomize-values.yaml"])
  }

  @Test func keepsTheEndOfALongComplaint() throws {
    let complaint = String(repeating: "x", count: 100_000) + "\nthe reason\n"
    let host = RecordingHost(["version": .result(.exited(1), "", complaint)])
    let error = #expect(throws: Diagnostic.self) {
      try Self.render(Self.oneChart, host)
    }
    #expect(error?.said.last == "the reason")
    #expect(error?.said.count == 2)
    #expect((error?.said.first?.utf8.count ?? 0) < 20_000)
    #expect(error?.description.hasSuffix("x\n  │ the reason") == true)
    #expect((error?.description.utf8.count ?? 0) < 2_000)
  }
}
