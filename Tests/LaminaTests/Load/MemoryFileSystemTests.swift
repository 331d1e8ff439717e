import Lamina
import Testing

@Suite struct MemoryFileSystemTests {
  private var files = MemoryFileSystem([
    "/app/kustomization.yaml": "resources: [cm.yaml]\n",
    "/app/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n",
    "/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n",
  ])

  @Test func rendersWithoutADisk() throws {
    let rendering = try Renderer(fileSystem: files).render("/app")
    #expect(
      String(decoding: rendering.bytes, as: UTF8.self)
        == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n")
    #expect(rendering.fileNames == ["v1_configmap_x.yaml"])
    #expect(rendering.warnings.isEmpty)
  }

  @Test mutating func linksAreFollowedBeforeTheRestrictionIsAsked() throws {
    files.link("/app/cm.yaml", to: "../secret.yaml")
    #expect {
      try Renderer(fileSystem: files).render("/app")
    } throws: { error in
      (error as? Diagnostic)?.code == "outside-root"
    }
    let options = RenderOptions(loadRestriction: .none)
    let rendering = try Renderer(fileSystem: files, options: options).render("/app")
    #expect(String(decoding: rendering.bytes, as: UTF8.self).contains("kind: Secret"))
  }

  @Test mutating func linksThatNeverEndAreAnError() throws {
    files.link("/loop", to: "/loop")
    #expect(throws: FileSystemError.tooManyLinks) { try files.resolve("/loop") }
    #expect(throws: FileSystemError.notFound) { try files.read("/nothing") }
    #expect(throws: FileSystemError.isADirectory) { try files.read("/app") }
    #expect(throws: FileSystemError.notADirectory) { try files.resolve("/secret.yaml/x") }
  }

  @Test func manyThreadsRenderTheSameAtOnce() async throws {
    let renderer = Renderer(fileSystem: files)
    let alone = try renderer.render("/app").bytes
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<64 { group.addTask { try renderer.render("/app").bytes } }
      for try await bytes in group { #expect(bytes == alone) }
    }
  }
}
