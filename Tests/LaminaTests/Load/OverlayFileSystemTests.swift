import Lamina
import Testing

@Suite struct OverlayFileSystemTests {
  private var below = MemoryFileSystem([
    "/app/kustomization.yaml": "resources: [cm.yaml]\n",
    "/app/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: below}\n",
    "/other/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n",
  ])

  private func names(_ files: some FileSystem, at path: String = "/app") throws -> [String] {
    try Renderer(fileSystem: files).render(path).resources.map(\.id.name)
  }

  @Test func filesAboveHideThoseBelow() throws {
    let above = MemoryFileSystem([
      "/app/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: above}\n"
    ])
    #expect(try names(OverlayFileSystem(above, over: below)) == ["above"])
    #expect(try names(below) == ["below"])
  }

  @Test func newDirectoriesStandOnThoseBelow() throws {
    let above = MemoryFileSystem([
      "/new/kustomization.yaml": "resources: [../app]\nnamePrefix: new-\n"
    ])
    #expect(try names(OverlayFileSystem(above, over: below), at: "/new") == ["new-below"])
  }

  @Test mutating func linksBelowLeadToFilesAbove() throws {
    below.link("/app/cm.yaml", to: "../other/cm.yaml")
    let above = MemoryFileSystem([
      "/other/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: above}\n"
    ])
    let options = RenderOptions(loadRestriction: .none)
    let rendering = try Renderer(
      fileSystem: OverlayFileSystem(above, over: below), options: options
    ).render("/app")
    #expect(rendering.resources.map(\.id.name) == ["above"])
  }

  @Test func errorsAreThoseOfWhoHasTheFile() {
    let files = OverlayFileSystem(MemoryFileSystem(["/app/more/x": ""]), over: below)
    #expect(throws: FileSystemError.notFound) { try files.resolve("/app/nothing") }
    #expect(throws: FileSystemError.isADirectory) { try files.read("/app/more") }
    #expect(throws: FileSystemError.notADirectory) { try files.resolve("/app/cm.yaml/x") }
  }
}
