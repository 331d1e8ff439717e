import Foundation
import Lamina
import Testing

@Suite struct BuildInputsTests {
  private let files = MemoryFileSystem([
    "/app/prod/kustomization.yaml": "resources: [../base]\ncomponents: [../part]\n",
    "/app/part/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -x\n",
    "/app/base/kustomization.yaml":
      "resources: [map.yaml]\nconfigMapGenerator: [{name: made, files: [text.txt]}]\n",
    "/app/base/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n",
    "/app/base/text.txt": "",
  ])

  private func outcome(_ files: some FileSystem) -> BuildOutcome {
    Renderer(fileSystem: files).outcome(of: "/app/prod", displayPath: "prod")
  }

  @Test func tellsWhatABuildRead() throws {
    let outcome = outcome(files)
    let rendering = try outcome.result.get()
    let inputs = outcome.inputs
    #expect(inputs.files.map(\.path) == rendering.filesRead)
    #expect(
      inputs.files.map(\.path) == [
        "/app/prod/kustomization.yaml", "/app/base/kustomization.yaml", "/app/base/map.yaml",
        "/app/part/kustomization.yaml", "/app/base/text.txt",
      ])
    // That of nothing.
    #expect(inputs.files.last?.digest.prefix(4) == [0xe3, 0xb0, 0xc4, 0x42])
    #expect(inputs.files.allSatisfy { $0.digest.count == 32 })
    #expect(inputs.lookups.map(\.path) == inputs.lookups.map(\.path).sorted())
    let found = Dictionary(uniqueKeysWithValues: inputs.lookups.map { ($0.path, $0.found) })
    #expect(found["/app/prod/kustomization.yml"] == .some(nil))
    #expect(found["/app/base"] == ResolvedPath(path: "/app/base", isDirectory: true))
    #expect(inputs.remotes == [])
    #expect(inputs.layers.map(\.path) == ["/app/prod", "/app/base", "/app/part"])
    #expect(inputs.layers.first?.layers == ["/app/base"])
    #expect(inputs.layers.first?.components == ["/app/part"])
    #expect(inputs.layers.dropFirst().first?.files.last == "/app/base/text.txt")
  }

  @Test func outlivesTheProcess() throws {
    let inputs = outcome(files).inputs
    let data = try JSONEncoder().encode(inputs)
    #expect(try JSONDecoder().decode(BuildInputs.self, from: data) == inputs)
  }

  @Test func noticesWhatWouldChangeTheBuild() {
    let inputs = outcome(files).inputs
    #expect(inputs.change(in: files) == nil)
    var other = files
    other.write(Array("x".utf8), to: "/app/other.txt")
    #expect(inputs.change(in: other) == nil)
    other.write(Array("x".utf8), to: "/app/base/text.txt")
    #expect(inputs.change(in: other) == "/app/base/text.txt")
    // A file that was not there.
    other = files
    other.write([], to: "/app/prod/Kustomization")
    #expect(inputs.change(in: other) == "/app/prod/Kustomization")
    other = files
    other.link("/app/base/map.yaml", to: "/elsewhere.yaml")
    #expect(inputs.change(in: other) == "/app/base/map.yaml")
  }

  @Test func tellsAlsoWhatAFailedBuildRead() {
    var broken = files
    broken.write(Array("resources: [none.yaml]\n".utf8), to: "/app/base/kustomization.yaml")
    let outcome = outcome(broken)
    #expect(throws: Diagnostic.self) { try outcome.result.get() }
    #expect(
      outcome.inputs.files.map(\.path).prefix(2) == [
        "/app/prod/kustomization.yaml", "/app/base/kustomization.yaml",
      ])
    #expect(outcome.inputs.change(in: broken) == nil)
    broken.write(Array("x".utf8), to: "/app/base/none.yaml")
    #expect(outcome.inputs.change(in: broken) == "/app/base/none.yaml")
    // The directory itself is not there.
    let nothing = MemoryFileSystem()
    let missing = self.outcome(nothing)
    #expect(missing.inputs.files == [])
    #expect(missing.inputs.lookups.last?.path == "/app/prod")
    #expect(missing.inputs.lookups.allSatisfy { $0.found == nil })
    #expect(missing.inputs.change(in: nothing) == nil)
    #expect(missing.inputs.change(in: files) != nil)
  }

  @Test func fetchedThingsAreNamedWithoutPasswords() {
    let main = MemoryFileSystem([
      "/app/prod/kustomization.yaml":
        "resources: [\"https://me:secret@example.com/org/repo//base?ref=v1\"]\n"
    ])
    let outcome = Renderer(fileSystem: main, host: RepositoryInMemory()).outcome(of: "/app/prod")
    #expect(throws: Never.self) { try outcome.result.get() }
    #expect(outcome.inputs.remotes == ["https://***@example.com/org/repo?ref=v1//base"])
    #expect(outcome.inputs.files.map(\.path) == ["/app/prod/kustomization.yaml"])
    #expect(outcome.inputs.layers.map(\.isRemote) == [false, true])
  }
}

/// Has one repository.
private struct RepositoryInMemory: Lamina.Host {
  func checkOut(
    _ address: RepositoryAddress, isOffline: Bool, mayChange: Bool
  ) throws(HostFailure) -> Checkout {
    let files = MemoryFileSystem([
      "/repo/base/kustomization.yaml": "configMapGenerator: [{name: a, literals: [b=c]}]\n"
    ])
    return Checkout(directory: "/repo", fileSystem: files, commit: "0")
  }

  func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
    throw .programNotFound(call.program)
  }
  func makeTemporaryDirectory() throws(HostFailure) -> String { throw .other("no disk") }
  func removeTemporaryDirectory(_ path: String) {}
  func write(_ bytes: [UInt8], to path: String) throws(HostFailure) { throw .other("no disk") }
}
