import GeneratedInputs
import Lamina
import Synchronization
import Testing

/// A session gives what a build gives that knows nothing.
@Suite struct RenderSessionTests {
  private func text(_ session: inout RenderSession, _ root: String) -> String {
    describe { () throws(Diagnostic) in try session.rendering(of: root) }
  }

  private func fresh(_ files: ChangingFiles, _ root: String) -> String {
    describe { () throws(Diagnostic) in
      try Renderer(fileSystem: files.present).render(root)
    }
  }

  /// Bytes and warnings, or the error.
  private func describe(_ build: () throws(Diagnostic) -> Rendering) -> String {
    do throws(Diagnostic) {
      let rendering = try build()
      return rendering.warnings.map(\.report).joined() + "\n"
        + String(decoding: rendering.bytes, as: UTF8.self)
    } catch { return "error: \(error.report)" }
  }

  /// `é` as one character, and as `e` with an accent.
  @Test func rootsWithEquivalentNamesAreTwo() throws {
    let roots = ["/\u{E9}", "/e\u{301}"]
    let files = ChangingFiles([:])
    for (number, root) in roots.enumerated() {
      files.write(
        "configMapGenerator: [{name: m\(number), files: [a]}]\n", to: "\(root)/kustomization.yaml")
      files.write("a", to: "\(root)/a")
    }
    var session = RenderSession(files)
    for root in roots { session.add(root) }
    #expect(session.roots.count == 2)
    for root in roots { #expect(text(&session, root) == fresh(files, root)) }
    files.write("b", to: "\(roots[1])/a")
    #expect(
      session.filesChanged(["\(roots[1])/a"]).map { Array($0.utf8) } == [Array(roots[1].utf8)])
    for root in roots { #expect(text(&session, root) == fresh(files, root)) }
    session.remove(roots[0])
    #expect(session.roots.map { Array($0.utf8) } == [Array(roots[1].utf8)])
  }

  /// Files that count how often a path is looked up.
  private final class CountedPlaces: FileSystem {
    private let base: ChangingFiles
    private let state = Mutex(0)

    init(_ base: ChangingFiles) { self.base = base }

    var count: Int { state.withLock { $0 } }

    func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
      state.withLock { $0 += 1 }
      return try base.resolve(path)
    }

    func read(_ path: String) throws(FileSystemError) -> [UInt8] { try base.read(path) }

    func names(in directory: String) -> [String] { base.names(in: directory) }
  }

  /// Editors write a file beside the old one and rename it, or move the old one out of the way.
  @Test func aFileThatCameAndWentIsNoReasonToLookForOthers() throws {
    let files = ChangingFiles([:])
    let names = (0..<200).map { "m\($0).yaml" }
    for name in names {
      files.write("apiVersion: v1\nkind: Service\nmetadata: {name: \(name)}\n", to: "/a/\(name)")
    }
    files.write("resources: [\(names.joined(separator: ", "))]\n", to: "/a/kustomization.yaml")
    let counted = CountedPlaces(files)
    var session = RenderSession(counted)
    _ = text(&session, "/a")
    func step(_ told: [String]) -> (stale: [String], lookUps: Int) {
      let before = counted.count
      let stale = session.filesChanged(told)
      let after = counted.count
      #expect(text(&session, "/a") == fresh(files, "/a"))
      return (stale, after - before)
    }
    files.write("apiVersion: v1\nkind: Service\nmetadata: {name: new}\n", to: "/a/m7.yaml")
    let renamed = step(["/a/m7.yaml", "/a/.m7.yaml.tmp", "/a/m7.yaml~"])
    #expect(renamed.stale == ["/a"])
    #expect(renamed.lookUps < 10, "\(renamed.lookUps)")
    // What is there may be what something leads to.
    files.write("", to: "/a/.m7.yaml.tmp")
    #expect(step(["/a/.m7.yaml.tmp"]).lookUps > 200)
    // What was read is missed.
    files.remove("/a/m8.yaml")
    #expect(step(["/a/m8.yaml"]).stale == ["/a"])
    files.write("apiVersion: v1\nkind: Service\nmetadata: {name: eight}\n", to: "/a/m8.yaml")
    _ = step(["/a/m8.yaml"])
    // So is a directory of it.
    files.move("/a", to: "/b")
    #expect(step(["/a"]).stale == ["/a"])
    files.move("/b", to: "/a")
    _ = step(["/a", "/b"])
    // And a link that another one leads to.
    files.link("/a/link", to: "/a/second")
    files.link("/a/second", to: "/base")
    files.write("resources: [m1.yaml]\n", to: "/base/kustomization.yaml")
    files.write("apiVersion: v1\nkind: Service\nmetadata: {name: base}\n", to: "/base/m1.yaml")
    files.write("resources: [link]\n", to: "/a/kustomization.yaml")
    _ = step(["/a/link", "/a/second", "/base", "/a/kustomization.yaml"])
    files.remove("/a/second")
    #expect(step(["/a/second"]).stale == ["/a"])
  }

