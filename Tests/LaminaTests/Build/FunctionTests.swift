import Foundation
import Lamina
import LaminaHost
import Synchronization
import Testing

/// What functions may and may not do, with programs that nobody runs.
@Suite struct FunctionTests {
  /// Answers each call with the same result, and keeps the calls.
  private final class Programs: Lamina.Host {
    let calls = Mutex<[ProgramCall]>([])
    private let answer: @Sendable (ProgramCall) -> Result<ProgramResult, HostFailure>

    init(_ answer: @escaping @Sendable (ProgramCall) -> Result<ProgramResult, HostFailure>) {
      self.answer = answer
    }

    func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
      calls.withLock { $0.append(call) }
      return try answer(call).get()
    }

    func makeTemporaryDirectory() throws(HostFailure) -> String { "/temporary" }
    func removeTemporaryDirectory(_ path: String) {}
    func write(_ bytes: [UInt8], to path: String) throws(HostFailure) {}
  }

  private static let resource = """
    apiVersion: v1
    kind: Service
    metadata: {name: web, labels: {a: b}}
    spec: {type: ClusterIP}

    """

  private static func function(_ spec: String) -> String {
    """
    apiVersion: example.com/v1
    kind: Change
    metadata:
      name: fn
      annotations:
        config.kubernetes.io/function: '\(spec)'

    """
  }

  private func files(_ field: String, _ object: String) -> MemoryFileSystem {
    MemoryFileSystem([
      "/app/kustomization.yaml": "resources: [res.yaml]\n\(field): [fn.yaml]\n",
      "/app/res.yaml": Self.resource, "/app/fn.yaml": object,
      "/plugins/example.com/v1/change/Change": "a program",
    ])
  }

  private func options(enabled: Bool, programs: Bool) -> RenderOptions {
    var options = RenderOptions()
    options.functions.isEnabled = enabled
    options.functions.allowsPrograms = programs
    options.functions.pluginDirectory = "/plugins"
    return options
  }

  private func failure(_ renderer: Renderer) -> Diagnostic? {
    do {
      _ = try renderer.render("/app")
      return nil
    } catch { return error }
  }

  private static let program = function("exec: {path: ./fn}")
  private static let container = function("container: {image: a}")
  private static let plugin = "apiVersion: example.com/v1\nkind: Change\nmetadata: {name: fn}\n"

  @Test(arguments: ["transformers", "generators", "validators"])
  func nothingRunsUnlessItsFlagIsGiven(field: String) {
    for object in [Self.program, Self.container, Self.plugin] {
      for (enabled, programs) in [(false, false), (false, true), (true, false), (true, true)] {
        let host = Programs { _ in
          .success(ProgramResult(status: .exited(0), output: [], errors: []))
        }
        let renderer = Renderer(
          fileSystem: files(field, object), host: host,
          options: options(enabled: enabled, programs: programs))
        let failure = failure(renderer)
        let runs = enabled && (programs || object != Self.program)
        #expect(host.calls.withLock { $0.count } == (runs ? 1 : 0))
        #expect((failure != nil) == !enabled)
      }
    }
  }

  @Test func withoutAHostNothingRuns() {
    let renderer = Renderer(
      fileSystem: files("transformers", Self.program),
      options: options(enabled: true, programs: true))
    #expect(
      failure(renderer)?.message
        == "Change \"fn\" is a program, and nothing here runs programs")
  }

  @Test func aProgramGetsItsLimitsAndItsDirectory() throws {
    let host = Programs { call in
      .success(ProgramResult(status: .exited(0), output: call.input, errors: []))
    }
    var options = options(enabled: true, programs: true)
    options.functions.timeLimit = 7
    options.functions.outputLimit = 1000
    let rendering = try Renderer(
      fileSystem: files("transformers", Self.program), host: host, options: options
    ).render("/app")
    #expect(String(decoding: rendering.bytes, as: UTF8.self).contains("type: ClusterIP\n"))
    let call = try #require(host.calls.withLock { $0.first })
    #expect(call.program == "./fn")
    #expect(call.directory == "/app")
    #expect(call.timeLimit == 7)
    #expect(call.outputLimit == 1000)
  }

  @Test(arguments: [
    (HostFailure.timeLimit(seconds: 600), "it did not end within 600 seconds, and was stopped"),
    (.outputLimit(bytes: 5), "it printed more than 5 bytes, and was stopped"),
    (.programNotFound("./fn"), "there is no program \"./fn\""),
    (.other("no more processes"), "no more processes"),
  ])
  func saysWhyAProgramCannotRun(failure expected: HostFailure, words: String) {
    let host = Programs { _ in .failure(expected) }
    let renderer = Renderer(
      fileSystem: files("validators", Self.program), host: host,
      options: options(enabled: true, programs: true))
    #expect(failure(renderer)?.message == "Change \"fn\" cannot run \"./fn\": \(words)")
  }

  @Test func theRootDirectoryIsNoPlaceForFunctions() {
    let files = MemoryFileSystem([
      "/kustomization.yaml": "transformers: [fn.yaml]\n", "/fn.yaml": Self.program,
    ])
    let host = Programs { _ in .failure(.other("")) }
    do {
      _ = try Renderer(
        fileSystem: files, host: host, options: options(enabled: true, programs: true)
      ).render("/")
      Issue.record("it should have failed")
    } catch { #expect(error.message == "Change \"fn\" cannot run in the directory /") }
    #expect(host.calls.withLock { $0.isEmpty })
  }

  @Test func aPluginCannotLieOutsideItsDirectory() {
    for version in ["../../evil", "example.com/../../../v1"] {
      let object = "apiVersion: \(version)\nkind: Change\nmetadata: {name: fn}\n"
      let host = Programs { _ in .failure(.other("")) }
      let renderer = Renderer(
        fileSystem: files("transformers", object), host: host,
        options: options(enabled: true, programs: true))
      #expect(failure(renderer)?.message == "there is no plugin for 'Change'")
      #expect(host.calls.withLock { $0.isEmpty })
    }
  }

  // MARK: - Validators

  /// kustomize refuses these, since it sees its own path annotation on them, or other brackets.
  @Test(arguments: [
    ("", ""), ("labels: {a: b}", "labels: {a: b, validated-by: me}"),
    ("type: ClusterIP", "type: \"ClusterIP\""),
  ])
  func aValidatorMayPrintWhatItWasGiven(old: String, new: String) throws {
    let label = new.contains("validated-by")
    let host = Programs { call in
      let text = String(decoding: call.input, as: UTF8.self)
        .replacingOccurrences(of: "labels:\n      a: b", with: label ? new : "labels: {a: b}")
        .replacingOccurrences(of: label || old.isEmpty ? "\0" : old, with: new)
      return .success(ProgramResult(status: .exited(0), output: Array(text.utf8), errors: []))
    }
    let rendering = try Renderer(
      fileSystem: files("validators", Self.program), host: host,
      options: options(enabled: true, programs: true)
    ).render("/app")
    #expect(
      String(decoding: rendering.bytes, as: UTF8.self) == """
        apiVersion: v1
        kind: Service
        metadata:
          labels:
            a: b
        \(label ? "    validated-by: me\n" : "")  name: web
        spec:
          type: ClusterIP

        """)
  }

  @Test(arguments: [
    ("ClusterIP", "NodePort"), ("a: b", "a: c"),
    ("type: ClusterIP", "type: ClusterIP\n    extra: 1"),
    ("a: b", "a: b\n      validated-by: me\n      c: d"),
  ])
  func aValidatorMayChangeNothing(old: String, new: String) {
    let host = Programs { call in
      let text = String(decoding: call.input, as: UTF8.self)
        .replacingOccurrences(of: old, with: new)
      return .success(ProgramResult(status: .exited(0), output: Array(text.utf8), errors: []))
    }
    let renderer = Renderer(
      fileSystem: files("validators", Self.program), host: host,
      options: options(enabled: true, programs: true))
    #expect(
      failure(renderer)?.message
        == "validator Change \"fn\" shouldn't modify the resource map")
  }

  // MARK: - Rubbish

  /// Whatever a function prints, a build ends with objects or with a message.
  @Test(arguments: ["transformers", "generators", "validators"])
  func rubbishIsNoDanger(field: String) throws {
    var failures = 0
    for seed in 0..<100 {
      let host = Programs { call in
        let output = Self.spoilt(call.input, seed: seed)
        return .success(ProgramResult(status: .exited(0), output: output, errors: output))
      }
      let renderer = Renderer(
        fileSystem: files(field, Self.program), host: host,
        options: options(enabled: true, programs: true))
      if failure(renderer) != nil { failures += 1 }
    }
    #expect((1..<100).contains(failures))
  }

  /// The text cut off, with bytes changed, with lines repeated, or something else altogether.
  private static func spoilt(_ text: [UInt8], seed: Int) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = text
    if seed.isMultiple(of: 3) { text.removeLast(Int.random(in: 0...text.count, using: &random)) }
    for _ in 0..<Int.random(in: 0..<6, using: &random) where !text.isEmpty {
      let place = Int.random(in: text.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: text[place] = UInt8.random(in: 0...255, using: &random)
      case 1: text[place] = Array(":-{}[]&*!|>'\"#%@`\n ".utf8).randomElement(using: &random) ?? 0
      case 2: text.remove(at: place)
      default:
        let lines = text.split(separator: 0x0A)
        let line = lines.randomElement(using: &random) ?? []
        text.insert(contentsOf: line + [0x0A], at: place)
      }
    }
    return text
  }
}
