import Lamina
import LaminaHost
import Testing

/// What a program that embeds the library relies on.
@Suite struct EmbeddingTests {
  /// One of many builds: each with its own file system, schema and options.
  private struct Build: Sendable {
    let files: any FileSystem
    let options: RenderOptions

    /// A list of a custom kind that is merged by a key, or replaced, as the build's own schema says.
    init(_ number: Int) {
      let key = number % 2 == 0 ? "name" : "other"
      var options = RenderOptions()
      options.addsManagedByLabel = number % 3 == 0
      options.reordering = number % 5 == 0 ? .fileOrder : nil
      self.options = options
      let memory = MemoryFileSystem([
        "/app/kustomization.yaml": """
        resources: [cart.yaml, base]
        openapi: {path: schema.json}
        namePrefix: p\(number)-
        patches:
        - patch: |
            apiVersion: example.com/v1
            kind: Cart
            metadata: {name: cart}
            spec: {items: [{name: a, other: x, count: \(number)}]}

        """,
        "/app/cart.yaml": """
        apiVersion: example.com/v1
        kind: Cart
        metadata: {name: cart}
        spec: {items: [{name: a, other: y}, {name: b, other: x}]}

        """,
        "/app/base/kustomization.yaml":
          "configMapGenerator: [{name: settings, literals: [n=\(number)]}]\n",
        "/app/schema.json": """
        {"definitions": {"v1.Cart": {
          "x-kubernetes-group-version-kind":
            [{"group": "example.com", "version": "v1", "kind": "Cart"}],
          "properties": {"spec": {"properties": {"items": {
            "type": "array", "items": {"type": "object"},
            "x-kubernetes-patch-merge-key": "\(key)",
            "x-kubernetes-patch-strategy": "merge"}}}}}}}
        """,
      ])
      let more = MemoryFileSystem([
        "/app/base/kustomization.yaml":
          "configMapGenerator: [{name: upper, literals: [n=\(number)]}]\n"
      ])
      files = number % 7 == 0 ? OverlayFileSystem(more, over: memory) : memory
    }

    func bytes() throws -> [UInt8] {
      try Renderer(fileSystem: files, options: options).render("/app").bytes
    }
  }

  /// Run with the thread sanitizer as well (`Scripts/check-threads`).
  @Test func hundredsOfBuildsAtOnceGiveWhatTheyGiveAlone() throws {
    let builds = (0..<200).map { Build($0) }
    let alone = try builds.map { try $0.bytes() }
    #expect(Set(alone).count == builds.count)
    let merged = String(decoding: alone[0], as: UTF8.self)
    #expect(merged.contains("  - count: 0\n    name: a\n    other: x\n  - name: b\n"))
    let byOther = String(decoding: alone[1], as: UTF8.self)
    #expect(
      byOther.contains("  - count: 1\n    name: a\n    other: x\n  - name: a\n    other: \"y\"\n"))
    // Threads, not tasks: of those no more run at once than there are processors.
    var wrong: [Int] = []
    ParallelWork.run(count: builds.count, jobs: 24) { index in
      Result { try builds[index].bytes() }
    } receive: { index, outcome in
      if (try? outcome.get()) != alone[index] { wrong.append(index) }
    }
    #expect(wrong == [])
  }

  @Test func tellsWhatItHasRead() throws {
    let build = Build(1)
    let rendering = try Renderer(fileSystem: build.files).render("/app")
    #expect(
      rendering.filesRead == [
        "/app/kustomization.yaml", "/app/schema.json", "/app/cart.yaml",
        "/app/base/kustomization.yaml",
      ])
  }

  @Test func aCancelledTaskGetsNoRendering() async {
    let build = Build(1)
    let task = Task {
      // Cancelled before it begins: the build must notice by itself.
      while !Task.isCancelled { await Task.yield() }
      return try build.bytes()
    }
    task.cancel()
    await #expect {
      try await task.value
    } throws: { error in
      (error as? Diagnostic)?.code == "cancelled"
    }
  }
}
