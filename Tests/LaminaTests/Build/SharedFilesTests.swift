import GeneratedInputs
import LaminaHost
import Synchronization
import Testing

@testable import Lamina

/// Builds that share what they read give what they give alone.
@Suite struct SharedFilesTests {
  private func files(_ input: GeneratedInput) -> MemoryFileSystem {
    var files = MemoryFileSystem()
    for (path, text) in input.files { files.write(Array(text.utf8), to: "/\(path)") }
    return files
  }

  @Test func aBaseOfManyOverlaysIsParsedOnce() throws {
    let files = files(GrowingInput.overlays.make(20))
    let shared = SharedFiles(files)
    for number in 0..<20 {
      let directory = "/overlay-\(number)"
      let together = try Renderer(shared).render(directory)
      let alone = try Renderer(fileSystem: files).render(directory)
      #expect(together.bytes == alone.bytes)
      #expect(together.filesRead == alone.filesRead)
    }
    // The base's kustomization and its one file, and the kustomization of each overlay.
    #expect(shared.parsedCount == 22)
  }

  @Test func twoStatesParseWhatTheyHaveInCommonOnce() throws {
    var files = files(GrowingInput.overlays.make(1))
    let now = SharedFiles(files)
    files.write(
      Array("resources: [../base]\nnamePrefix: old-\n".utf8), to: "/overlay-0/kustomization.yaml")
    let then = SharedFiles(files, like: now)
    for _ in 1...2 {
      let (new, old) = (
        try Renderer(now).render("/overlay-0"), try Renderer(then).render("/overlay-0")
      )
      #expect(new.bytes != old.bytes)
      #expect(try Renderer(fileSystem: files).render("/overlay-0").bytes == old.bytes)
    }
    // The base's kustomization and its one file, and both states of the overlay's kustomization.
    #expect(now.parsedCount == 4)
  }

  /// What is worked out about the text of a file is worked out for all builds that read these bytes.
  @Test func buildsHaveTheTextsOfFilesInCommon() throws {
    func texts(_ rendering: Rendering) -> [String: FileText] {
      let files = rendering.stage.sources.files.map { ($0.path, $0.text) }
      return Dictionary(files, uniquingKeysWith: { first, _ in first })
    }
    var files = files(GrowingInput.overlays.make(2))
    let now = SharedFiles(files)
    let first = texts(try Renderer(now).render("/overlay-0"))
    let second = texts(try Renderer(now).render("/overlay-1"))
    files.write(Array("resources: [app.yaml]\n\n".utf8), to: "/base/kustomization.yaml")
    let then = texts(try Renderer(SharedFiles(files, like: now)).render("/overlay-1"))
    func common(_ some: [String: FileText], _ others: [String: FileText]) -> [String] {
      some.keys.filter { some[$0] === others[$0] }.sorted()
    }
    #expect(common(first, second) == ["/base/app.yaml", "/base/kustomization.yaml"])
    #expect(common(second, then) == ["/base/app.yaml", "/overlay-1/kustomization.yaml"])
    #expect(then["/base/kustomization.yaml"]?.lines.offsets == [0, 22, 23])
  }

  @Test func changedFilesAreReadAgainOnceTheyAreForgotten() throws {
    let changing = ChangingFiles(GrowingInput.overlays.make(2))
    let shared = SharedFiles(changing)
    let first = try Renderer(shared).render("/overlay-0")
    let path = "/base/app.yaml"
    let old = try #require(try? changing.read(path))
    changing.write(
      Array(String(decoding: old, as: UTF8.self).replacing("json", with: "text").utf8), to: path)
    #expect(try Renderer(shared).render("/overlay-0").bytes == first.bytes)
    shared.forget([path])
    let second = try Renderer(shared).render("/overlay-0")
    #expect(second.bytes == (try Renderer(fileSystem: changing).render("/overlay-0").bytes))
    #expect(second.bytes != first.bytes)
    // The changed file, and nothing else, has been parsed once more.
    #expect(shared.parsedCount == 4)
  }

