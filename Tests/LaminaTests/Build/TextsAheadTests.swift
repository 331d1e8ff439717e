import GeneratedInputs
import LaminaHost
import Synchronization
import Testing

@testable import Lamina

/// What two threads read together is what one thread reads.
@Suite struct TextsAheadTests {
  /// How a host does the work that a build wants done on another thread.
  private enum Manner {
    /// Before the build goes on, which so reads nothing itself.
    case atOnce
    /// Not before the build has ended.
    case tooLate
    /// Not at all, and it says so.
    case never
  }

  private final class TestHost: Host {
    private let manner: Manner
    private let works = Mutex<[@Sendable () -> Void]>([])
    let count = Mutex(0)

    init(_ manner: Manner) { self.manner = manner }

    func start(_ work: @escaping @Sendable () -> Void) -> Bool {
      count.withLock { $0 += 1 }
      switch manner {
      case .atOnce: work()
      case .tooLate: works.withLock { $0.append(work) }
      case .never: return false
      }
      return true
    }

    func doTheRest() {
      for work in works.withLock({ $0 }) { work() }
    }

    func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult { throw .other("no") }

    func makeTemporaryDirectory() throws(HostFailure) -> String { throw .other("no") }

    func removeTemporaryDirectory(_ path: String) {}

    func write(_ bytes: [UInt8], to path: String) throws(HostFailure) { throw .other("no") }
  }

  private struct Result: Equatable {
    var bytes: [UInt8] = []
    var files: [String] = []
    var reports: [String] = []
    /// Where the build says that its values were written.
    var places: [String] = []

    init(_ render: () throws(Diagnostic) -> Rendering) {
      do {
        let rendering = try render()
        bytes = rendering.bytes
        files = rendering.filesRead
        reports = rendering.warnings.map(\.report)
        let tree = rendering.stage.tree
        for resource in rendering.stage.resources {
          for child in tree.children(of: resource.root) {
            places.append("\(String(describing: rendering.stage.location(of: child)))")
          }
        }
      } catch { reports = [error.report] }
    }
  }

  private func readsAll(_ options: inout RenderOptions) {
    options.secondThread.fewestFiles = 1
    options.secondThread.fewestBytes = 0
  }

  @Test(arguments: RecordedCase.all)
  func recordedCasesAreTheSame(_ recorded: RecordedCase) {
    let alone = Result { () throws(Diagnostic) in try recorded.render(on: TestHost(.never)) }
    for manner in [Manner.atOnce, .tooLate] {
      let host = TestHost(manner)
      let together = Result { () throws(Diagnostic) in
        try recorded.render(on: host) { readsAll(&$0) }
      }
      #expect(together == alone)
      host.doTheRest()
    }
  }

  /// Files that cannot be read, some of whose documents cannot, that are no files, or are listed twice.
  private static var odd: [(path: String, text: String)] {
    var files = (0..<110).map { number in
      (path: "\(number).yaml", text: object("a\(number)") + "---\n" + object("b\(number)"))
    }
    files[3].text = ""
    files[7].text =
      "a: &x {kind: A, metadata: {name: y}}\nb: *x\nkind: Z\nmetadata: {name: seven}\n"
    files[11].text =
      "kind: List\napiVersion: v1\nitems:\n- kind: B\n  metadata: {name: i}\n"
    files[40].text =
      "kind: ConfigMap\r\nmetadata:\r\n  name: crlf\u{E9}\r\ndata: {a: \"\u{A0}\"}\r\n"
    files[80].text = object("c") + "---\n# nothing\n---\n" + object("d")
    return files
  }

  private static func object(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\ndata:\n  k-\(name): v\n"
  }

  private func files(
    _ files: [(path: String, text: String)], _ more: [String] = [], _ fields: String = ""
  ) -> MemoryFileSystem {
    var system = MemoryFileSystem()
    for file in files { system.write(Array(file.text.utf8), to: "/in/\(file.path)") }
    let list = (files.map(\.path) + more).map { "- \($0)\n" }.joined()
    system.write(Array("resources:\n\(list)\(fields)".utf8), to: "/in/kustomization.yaml")
    system.write(
      Array("resources: [x.yaml]\nnamePrefix: p-\n".utf8), to: "/in/sub/kustomization.yaml")
    system.write(Array(Self.object("below").utf8), to: "/in/sub/x.yaml")
    return system
  }

  private func compare(_ system: MemoryFileSystem) -> Result {
    let alone = Result { () throws(Diagnostic) in try Renderer(fileSystem: system).render("/in") }
    for manner in [Manner.atOnce, .tooLate] {
      let host = TestHost(manner)
      let together = Result { () throws(Diagnostic) in
        try Renderer(fileSystem: system, host: host).render("/in")
      }
      #expect(together == alone)
      #expect(host.count.withLock { $0 } == 1)
      host.doTheRest()
    }
    for _ in 0..<10 {
      let together = Result { () throws(Diagnostic) in
        try Renderer(fileSystem: system, host: MachineHost(cacheDirectory: nil, jobs: 2))
          .render("/in")
      }
      #expect(together == alone)
    }
    return alone
  }

  @Test func oddFilesAreReadAsByOneThread() {
    let result = compare(files(Self.odd, ["sub"], "namespace: ns\n"))
    #expect(result.reports.isEmpty)
    #expect(result.files.count == 113)
    #expect(!result.bytes.isEmpty)
  }

  @Test func mistakesAreReportedAsByOneThread() {
    var odd = Self.odd
    odd[2].text = "a: b: c\n"
    odd[60].text = Self.object("e") + "---\nx: [\n---\n" + Self.object("f")
    odd[85].text = "metadata: {name: x}\n"
    let result = compare(files(odd, ["missing.yaml", "sub", "0.yaml"]))
    let report = result.reports.joined()
    for place in ["/in/2.yaml:1", "/in/60.yaml:8", "/in/85.yaml:1", "\"missing.yaml\""] {
      #expect(report.contains(place))
    }
  }

  @Test func documentsOfOneLargeFileAreReadAsByOneThread() {
    let documents = (0..<4000).map { Self.object("a\($0)") + ($0 % 7 == 0 ? "---\n" : "") }
    let text = documents.joined(separator: "--- # next\n")
    #expect(compare(files([("all.yaml", text)])).reports.isEmpty)
    let wrong = text.replacing("name: a3990\n", with: "name: a3990: x\n")
      .replacing("name: a17\n", with: "name: [a17\n")
    let report = compare(files([("all.yaml", wrong)])).reports.joined()
    for place in ["/in/all.yaml:126:9", "/in/all.yaml:28504:14"] {
      #expect(report.contains(place))
    }
  }

  /// The build goes on where the caller wants it to end, or to be small, as one thread does.
  @Test func buildsWithLimitsKeepToTheirThread() throws {
    let host = TestHost(.atOnce)
    var options = RenderOptions()
    options.limits.nodes = 1_000_000
    let system = files(Self.odd)
    _ = try Renderer(fileSystem: system, host: host, options: options).render("/in")
    _ = try Renderer(SharedFiles(system), host: host).render("/in")
    _ = try Renderer(fileSystem: system, host: host).render(
      "/in", cancellation: CancellationToken())
    #expect(host.count.withLock { $0 } == 0)
  }
}
