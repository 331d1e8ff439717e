import Lamina
import LaminaHost
import Testing

/// The limits that a caller sets: each ends the build with its own id, and one unit less does not.
@Suite struct LimitTests {
  private let files = MemoryFileSystem([
    "/app/kustomization.yaml": "resources: [base, map.yaml]\nnamePrefix: p-\n",
    "/app/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n",
    "/app/base/kustomization.yaml":
      "resources: [map.yaml]\nconfigMapGenerator: [{name: made, files: [text.txt]}]\n",
    "/app/base/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: base}\n",
    "/app/base/text.txt": String(repeating: "x", count: 1000),
  ])

  private func failure(_ set: (inout RenderLimits) -> Void) -> Diagnostic? {
    var options = RenderOptions()
    set(&options.limits)
    do {
      _ = try Renderer(fileSystem: files, options: options).render("/app", displayPath: "app")
      return nil
    } catch { return error }
  }

  private func expect(
    _ failure: Diagnostic?, _ description: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(failure?.code == "limit-exceeded", sourceLocation: sourceLocation)
    #expect(failure?.description == description, sourceLocation: sourceLocation)
  }

  @Test func noLimitIsMetByDefault() throws {
    #expect(failure { _ in } == nil)
    #expect(RenderOptions().limits == RenderLimits())
  }

  @Test func time() {
    let failure = failure { $0.seconds = 0 }
    #expect(failure?.id == "time-limit")
    expect(failure, "error: the build takes longer than 0 s")
    #expect(self.failure { $0.seconds = 3600 } == nil)
  }

  @Test func inputBytes() throws {
    let read = Renderer(fileSystem: files).outcome(of: "/app").inputs.files
    let count = try read.reduce(0) { $0 + (try files.read($1.path)).count }
    let failure = failure { $0.inputBytes = count - 1 }
    #expect(failure?.id == "input-limit")
    // The generator reads last.
    expect(
      failure,
      "app/base/text.txt: error: the build reads more than \(count - 1) bytes: it has come to this file"
    )
    #expect(self.failure { $0.inputBytes = count } == nil)
  }

  @Test func nodes() {
    let failure = failure { $0.nodes = 20 }
    #expect(failure?.id == "node-limit")
    #expect(failure?.message == "the build grows beyond 20 values here")
    #expect(failure?.location?.file.hasPrefix("app/") == true)
    #expect(failure?.hint == nil)
    #expect(self.failure { $0.nodes = 2000 } == nil)
    // Beyond what a build may hold, a limit means nothing.
    #expect(self.failure { $0.nodes = .max } == nil)
    #expect(self.failure { $0.nodes = -1 }?.id == "node-limit")
  }

  @Test func depth() {
    let failure = failure { $0.depth = 2 }
    #expect(failure?.id == "depth-limit")
    #expect(failure?.message == "values lie more than 2 deep in one another here")
    #expect(failure?.location?.file == "app/kustomization.yaml")
    #expect(self.failure { $0.depth = 5 } == nil)
  }