  @Test func onlyWhatAChangeReachesIsStale() throws {
    let files = ChangingFiles(GrowingInput.overlays.make(3))
    var session = RenderSession(files)
    for number in 0..<3 { session.add("/overlay-\(number)") }
    #expect(session.staleRoots == ["/overlay-0", "/overlay-1", "/overlay-2"])
    for root in session.roots { _ = try session.rendering(of: root) }
    #expect(session.staleRoots.isEmpty)

    // One overlay's own file.
    files.write("resources: [../base]\nnamePrefix: x-\n", to: "/overlay-1/kustomization.yaml")
    #expect(session.filesChanged(["/overlay-1/kustomization.yaml"]) == ["/overlay-1"])
    #expect(session.staleRoots == ["/overlay-1"])
    #expect(text(&session, "/overlay-1") == fresh(files, "/overlay-1"))
    #expect(session.staleRoots.isEmpty)

    // What all have in common.
    let base = String(decoding: try files.read("/base/app.yaml"), as: UTF8.self)
    files.write(base.replacing("json", with: "text"), to: "/base/app.yaml")
    #expect(session.filesChanged(["/base/app.yaml"]) == session.roots)

    // A file that was written as it was, and one that no root reads.
    for root in session.roots { _ = try session.rendering(of: root) }
    files.write(base.replacing("json", with: "text"), to: "/base/app.yaml")
    files.write("x", to: "/base/notes.txt")
    #expect(session.filesChanged(["/base/app.yaml", "/base/notes.txt"]) == [])
    #expect(session.filesChanged([]) == [])
    #expect(session.look() == [])
  }

  @Test func whatComesAndGoesReachesWhoLookedForIt() throws {
    let files = ChangingFiles(GrowingInput.overlays.make(2))
    var session = RenderSession(files)
    for root in ["/overlay-0", "/overlay-1", "/new"] {
      #expect(text(&session, root) == fresh(files, root))
    }
    files.write("resources: [../base]\nnameSuffix: -new\n", to: "/new/kustomization.yaml")
    #expect(session.filesChanged(["/new/kustomization.yaml"]) == ["/new"])
    #expect(text(&session, "/new") == fresh(files, "/new"))

    // A second kustomization file is an error, which was looked for and not found.
    files.write("resources: [../base]\n", to: "/overlay-0/Kustomization")
    #expect(session.filesChanged(["/overlay-0/Kustomization"]) == ["/overlay-0"])
    #expect(text(&session, "/overlay-0") == fresh(files, "/overlay-0"))
    files.remove("/overlay-0/Kustomization")
    #expect(session.filesChanged(["/overlay-0/Kustomization"]) == ["/overlay-0"])
    #expect(text(&session, "/overlay-0") == fresh(files, "/overlay-0"))

    // Of a directory its own path is enough.
    files.move("/base", to: "/old")
    #expect(session.filesChanged(["/base", "/old"]) == ["/overlay-0", "/overlay-1", "/new"])
    #expect(text(&session, "/overlay-1") == fresh(files, "/overlay-1"))
    files.link("/base", to: "/old")
    _ = session.filesChanged(["/base"])
    #expect(text(&session, "/overlay-1") == fresh(files, "/overlay-1"))
    // What is told by way of a link is the same file.
    files.write("resources: []\n", to: "/old/kustomization.yaml")
    #expect(session.filesChanged(["/base/kustomization.yaml"]).contains("/overlay-1"))
    #expect(text(&session, "/overlay-1") == fresh(files, "/overlay-1"))
  }

  @Test func fewRenderingsAreHeld() throws {
    let files = ChangingFiles(GrowingInput.overlays.make(4))
    var session = RenderSession(files, keptRenderings: 2)
    for number in 0..<4 { _ = try session.rendering(of: "/overlay-\(number)") }
    let held = session.roots.filter { session.known($0) != nil }
    #expect(held == ["/overlay-2", "/overlay-3"])
    // What is no longer held is not stale: it is made again when it is asked for.
    #expect(session.staleRoots.isEmpty)
    #expect(text(&session, "/overlay-0") == fresh(files, "/overlay-0"))
    #expect(session.roots.filter { session.known($0) != nil } == ["/overlay-0", "/overlay-3"])
  }

  @Test func aBuildThatBeganBeforeAChangeIsStale() throws {
    let files = ChangingFiles(GrowingInput.overlays.make(1))
    var session = RenderSession(files)
    session.add("/overlay-0")
    let build = session.build("/overlay-0")
    files.write("resources: [../base]\nnamePrefix: x-\n", to: "/overlay-0/kustomization.yaml")
    _ = session.filesChanged(["/overlay-0/kustomization.yaml"])
    session.keep(build)
    #expect(session.staleRoots == ["/overlay-0"])
    #expect(text(&session, "/overlay-0") == fresh(files, "/overlay-0"))
    session.remove("/overlay-0")
    session.keep(build)
    #expect(session.roots.isEmpty)
    #expect(session.known("/overlay-0") == nil)
  }

