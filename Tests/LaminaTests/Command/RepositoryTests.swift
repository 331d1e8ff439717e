import Foundation
import Testing

/// Repositories on this machine, fetched and kept.
@Suite struct RepositoryTests {
  private static func map(_ value: String) -> String {
    "apiVersion: v1\ndata:\n  v: \(value)\nkind: ConfigMap\nmetadata:\n  name: x\n"
  }

  private static func files(_ value: String) -> [String: String] {
    ["kustomization.yaml": "resources: [cm.yaml]\n", "cm.yaml": map(value)]
  }

  private let fixture: RemoteFixture

  init() throws { fixture = try RemoteFixture() }

  private func builds(_ address: String, _ value: String, _ flags: String...) throws {
    let outcome = try fixture.render([address] + flags)
    #expect(outcome.errors == "")
    #expect(outcome.output == Self.map(value))
  }

  @Test func everyKindOfRefIsFollowed() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let path = fixture.repositories.appending(path: "r").path
    try fixture.git("-C", path, "tag", "plain")
    try fixture.git("-C", path, "tag", "--annotate", "--message", "x", "told")
    let commit = try fixture.git("-C", path, "rev-parse", "HEAD")
    try fixture.git("-C", path, "branch", "team/old")
    try fixture.commit(Self.files("two"), to: "r")
    for _ in 1...2 {
      for ref in ["plain", "told", "team/old", "refs/tags/told", "heads/team/old", commit] {
        try builds("\(address)?ref=\(ref)", "one")
      }
      try builds(address, "two")
      try builds("\(address)?ref=main", "two")
      try builds("\(address)?ref=HEAD", "two")
    }
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func aChangedBranchIsSeen() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    try builds("\(address)?ref=main", "one")
    try fixture.commit(Self.files("two"), to: "r")
    try builds("\(address)?ref=main", "two")
    try fixture.commit(Self.files("three"), to: "r")
    try builds("\(address)?ref=main", "two", "--offline")
    try builds("\(address)?ref=main", "three")
  }

  /// A tag and a branch of one name: git takes the tag.
  @Test func aTagGoesBeforeABranch() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let path = fixture.repositories.appending(path: "r").path
    try fixture.git("-C", path, "tag", "both")
    try fixture.commit(Self.files("two"), to: "r")
    try fixture.git("-C", path, "branch", "both")
    try builds("\(address)?ref=both", "one")
    try builds("\(address)?ref=both", "one")
  }

  @Test func aCommitThatIsKeptNeedsNoRepository() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let path = fixture.repositories.appending(path: "r")
    let commit = try fixture.git("-C", path.path, "rev-parse", "HEAD")
    try builds("\(address)?ref=main", "one")
    try FileManager.default.removeItem(at: path)
    try builds("\(address)?ref=\(commit)", "one")
    try builds("\(address)?ref=main", "one", "--offline")
    let online = try fixture.render("\(address)?ref=main")
    #expect(online.errors.contains("git ls-remote: fatal: "))
    let other = try fixture.render("\(address)?ref=other", "--offline")
    #expect(
      other.errors == """
        error: cannot fetch repository "\(address)?ref=other": it is not in the cache, and this build is offline
          build it once without --offline

        """)
    #expect(other.status == 1)
  }

  @Test func nothingIsKeptIfNotWanted() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    try builds(address, "one", "--no-cache")
    #expect(!FileManager.default.fileExists(atPath: fixture.cache.path))
    let outcome = try fixture.render("\(address)?ref=none", "--no-cache")
    #expect(outcome.errors.contains("couldn't find remote ref none"))
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func aCacheThatCannotBeMadeIsDoneWithout() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    try fixture.write("", to: "file")
    let file = fixture.directory.appending(path: "work/file").path
    let outcome = try fixture.render([address], variables: ["XDG_CACHE_HOME": file])
    #expect(outcome.output == Self.map("one"))
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func aTimeLimitIsKept() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let outcome = try fixture.render("\(address)?timeout=1ns")
    #expect(
      outcome.errors == """
        error: cannot fetch repository "\(address)?timeout=1ns": git init: it did not end within 1e-09 seconds, and was stopped

        """)
    #expect(outcome.status == 1)
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func submodulesAreFetchedUnlessTheyAreNotWanted() throws {
    defer { fixture.remove() }
    try fixture.makeRepository("part", ["cm.yaml": Self.map("part")])
    let address = try fixture.makeRepository(
      "r", ["kustomization.yaml": "resources: [part/cm.yaml]\n"])
    let path = fixture.repositories.appending(path: "r").path
    try fixture.git(
      "-C", path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../part")
    try fixture.git("-C", path, "commit", "--quiet", "--message", "part")
    let variables = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow",
      "GIT_CONFIG_VALUE_0": "always",
    ]
    for _ in 1...2 {
      let with = try fixture.render([address], variables: variables)
      #expect(with.output == Self.map("part"))
      let without = try fixture.render(["\(address)?submodules=false"], variables: variables)
      #expect(without.errors.contains("cannot read resource \"part/cm.yaml\""))
      #expect(without.status == 1)
    }
    // git's own rule: a submodule may not be a repository of this machine.
    let refused = try fixture.render("--no-cache", address)
    #expect(refused.errors.contains("git submodule: fatal: "))
  }

  /// What a repository's own list of submodules says is never run.
  @Test(arguments: [
    "url = ext::sh -c touch% MADE", "url = -u./touch", "update = !touch MADE\n url = https://h/x",
  ])
  func submodulesRunNothing(_ lines: String) throws {
    defer { fixture.remove() }
    let made = fixture.directory.appending(path: "made").path
    let address = try fixture.makeRepository(
      "r",
      Self.files("one").merging(
        [".gitmodules": "[submodule \"s\"]\n path = s\n \(lines.replacing("MADE", with: made))\n"]
      ) { $1 })
    let path = fixture.repositories.appending(path: "r").path
    let commit = try fixture.git("-C", path, "rev-parse", "HEAD")
    try fixture.git("-C", path, "update-index", "--add", "--cacheinfo", "160000,\(commit),s")
    try fixture.git("-C", path, "commit", "--quiet", "--message", "s")
    let variables = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.ext.allow",
      "GIT_CONFIG_VALUE_0": "always",
    ]
    let outcome = try fixture.render([address], variables: variables)
    #expect(outcome.errors.contains("git submodule: fatal: "), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: made))
    try builds("\(address)?submodules=0", "one")
  }

  /// In git's hooks, variables lead every git to the repository that the hook runs for.
  @Test func variablesOfHooksAreNotFollowed() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    try fixture.makeRepository("own", Self.files("own"))
    let own = fixture.repositories.appending(path: "own").path
    let before = try fixture.git("-C", own, "rev-parse", "HEAD")
    let outcome = try fixture.render(
      [address],
      variables: [
        "GIT_DIR": "\(own)/.git", "GIT_WORK_TREE": own, "GIT_INDEX_FILE": "\(own)/.git/index",
      ])
    #expect(outcome.output == Self.map("one"))
    let after = try fixture.git("-C", own, "rev-parse", "HEAD")
    #expect(after == before)
    let changes = try fixture.git("-C", own, "status", "--porcelain")
    #expect(changes == "")
  }

  @Test func severalBuildsAtOnceShareTheCache() async throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let fixture = fixture
    let outputs = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1...6 { group.addTask { try fixture.render(address).output } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outputs == Array(repeating: Self.map("one"), count: 6))
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func whatKilledBuildsLeftBehindIsRemoved() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", Self.files("one"))
    let new = fixture.cache.appending(path: "new")
    let old = Date(timeIntervalSinceNow: -90_000)
    for (name, date) in [("fetch-oldOne", old), ("fetch-young1", Date()), ("mine", old)] {
      let path = new.appending(path: name)
      try FileManager.default.createDirectory(
        at: path.appending(path: "files"), withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path.path)
    }
    try builds(address, "one")
    let leftovers = try fixture.leftovers()
    // What has another name is not the cache's own.
    #expect(leftovers.sorted() == ["fetch-young1", "mine"])
  }

  /// A program that writes to the files of a repository writes to a copy of what is kept.
  @Test func whatIsKeptIsNotChanged() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository(
      "r",
      [
        "kustomization.yaml": "helmCharts: [{name: shop, repo: 'https://example.com'}]\n",
        "link": "x",
      ])
    try fixture.write(
      """
      #!/bin/sh
      case $1 in
      version) echo v3.1.0 ;;
      pull) mkdir -p "$4/shop" && echo "{}" > "$4/shop/values.yaml" ;;
      template) printf 'apiVersion: v1\\ndata:\\n  v: made\\nkind: ConfigMap\\nmetadata:\\n  name: x\\n' ;;
      esac

      """, to: "helm")
    let helm = fixture.directory.appending(path: "work/helm").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: helm)
    try builds(address, "made", "--enable-helm", "--helm-command", helm)
    // The chart was downloaded into the build's own copy, and is gone with it.
    let offline = try fixture.render([
      address, "--enable-helm", "--helm-command", helm, "--offline",
    ])
    #expect(
      offline.errors.contains("chart \"shop\" is not at 'charts/shop', and this build is offline\n")
    )
    #expect(offline.errors.hasSuffix("^ build it once without --offline\n"))
    let paths = try FileManager.default.subpathsOfDirectory(atPath: fixture.cache.path)
    #expect(!paths.contains { $0.hasSuffix("/charts") })
    #expect(paths.contains { $0.hasSuffix("/link") })
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  /// git's own helper for HTTP must end as well: the server sees its connection close.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], [[], ["--no-cache"]])
  func aSignalEndsAllAndLeavesNothing(_ signal: Int32, _ flags: [String]) throws {
    defer { fixture.remove() }
    let isClosed = DispatchSemaphore(value: 0)
    let isAsked = DispatchSemaphore(value: 0)
    let server = try LoopbackServer { request in
      if request.path == "/shop/orders" { return .notFound }
      isAsked.signal()
      return nil
    } whenClosed: {
      isClosed.signal()
    }
    defer { server.stop() }
    try fixture.write("resources: ['\(server.url)/shop/orders']\n", to: "kustomization.yaml")
    let process = try fixture.start(flags)
    isAsked.wait()
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    isClosed.wait()
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  /// Other users of the machine can see the arguments of all programs; git's helpers are among them.
  @Test func aPasswordIsNoArgumentOfAProgram() throws {
    defer { fixture.remove() }
    try fixture.makeRepository(
      "org/repo",
      ["kustomization.yaml": "resources: [cm.yaml]\n", "cm.yaml": "kind: A\nmetadata: {name: b}\n"])
    let repositories = fixture.repositories
    let server = try LoopbackServer { GitServer.answer($0, repositories: repositories) }
    defer { server.stop() }
    let log = fixture.directory.appending(path: "arguments").path
    try fixture.write(
      "#!/bin/sh\nPATH=$OLD_PATH; { echo \"$@\"; } >> '\(log)'; exec git \"$@\"\n", to: "bin/git")
    let bin = fixture.directory.appending(path: "work/bin")
    chmod(bin.appending(path: "git").path, 0o755)
    let address = "http://us%65r:secr%65t@127.0.0.1:\(server.port)/org/repo"
    try fixture.write("resources: ['\(address)//?ref=main']\n", to: "kustomization.yaml")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for _ in 0..<2 {
      let outcome = try fixture.render(
        ["."], variables: ["PATH": "\(bin.path):\(path)", "OLD_PATH": path])
      #expect(outcome.output == "kind: A\nmetadata:\n  name: b\n")
      #expect(outcome.errors == "")
    }
    let arguments = try String(contentsOfFile: log, encoding: .utf8)
    #expect(arguments.contains("fetch --quiet") && arguments.contains("ls-remote"))
    #expect(arguments.contains("http://127.0.0.1:\(server.port)/org/repo"))
    #expect(!arguments.contains("secr"))
    let authorizations = server.requests.filter {
      $0.path.hasPrefix("/org/repo/") || $0.path.hasSuffix("refs")
    }
    .map { $0.headers["authorization"] }
    #expect(Set(authorizations) == ["Basic dXNlcjpzZWNyZXQ="])
  }
}