  /// A build may make what no file holds.
  @Test func depthOfWhatIsMade() {
    var options = RenderOptions()
    options.limits.depth = 7
    let files = MemoryFileSystem([
      "/app/kustomization.yaml": """
      resources: [map.yaml]
      patches:
      - target: {kind: ConfigMap}
        patch: |
          - {op: copy, from: /spec, path: /spec/a/b/c/d}

      """,
      "/app/map.yaml":
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\nspec: {a: {b: {c: {}}}}\n",
    ])
    #expect(throws: Diagnostic.self) {
      try Renderer(fileSystem: files, options: options).render("/app")
    }
    options.limits.depth = 9
    #expect(throws: Never.self) {
      try Renderer(fileSystem: files, options: options).render("/app")
    }
  }

  @Test func resources() {
    let failure = failure { $0.resources = 2 }
    #expect(failure?.id == "resource-limit")
    expect(failure, "app/kustomization.yaml: error: the layer holds more than 2 resources")
    #expect(self.failure { $0.resources = 3 } == nil)
  }

  // MARK: - Cancelling

  @Test func aTokenEndsABuildWithoutATask() {
    let token = CancellationToken()
    let renderer = Renderer(fileSystem: files)
    #expect(throws: Never.self) { try renderer.render("/app", cancellation: token) }
    token.cancel()
    #expect(token.isCancelled)
    for _ in 0..<2 {
      do {
        _ = try renderer.render("/app", cancellation: token)
        Issue.record("a cancelled build has rendered")
      } catch {
        #expect(error.code == "cancelled")
        #expect(error.description == "error: the build was cancelled")
      }
    }
  }

  @Test func oneTokenFollowsAnother() {
    let all = CancellationToken()
    let (one, other) = (
      CancellationToken(cancelledWith: all), CancellationToken(cancelledWith: all)
    )
    one.cancel()
    #expect([all, one, other].map(\.isCancelled) == [false, true, false])
    all.cancel()
    #expect(other.isCancelled)
  }

  /// A program that would run for ten minutes, stopped by the limit and by the token.
  @Test func programsAreStopped() throws {
    let host = MachineHost()
    let directory = try host.makeTemporaryDirectory()
    defer { host.removeTemporaryDirectory(directory) }
    try host.write(Array("#!/bin/sh\nexec sleep 600\n".utf8), to: "\(directory)/slow.sh")
    let chmod = try host.run(
      ProgramCall(
        program: "chmod", arguments: ["+x", "\(directory)/slow.sh"], directory: directory))
    #expect(chmod.status == .exited(0))
    try host.write(Array("generators: [slow.yaml]\n".utf8), to: "\(directory)/kustomization.yaml")
    let function = """
      apiVersion: example.com/v1
      kind: Slow
      metadata:
        name: slow
        annotations: {config.kubernetes.io/function: "exec: {path: ./slow.sh}"}

      """
    try host.write(Array(function.utf8), to: "\(directory)/slow.yaml")
    var options = RenderOptions()
    options.functions.isEnabled = true
    options.functions.allowsPrograms = true
    var limited = options
    limited.limits.seconds = 1
    #expect(id(of: directory, limited, host, nil) == "time-limit")
    let token = CancellationToken()
    let unlimited = options
    var ids: [String] = []
    ParallelWork.run(count: 2, jobs: 2) { index in
      if index == 1 {
        token.cancel()
        return ""
      }
      return id(of: directory, unlimited, host, token)
    } receive: {
      ids.append($1)
    }
    #expect(ids == ["cancelled", ""])
  }

  private func id(
    of directory: String, _ options: RenderOptions, _ host: MachineHost,
    _ token: CancellationToken?
  ) -> String {
    do {
      _ = try Renderer(fileSystem: DiskFileSystem(), host: host, options: options)
        .render(directory, cancellation: token)
      return ""
    } catch { return error.id }
  }

  // MARK: - Awaiting

  @Test func awaitedBuildsHaveAThreadOfTheirOwn() async throws {
    let renderer = Renderer(fileSystem: files)
    let bytes = try renderer.render("/app").bytes
    #expect(try await renderer.renderOnThread("/app").bytes == bytes)
    let outcome = await renderer.outcomeOnThread(of: "/none", displayPath: "none")
    guard case .failure(let diagnostic) = outcome.result else {
      Issue.record("a directory that is not there has rendered")
      return
    }
    #expect(diagnostic.id == "root-not-readable")
    // Too many levels for most threads.
    let deep = MemoryFileSystem([
      "/app/kustomization.yaml": "resources: [x.yaml]\n",
      "/app/x.yaml": "apiVersion: v1\nkind: X\nmetadata: {name: x}\nspec: "
        + String(repeating: "[", count: 9000) + String(repeating: "]", count: 9000) + "\n",
    ])
    await #expect(throws: Never.self) {
      try await Renderer(fileSystem: deep).renderOnThread("/app")
    }
  }

  @Test func aCancelledTaskEndsAnAwaitedBuild() async {
    let renderer = Renderer(fileSystem: files)
    let task = Task {
      // Until it is cancelled, so that the build begins afterwards.
      while !Task.isCancelled { await Task.yield() }
      return try await renderer.renderOnThread("/app").bytes
    }
    task.cancel()
    let result = await task.result
    #expect(throws: Diagnostic.self) { try result.get() }
    let token = CancellationToken()
    token.cancel()
    await #expect(throws: Diagnostic.self) {
      try await renderer.renderOnThread("/app", cancellation: token)
    }
  }
}