  @Test func aBuildThatIsCancelledLeavesNothing() throws {
    let files = ChangingFiles(GrowingInput.overlays.make(1))
    var session = RenderSession(files)
    let token = CancellationToken()
    token.cancel()
    #expect(throws: Diagnostic.self) {
      try session.rendering(of: "/overlay-0", cancellation: token)
    }
    #expect(session.staleRoots == ["/overlay-0"])
    #expect(text(&session, "/overlay-0") == fresh(files, "/overlay-0"))
    // What is there needs no build.
    #expect(try session.rendering(of: "/overlay-0", cancellation: token).warnings.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 4]) func randomEditsGiveWhatFreshBuildsGive(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let files = ChangingFiles(EditedTree.start)
    var session = RenderSession(files, keptRenderings: 3)
    for root in EditedTree.roots { session.add(root) }
    var (builds, asked) = (0, 0)
    for edit in 0..<300 {
      let told = EditedTree.edit(files, &random)
      _ = random.next() % 8 == 0 ? session.look() : session.filesChanged(told)
      for root in EditedTree.roots where random.next() % 4 != 0 {
        asked += 1
        if session.known(root) == nil { builds += 1 }
        let (kept, new) = (text(&session, root), fresh(files, root))
        #expect(kept == new, "seed \(seed), edit \(edit), \(told), \(root)")
        if kept != new { return }
      }
    }
    // Some builds were spared, or nothing of this was tried.
    #expect(builds < asked - 100, "\(builds) of \(asked)")
  }
}

/// A small tree with everything that one file can have to do with another, and what can happen to it.
private enum EditedTree {
  static let roots = ["/one", "/two", "/three", "/linked", "/late"]

  static let start = states.compactMapValues(\.first)

  /// What each file may say; some of it is wrong.
  private static let states: [String: [String]] = [
    "/base/kustomization.yaml": [
      "resources:\n- app.yaml\n- more.yaml\nconfigMapGenerator:\n- name: settings\n  files: [a.txt]\n",
      "resources:\n- app.yaml\n",
      "resources:\n- app.yaml\n- none.yaml\n",
      "resources: [app.yaml, more.yaml]\nnamePrefx: x\n",
      "resources: [\n",
    ],
    "/base/app.yaml": [
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: 1\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: 2\n  paused: true\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: other\n",
      "apiVersion: apps/v1\nkind: [\n",
      "",
    ],
    "/base/more.yaml": [
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: more\n",
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: app\n---\nkind: X\n",
    ],
    "/base/none.yaml": ["apiVersion: v1\nkind: Pod\nmetadata:\n  name: none\n"],
    "/base/a.txt": ["one", "two\n", ""],
    "/one/kustomization.yaml": [
      "resources: [../base]\nnamePrefix: one-\n",
      "resources: [../base]\npatches:\n- path: patch.yaml\n",
      "resources: [../base]\ncomponents: [../part]\n",
    ],
    "/one/patch.yaml": [
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: 7\n",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: gone\n",
    ],
    "/two/kustomization.yaml": [
      "resources: [../one]\nnamespace: two\n",
      "resources: [../base, ../one]\n",
    ],
    "/three/kustomization.yaml": [
      "resources: [own.yaml]\n", "resources: [own.yaml, ../late]\n",
    ],
    "/three/own.yaml": ["apiVersion: v1\nkind: Pod\nmetadata:\n  name: own\n"],
    "/part/kustomization.yaml": [
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels:\n- pairs: {a: b}\n",
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -part\n",
    ],
    "/linked/kustomization.yaml": ["resources: [../link]\n", "resources: [../link, ../three]\n"],
    "/late/kustomization.yaml": ["resources: [../part/pod.yaml]\n"],
    "/late/kustomization.yml": ["resources: []\n"],
    "/unread/notes.txt": ["a", "b"],
  ]

  /// Changes something, and gives the paths that a watcher would tell.
  static func edit(_ files: ChangingFiles, _ random: inout SeededGenerator) -> [String] {
    let names = states.keys.sorted()
    switch random.next() % 12 {
    case 0:
      let target = ["/base", "/one", "/nowhere"][Int(random.next() % 3)]
      files.link("/link", to: target)
      return ["/link"]
    case 1:
      let path = files.paths[Int(random.next() % UInt64(files.paths.count))]
      files.remove(path)
      return [path]
    case 2:
      // Away and back: something else may have come meanwhile.
      let (from, to) = random.next() % 2 == 0 ? ("/base", "/away") : ("/away", "/base")
      files.move(from, to: to)
      return [from, to]
    case 3:
      // A checkout: many files at once.
      var told: [String] = []
      for path in names where random.next() % 2 == 0 {
        files.write(states[path]?.first ?? "", to: path)
        told.append(path)
      }
      return told
    default:
      let path = names[Int(random.next() % UInt64(names.count))]
      let texts = states[path] ?? []
      // The first state is the sound one: the tree must not stay broken.
      let text = random.next() % 2 == 0 ? texts[0] : texts[Int(random.next() % UInt64(texts.count))]
      files.write(text, to: path)
      return [path]
    }
  }
}
