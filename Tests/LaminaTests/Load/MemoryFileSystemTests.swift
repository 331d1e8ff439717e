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

  /// `é` as one character, and as `e` with an accent.
  @Test func equivalentNamesAreTwoFiles() throws {
    let map = { (name: String) in "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n" }
    var files = MemoryFileSystem()
    for (name, text) in [("\u{E9}", "one"), ("e\u{301}", "two")] {
      files.write(Array(map(text).utf8), to: "/app/\(name).yaml")
      files.write(
        Array("resources: [../app/\(name).yaml]\n".utf8), to: "/\(name)/kustomization.yaml")
      files.link("/link-\(name)", to: name)
    }
    files.write(
      Array("resources: [\u{E9}.yaml, e\u{301}.yaml]\n".utf8), to: "/app/kustomization.yaml")
    #expect(files.names(in: "/app").count == 3)
    let shared = SharedFiles(OverlayFileSystem(files, over: files))
    #expect(shared.names(in: "/app").count == 3)
    let renderer = Renderer(shared, options: RenderOptions(loadRestriction: .none))
    for (root, maps) in [
      ("/app", ["one", "two"]), ("/\u{E9}", ["one"]), ("/e\u{301}", ["two"]),
      ("/link-\u{E9}", ["one"]), ("/link-e\u{301}", ["two"]),
    ] {
      let rendering = try renderer.render(root)
      #expect(
        String(decoding: rendering.bytes, as: UTF8.self) == maps.map(map).joined(separator: "---\n")
      )
    }
    let roots = Renderer.roots(among: ["/app", "/\u{E9}", "/e\u{301}"], in: shared)
    #expect(
      roots.map { Array($0.utf8) } == ["/app", "/\u{E9}", "/e\u{301}"].map { Array($0.utf8) })
    #expect(try shared.resolve("/link-\u{E9}") != shared.resolve("/link-e\u{301}"))
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

  @Test func pathsMayBeginWithoutASlash() throws {
    var relative = MemoryFileSystem(["app/kustomization.yaml": "resources: [./cm.yaml]\n"])
    relative.write(try files.read("/app/cm.yaml"), to: "./app/sub/../cm.yaml")
    relative.makeDirectory("empty")
    relative.link("app/link", to: "../empty")
    for path in ["app", "/app", "./app/", "app/sub/.."] {
      #expect(try relative.resolve(path) == ResolvedPath(path: "/app", isDirectory: true))
    }
    #expect(try relative.resolve("app/link").path == "/empty")
    #expect(try relative.read("app/cm.yaml") == files.read("app/cm.yaml"))
    #expect(relative.names(in: "app").sorted() == ["cm.yaml", "kustomization.yaml", "link"])
    #expect(throws: FileSystemError.notFound) { try relative.resolve("../none") }
    let renderer = Renderer(fileSystem: relative)
    #expect(try renderer.render("app").bytes == renderer.render("/app").bytes)
  }

  @Test mutating func linksThatNeverEndAreAnError() throws {
    files.link("/loop", to: "/loop")
    #expect(throws: FileSystemError.tooManyLinks) { try files.resolve("/loop") }
    #expect(throws: FileSystemError.notFound) { try files.read("/nothing") }
    #expect(throws: FileSystemError.isADirectory) { try files.read("/app") }
    #expect(throws: FileSystemError.notADirectory) { try files.resolve("/secret.yaml/x") }
  }

  /// The paths of all directories above the file would take more than a gigabyte.
  @Test func aDeepPathCostsItsLength() throws {
    let top = String(repeating: "/a", count: 50_000)
    var deep = MemoryFileSystem(["\(top)/x": "text"])
    deep.link("/link", to: "\(top)/../a")
    #expect(try deep.resolve("/link") == ResolvedPath(path: top, isDirectory: true))
    #expect(try deep.read("/link/x") == Array("text".utf8))
    #expect(deep.names(in: top) == ["x"])
    #expect(throws: FileSystemError.notADirectory) { try deep.resolve("\(top)/x/y") }
    #expect(throws: FileSystemError.notFound) { try deep.resolve("\(top)/y") }
  }

  /// What is put below a link is not found there, since the link leads elsewhere.
  @Test func aLinkMayHaveFilesBelow() throws {
    var odd = MemoryFileSystem(["/real/x": "real", "/link/x": "below"])
    odd.link("/link", to: "real")
    #expect(try odd.read("/link/x") == Array("real".utf8))
    #expect(odd.names(in: "/").sorted() == ["link", "real"])
    #expect(odd.names(in: "/link") == ["x"])
    #expect(odd.names(in: "/none") == [])
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