  /// What was not there may be there now, and the other way round.
  @Test func placesAreLookedUpAgainOnceTheyAreForgotten() throws {
    let changing = ChangingFiles(GrowingInput.overlays.make(1))
    let shared = SharedFiles(changing)
    #expect(throws: Diagnostic.self) { try Renderer(shared).render("/new") }
    changing.write(Array("resources: [../base]\n".utf8), to: "/new/kustomization.yaml")
    #expect(throws: Diagnostic.self) { try Renderer(shared).render("/new") }
    shared.forget(["/new/kustomization.yaml"])
    _ = try Renderer(shared).render("/new")
    changing.remove("/new/kustomization.yaml")
    shared.forget()
    #expect(throws: Diagnostic.self) { try Renderer(shared).render("/new") }
  }

  /// A program that goes on for days does not keep all that it ever read.
  @Test func noMoreThanSomeBytesAreKept() throws {
    let files = CountingFiles(files(GrowingInput.overlays.make(20)))
    let shared = SharedFiles(files, keeping: 4000)
    for _ in 1...2 {
      for number in 0..<20 {
        let directory = "/overlay-\(number)"
        #expect(
          try Renderer(shared).render(directory).bytes
            == Renderer(fileSystem: files.base).render(directory).bytes)
      }
    }
    // Each overlay is read twice, and the base now and then.
    #expect(files.readCount > 40)
    #expect(files.readCount < 80)
  }

  /// Of a file that has one state after the other, the last two are kept.
  @Test func fewStatesOfAFileAreKept() throws {
    let path = "/overlay-0/kustomization.yaml"
    var files = files(GrowingInput.overlays.make(1))
    let first = SharedFiles(files)
    _ = try Renderer(first).render("/overlay-0")
    for number in 1...3 {
      files.write(Array("resources: [../base]\nnamePrefix: p\(number)-\n".utf8), to: path)
      _ = try Renderer(SharedFiles(files, like: first)).render("/overlay-0")
    }
    // The base's two files, and four states of the overlay's.
    #expect(first.parsedCount == 6)
    _ = try Renderer(SharedFiles(files, like: first)).render("/overlay-0")
    #expect(first.parsedCount == 6)
    _ = try Renderer(first).render("/overlay-0")
    #expect(first.parsedCount == 7)
  }

  @Test(arguments: GrowingInput.allCases)
  func sharedFilesGiveTheSameBytes(_ input: GrowingInput) throws {
    let input = input.make(5)
    let files = files(input)
    let shared = Renderer(SharedFiles(files))
    let alone = try Renderer(fileSystem: files).render("/\(input.root)").bytes
    for _ in 0..<2 { #expect(try shared.render("/\(input.root)").bytes == alone) }
  }

  @Test func errorsSayTheSamePlaces() throws {
    var files = MemoryFileSystem()
    let kustomization = "resources:\n- cm.yaml\n"
    files.write(Array(kustomization.utf8), to: "/a/kustomization.yaml")
    files.write(Array("kind: ConfigMap\nmetadata:\n  name: [x\n".utf8), to: "/a/cm.yaml")
    files.write(Array("namePrefx: a\n".utf8), to: "/b/kustomization.yaml")
    let shared = SharedFiles(files)
    for directory in ["/a", "/b", "/a", "/b"] {
      let alone = #expect(throws: Diagnostic.self) {
        _ = try Renderer(fileSystem: files).render(directory)
      }
      let together = #expect(throws: Diagnostic.self) { _ = try Renderer(shared).render(directory) }
      #expect(alone?.description == together?.description)
    }
  }

  @Test(arguments: [1, 2, 5]) func outcomesComeInTheirOrder(jobs: Int) {
    var received: [Int] = []
    ParallelWork.run(count: 100, jobs: jobs) {
      $0 * $0
    } receive: { index, outcome in
      #expect(outcome == index * index)
      received.append(index)
    }
    #expect(received == Array(0..<100))
  }
}

/// Counts how often files are read.
private final class CountingFiles: FileSystem {
  let base: MemoryFileSystem
  private let reads = Mutex(0)
  var readCount: Int { reads.withLock { $0 } }

  init(_ base: MemoryFileSystem) { self.base = base }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath { try base.resolve(path) }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    reads.withLock { $0 += 1 }
    return try base.read(path)
  }
}
