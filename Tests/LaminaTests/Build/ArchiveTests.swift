import Lamina
import Testing

/// A file system that a caller makes: nothing but the two methods, and the public interface.
@Suite struct ArchiveTests {
  /// Files in one piece of bytes that nobody changes, as an archive has them.
  private struct Archive: FileSystem {
    private var bytes: [UInt8] = []
    private var files: [String: Range<Int>] = [:]

    init(_ texts: KeyValuePairs<String, String>) {
      for (path, text) in texts {
        let start = bytes.count
        bytes += text.utf8
        files[path] = start..<bytes.count
      }
    }

    func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
      if files[path] != nil { return ResolvedPath(path: path, isDirectory: false) }
      guard files.keys.contains(where: { $0.hasPrefix(path + "/") }) else { throw .notFound }
      return ResolvedPath(path: path, isDirectory: true)
    }

    func read(_ path: String) throws(FileSystemError) -> [UInt8] {
      guard let range = files[path] else { throw .notFound }
      return Array(bytes[range])
    }
  }

  private let archive = Archive([
    "/shop/base/kustomization.yaml": "resources: [settings.yaml]\n",
    "/shop/base/settings.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n",
    "/shop/test/kustomization.yaml": "resources: [../base]\nnamePrefix: test-\n",
  ])

  @Test func rendersFromAnArchive() throws {
    let rendering = try Renderer(fileSystem: archive).render("/shop/test")
    let text = String(decoding: rendering.bytes, as: UTF8.self)
    #expect(
      text == "apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: test-settings\n")
    #expect(rendering.filesRead.count == 3)
    #expect(rendering.resources.map(\.id.description) == ["v1 ConfigMap test-settings"])
    #expect(rendering.resources[0].origin?.description == "/shop/base/settings.yaml:1:1")
  }

  @Test func memoryHidesFilesOfTheArchive() throws {
    let changed = MemoryFileSystem([
      "/shop/test/kustomization.yaml": "resources: [../base]\nnamespace: other\n"
    ])
    let files = OverlayFileSystem(changed, over: archive)
    let rendering = try Renderer(fileSystem: files).render("/shop/test")
    #expect(rendering.resources.map(\.id.description) == ["v1 ConfigMap other/settings"])
  }

  @Test func whatTheArchiveLacksIsAPlacedError() {
    let files = OverlayFileSystem(
      MemoryFileSystem(["/shop/bad/kustomization.yaml": "resources:\n- ../base\n- none.yaml\n"]),
      over: archive)
    #expect {
      try Renderer(fileSystem: files).render("/shop/bad")
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      return error.code == "unreadable"
        && error.location?.description == "/shop/bad/kustomization.yaml:3:3"
    }
  }
}
