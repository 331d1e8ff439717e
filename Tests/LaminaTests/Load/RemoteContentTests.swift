import Synchronization
import Testing

@testable import Lamina

/// What a build asks of its host when kustomizations name what lies elsewhere.
@Suite struct RemoteContentTests {
  /// A host whose repositories and files are in memory, and which writes down what it was asked for.
  private final class RecordingHost: Host {
    let repositories: [String: [String: String]]
    let files: [String: Result<String, HostFailure>]
    private let asked = Mutex<[String]>([])

    init(
      _ repositories: [String: [String: String]] = [:],
      files: [String: Result<String, HostFailure>] = [:]
    ) {
      self.repositories = repositories
      self.files = files
    }

    var calls: [String] { asked.withLock { $0 } }

    func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
      throw .programNotFound(call.program)
    }
    func makeTemporaryDirectory() throws(HostFailure) -> String { throw .other("none") }
    func removeTemporaryDirectory(_ path: String) {}
    func write(_ bytes: [UInt8], to path: String) throws(HostFailure) { throw .other("none") }

    func checkOut(
      _ address: RepositoryAddress, isOffline: Bool, mayChange: Bool
    ) throws(HostFailure) -> Checkout {
      let what = "\(address.repository)@\(address.ref)"
      asked.withLock {
        $0.append("check out \(what)\(isOffline ? " offline" : "")\(mayChange ? " to change" : "")")
      }
      guard let files = repositories[address.repository] else { throw .notInCache }
      // All repositories lie in one place, each in a file system of its own.
      let placed = Dictionary(uniqueKeysWithValues: files.map { ("/clone/\($0)", $1) })
      return Checkout(
        directory: "/clone", fileSystem: MemoryFileSystem(placed), commit: "0",
        release: { self.asked.withLock { $0.append("release \(what)") } })
    }

    func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8] {
      asked.withLock { $0.append("download \(url)\(isOffline ? " offline" : "")") }
      return Array(try (files[url] ?? .failure(.status(404))).get().utf8)
    }
  }

  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
  }

  private func render(
    _ files: [String: String], _ host: RecordingHost?, _ path: String = "/app",
    options: RenderOptions = RenderOptions()
  ) throws(Diagnostic) -> String {
    let renderer = Renderer(
      fileSystem: MemoryFileSystem(files), host: host, options: options)
    return String(decoding: try renderer.render(path).bytes, as: UTF8.self)
  }

  private func failure(
    _ files: [String: String], _ host: RecordingHost?, options: RenderOptions = RenderOptions()
  ) -> String {
    do { return try render(files, host, options: options) } catch { return error.description }
  }

  private static let base = [
    "base/kustomization.yaml": "resources: [cm.yaml]", "base/cm.yaml": map("x"),
  ]

  @Test func aRepositoryIsFetchedOnceAndLetGoAtTheEnd() throws {
    let host = RecordingHost(["git@h:r": Self.base])
    let output = try render(
      [
        "/app/kustomization.yaml": "resources: [a, b]",
        "/app/a/kustomization.yaml": "nameSuffix: -a\nresources: ['git@h:r//base']",
        "/app/b/kustomization.yaml": "nameSuffix: -b\nresources: ['git@h:r//base?timeout=9']",
      ], host)
    #expect(output == "\(Self.map("x-a"))---\n\(Self.map("x-b"))")
    #expect(host.calls == ["check out git@h:r@", "release git@h:r@"])
  }

  @Test func aRepositoryIsLetGoWhenTheBuildFails() {
    let host = RecordingHost(["git@h:r": ["base/kustomization.yaml": "resources: [none.yaml]"]])
    let words = failure(["/app/kustomization.yaml": "resources: ['git@h:r//base?ref=v1']"], host)
    #expect(
      words == """
        git@h:r?ref=v1//base/kustomization.yaml:1:13: error: cannot read resource "none.yaml": no such file or directory
            1 │ resources: [none.yaml]
              │             ^
        """)
    #expect(host.calls == ["check out git@h:r@v1", "release git@h:r@v1"])
  }

  /// Helm downloads charts into the directory of their kustomization, which others must not see.
  @Test func whereProgramsMayRunTheFilesAreTheBuildsOwn() throws {
    let host = RecordingHost(["git@h:r": Self.base])
    var options = RenderOptions()
    options.helm.isEnabled = true
    _ = try render(
      ["/app/kustomization.yaml": "resources: ['git@h:r//base']"], host, options: options)
    #expect(host.calls == ["check out git@h:r@ to change", "release git@h:r@"])
  }

  @Test func anAddressIsBuiltAsADirectoryIs() throws {
    let host = RecordingHost(["ssh://h/r": Self.base])
    #expect(try render([:], host, "ssh://h/r//base") == Self.map("x"))
  }

  @Test func aFileIsDownloadedOnce() throws {
    let url = "https://h/cm.yaml"
    let host = RecordingHost(files: [url: .success(Self.map("x"))])
    let output = try render(
      [
        "/app/kustomization.yaml": "resources: [\(url), a]",
        "/app/a/kustomization.yaml": "nameSuffix: -a\nresources: [\(url)]",
      ], host)
    #expect(output == "\(Self.map("x"))---\n\(Self.map("x-a"))")
    #expect(host.calls == ["download \(url)"])
  }

  /// Another file of a server that said nothing is not asked for, and no repository of it either.
  @Test func aSilentServerIsAskedOnce() {
    let silence = HostFailure.silence(seconds: 30)
    let host = RecordingHost(files: ["https://h/a.yaml": .failure(silence)])
    let files = SharedFiles(
      MemoryFileSystem([
        "/a/kustomization.yaml": "resources: ['https://h/a.yaml']",
        "/b/kustomization.yaml": "resources: ['https://h/b.yaml', 'https://h/o/r//base']",
      ]))
    let renderer = Renderer(files, host: host, answers: SharedAnswers())
    for root in ["/a", "/b"] {
      #expect(throws: Diagnostic.self) { try renderer.render(root) }
    }
    #expect(host.calls == ["download https://h/a.yaml"])
  }

  /// A server that does not answer is waited for once, not once for each root.
  @Test func buildsOfOneRunShareFailures() {
    let url = "https://h/o/r"
    let host = RecordingHost(files: [url: .failure(.other("no route"))])
    let kustomization = "resources: ['\(url)']"
    let files = SharedFiles(
      MemoryFileSystem([
        "/a/kustomization.yaml": kustomization, "/b/kustomization.yaml": kustomization,
      ]))
    let renderer = Renderer(files, host: host, answers: SharedAnswers())
    let words = ["/a", "/b"].map { root in
      do throws(Diagnostic) { return "\(try renderer.render(root).bytes)" } catch {
        return error.message
      }
    }
    let message =
      "cannot fetch resource \"\(url)\": as a file: no route; as a repository: it is not in the cache, and this build is offline"
    #expect(words == [message, message])
    #expect(host.calls == ["download \(url)", "check out \(url)@"])
  }

  /// What works is each build's own: a checkout is let go at the end of its build.
  @Test func buildsOfOneRunDoNotShareCheckouts() throws {
    let host = RecordingHost(["git@h:r": Self.base])
    let kustomization = "resources: ['git@h:r//base']"
    let files = SharedFiles(
      MemoryFileSystem([
        "/a/kustomization.yaml": kustomization, "/b/kustomization.yaml": kustomization,
      ]))
    let renderer = Renderer(files, host: host, answers: SharedAnswers())
    for root in ["/a", "/b"] {
      #expect(String(decoding: try renderer.render(root).bytes, as: UTF8.self) == Self.map("x"))
    }
    let one = ["check out git@h:r@", "release git@h:r@"]
    #expect(host.calls == one + one)
  }

  @Test func aServerThatSaysNothingIsAskedOnce() {
    let url = "https://h/o/r"
    let host = RecordingHost(files: [url: .failure(.silence(seconds: 30))])
    let words = failure(["/app/kustomization.yaml": "resources: ['\(url)']"], host)
    #expect(
      words.hasPrefix(
        "/app/kustomization.yaml:1:13: error: cannot fetch resource \"\(url)\": the server said nothing for 30 seconds, and was given up\n"
      ), "\(words)")
    #expect(host.calls == ["download \(url)"])
  }

  @Test func whatIsNoFileIsTriedAsARepository() throws {
    let kustomization = ["/app/kustomization.yaml": "resources: ['https://h/o/r//base']"]
    for answer: Result<String, HostFailure> in [
      .failure(.status(404)), .failure(.other("no route")), .success("<!DOCTYPE html>"),
      .success("<p>\n a: b: c"),
    ] {
      let host = RecordingHost(
        ["https://h/o/r": Self.base], files: ["https://h/o/r//base": answer])
      #expect(try render(kustomization, host) == Self.map("x"))
    }
  }

  @Test(arguments: [
    (
      Result<String, HostFailure>.failure(.status(503)),
      "as a file: the server answered with status 503; as a repository: it is not in the cache, and this build is offline"
    ),
    (
      .success("a: b"),
      "as a file: missing kind in object; as a repository: it is not in the cache, and this build is offline"
    ),
    (.failure(.notInCache), "it is not in the cache, and this build is offline"),
  ])
  func bothFailuresAreTold(_ answer: Result<String, HostFailure>, _ words: String) {
    let host = RecordingHost(files: ["https://h/o/r": answer])
    let failure = failure(["/app/kustomization.yaml": "resources: ['https://h/o/r']"], host)
    #expect(
      failure.hasPrefix(
        "/app/kustomization.yaml:1:13: error: cannot fetch resource \"https://h/o/r\": \(words)\n"),
      "\(failure)")
  }

  @Test func aBrokenFileIsToldOfRatherThanAMissingRepository() {
    let host = RecordingHost(files: ["https://h/o/r": .success("a: b: c")])
    #expect(
      failure(["/app/kustomization.yaml": "resources: ['https://h/o/r']"], host)
        .hasPrefix("https://h/o/r:1:5: error: malformed YAML"))
  }

  @Test func anOfflineBuildAsksForTheCacheOnly() {
    let host = RecordingHost()
    var options = RenderOptions()
    options.isOffline = true
    let words = failure(
      ["/app/kustomization.yaml": "resources: ['git@h:o/r?ref=v1']"], host, options: options)
    #expect(
      words == """
        /app/kustomization.yaml:1:13: error: cannot fetch resource "git@h:o/r?ref=v1": it is not in the cache, and this build is offline
            1 │ resources: ['git@h:o/r?ref=v1']
              │             ^ build it once with RenderOptions.isOffline = false
        """)
    #expect(host.calls == ["check out git@h:o/r@v1 offline"])
  }

  @Test func withoutAHostNothingIsFetched() {
    for address in ["git@h:o/r", "https://h/o/r"] {
      let words = failure(["/app/kustomization.yaml": "resources: ['\(address)']"], nil)
      #expect(
        words.contains("cannot fetch resource \"\(address)\": this build cannot fetch anything"))
    }
  }

  @Test func aRepositoryFromElsewhereMayNotLookIntoThoseOfThisMachine() throws {
    let overlay = ["kustomization.yaml": "resources: ['file:///r//base']"]
    let host = RecordingHost([
      "git@h:o/r": overlay, "file:///o": overlay, "file:///r": Self.base,
    ])
    #expect(
      try render(["/app/kustomization.yaml": "resources: ['file:///o']"], host) == Self.map("x"))
    let words = failure(["/app/kustomization.yaml": "resources: ['git@h:o/r']"], host)
    #expect(
      words.hasPrefix(
        "git@h:o/r//kustomization.yaml:1:13: error: repository \"file:///r//base\" is on this machine"
      ))
  }

  /// The load restriction of a repository holds whatever the build allows elsewhere.
  @Test func aRepositoryReadsNothingAboveItsKustomization() {
    let host = RecordingHost([
      "git@h:r": ["base/kustomization.yaml": "resources: [../cm.yaml]", "cm.yaml": Self.map("x")]
    ])
    let words = failure(
      ["/app/kustomization.yaml": "resources: ['git@h:r//base']"], host,
      options: RenderOptions(loadRestriction: .none))
    #expect(words.contains("resource \"../cm.yaml\" is not in or below git@h:r//base"))
  }

  /// Paths of two repositories and of this machine may be equal, and mean different files.
  @Test func equalPathsOfDifferentRepositoriesAreDifferent() throws {
    let host = RecordingHost([
      "git@h:r": [
        "base/kustomization.yaml": "resources: [cm.yaml]", "base/cm.yaml": Self.map("r"),
      ],
      "git@h:s": [
        "base/kustomization.yaml": "resources: [cm.yaml]", "base/cm.yaml": Self.map("s"),
      ],
    ])
    let output = try render(
      [
        "/clone/base/kustomization.yaml": "resources: [cm.yaml]",
        "/clone/base/cm.yaml": Self.map("a"),
        "/clone/app/kustomization.yaml": "resources: [../base, 'git@h:r//base', 'git@h:s//base']",
      ], host, "/clone/app")
    #expect(output == "\(Self.map("a"))---\n\(Self.map("r"))---\n\(Self.map("s"))")
  }

  @Test(arguments: ["git@h:o/r?ref=a\\u0000b", "git@h:o/\\nr", "git@h:o/r\\e[2J"])
  func controlCharactersAreRefused(_ address: String) {
    let host = RecordingHost()
    let words = failure(["/app/kustomization.yaml": "resources: [\"\(address)\"]"], host)
    #expect(words.contains("holds a control character"), "\(words)")
    #expect(host.calls == [])
  }
}
