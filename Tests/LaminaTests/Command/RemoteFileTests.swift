import Foundation
import Testing

/// Files that are served over HTTP, and repositories at such addresses.
@Suite struct RemoteFileTests {
  private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"

  private static func builds(
    _ entry: String,
    _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Response?,
    _ look: (RemoteFixture, LoopbackServer, RemoteFixture.Outcome) throws -> Void
  ) throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    let server = try LoopbackServer(answer)
    defer { server.stop() }
    let line = entry.replacing("SERVER", with: "127.0.0.1:\(server.port)")
    try fixture.write("resources: ['\(line)']\n", to: "kustomization.yaml")
    try look(fixture, server, try fixture.render())
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func aFileIsFetched() throws {
    try Self.builds("http://SERVER/cm.yaml") { _ in
      .text(Self.map)
    } _: { fixture, server, outcome in
      #expect(outcome.output == Self.map)
      #expect(outcome.errors == "")
      #expect(server.requests.map(\.target) == ["/cm.yaml"])
      server.stop()
      let again = try fixture.render("--offline")
      #expect(again.output == Self.map)
    }
  }

  @Test func aSilentServerIsGivenUpWhenTheFlagSays() throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in nil }
    defer { server.stop() }
    try fixture.write("resources: ['\(server.url)/cm.yaml']\n", to: "kustomization.yaml")
    let outcome = try fixture.render("--timeout", "0.5")
    #expect(outcome.errors.contains("the server said nothing for 0.5 seconds, and was given up"))
    #expect(outcome.status == 1)
    // As a repository it was not asked.
    #expect(server.requests.count == 1)
  }

  @Test func redirectionsAreFollowed() throws {
    try Self.builds("http://SERVER/a") { request in
      request.path == "/b"
        ? .text(Self.map) : .init(status: "302 Found", headers: ["Location: /b"])
    } _: { _, server, outcome in
      #expect(outcome.output == Self.map)
      #expect(server.requests.map(\.target) == ["/a", "/b"])
    }
  }

  @Test func circlesOfRedirectionsEnd() throws {
    try Self.builds("http://SERVER/a") { _ in
      .init(status: "302 Found", headers: ["Location: /a"])
    } _: { _, _, outcome in
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
    }
  }

  @Test func compressedFilesAreUnpacked() throws {
    let packed = try #require(
      Data(
        base64Encoded:
          "H4sIAAAAAAACA0ssyAxLLSrOzM+zUigz5MrOzEuxUnDOz0vLTPdNLODKTS1JTEksSbTiUlDIS8xNtVKo4AIAxZigRjMAAAA="
      ))
    try Self.builds("http://SERVER/cm.yaml") { request in
      .init(
        headers: ["Content-Encoding: gzip"],
        body: request.headers["accept-encoding"]?.contains("gzip") == true ? packed : Data())
    } _: { _, _, outcome in
      #expect(outcome.output == Self.map)
    }
  }

  @Test func whatCannotStandInAURLIsEscaped() throws {
    try Self.builds("http://SERVER/ä b%2e[1]#x?q=\"|") { _ in
      .text(Self.map)
    } _: {
      _, server, outcome in
      #expect(outcome.output == Self.map)
      #expect(server.requests.map(\.target) == ["/%C3%A4%20b%2e[1]%23x?q=%22%7C"])
    }
  }

  /// As Go does, without being asked.
  @Test(arguments: [("user:a%20b", "Basic dXNlcjphIGI="), ("token", "Basic dG9rZW46")])
  func aUserInTheURLIsToldToTheServer(_ user: String, _ header: String) throws {
    try Self.builds("http://\(user)@SERVER/cm.yaml") { request in
      request.headers["authorization"] == header ? .text(Self.map) : .notFound
    } _: { _, server, outcome in
      #expect(outcome.output == Self.map)
      #expect(server.requests.count == 1)
    }
  }

  @Test func aProxyIsAsked() throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in .text(Self.map) }
    defer { server.stop() }
    try fixture.write("resources: ['http://example.test/cm.yaml']\n", to: "kustomization.yaml")
    let outcome = try fixture.render([], variables: ["HTTP_PROXY": server.url])
    #expect(outcome.output == Self.map)
    #expect(server.requests.map(\.target) == ["http://example.test/cm.yaml"])
  }

  @Test(arguments: ["401 Unauthorized", "404 Not Found", "500 Internal Server Error"])
  func otherAnswersAreTold(_ status: String) throws {
    try Self.builds("http://SERVER/cm.yaml") { _ in
      .init(status: status, headers: ["WWW-Authenticate: Basic realm=\"x\""])
    } _: { _, server, outcome in
      #expect(outcome.output == "")
      #expect(outcome.status == 1)
      #expect(
        outcome.errors == """
          kustomization.yaml:1:13: error: cannot fetch resource "\(server.url)/cm.yaml": the server answered with status \(status.prefix(3))
              1 │ resources: ['\(server.url)/cm.yaml']
                │             ^

          """)
    }
  }

  @Test func aFileThatEndsEarlyIsRefused() throws {
    try Self.builds("http://SERVER/cm.yaml") { _ in
      .init(body: Data(Self.map.utf8), length: 1000)
    } _: { fixture, server, outcome in
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("cannot fetch resource \"\(server.url)/cm.yaml\": "))
      let offline = try fixture.render("--offline")
      #expect(offline.errors.contains("it is not in the cache"))
    }
  }

  @Test func aServerThatIsNotThereIsTold() throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in nil }
    server.stop()
    try fixture.write("resources: [\(server.url)/cm.yaml]\n", to: "kustomization.yaml")
    let outcome = try fixture.render()
    #expect(outcome.errors.contains("127.0.0.1 port \(server.port)"), "\(outcome.errors)")
    #expect(outcome.status == 1)
  }

  @Test func repositoriesAreServed() throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    try fixture.makeRepository(
      "shop/orders", ["base/kustomization.yaml": "resources: [cm.yaml]", "base/cm.yaml": Self.map])
    let repositories = fixture.repositories
    let server = try LoopbackServer { request in
      // Web sites show a page at the address of a repository.
      if request.path == "/shop/orders" { return .text("<!DOCTYPE html>\n<html>") }
      return GitServer.answer(request, repositories: repositories)
    }
    defer { server.stop() }
    for path in ["shop/orders/base", "shop/orders//base", "shop/orders//base?ref=main"] {
      try fixture.write("resources: ['\(server.url)/\(path)']\n", to: "kustomization.yaml")
      let outcome = try fixture.render()
      #expect(outcome.output == Self.map)
      #expect(outcome.errors == "")
      let offline = try fixture.render("--offline")
      #expect(offline.output == Self.map)
      let direct = try fixture.render("\(server.url)/\(path)")
      #expect(direct.output == Self.map)
    }
    let packs = server.requests.filter { $0.path == "/shop/orders/git-upload-pack" }
    let fetches = packs.filter { String(decoding: $0.body, as: UTF8.self).contains("fetch") }
    #expect(fetches.count == 1)
  }

  /// A repository that asks for a password gets it from git's own helpers, or not at all.
  @Test func credentialsAreLeftToGit() throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    try fixture.makeRepository(
      "shop/orders", ["kustomization.yaml": "resources: [cm.yaml]", "cm.yaml": Self.map])
    let repositories = fixture.repositories
    let server = try LoopbackServer { request in
      request.headers["authorization"] == "Basic dXNlcjp3b3Jk"
        ? GitServer.answer(request, repositories: repositories)
        : .init(status: "401 Unauthorized", headers: ["WWW-Authenticate: Basic realm=\"shop\""])
    }
    defer { server.stop() }
    let address = "\(server.url)/shop/orders"
    let refused = try fixture.render(address)
    #expect(
      refused.errors == """
        error: cannot fetch repository "\(address)": git fetch: fatal: could not read Username for '\(server.url)': terminal prompts disabled

        """)
    let helper = "!f() { echo username=user; echo password=word; }; f"
    let variables = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper",
      "GIT_CONFIG_VALUE_0": helper,
    ]
    #expect(try fixture.render([address], variables: variables).output == Self.map)
    try fixture.write("resources: ['\(address)']\n", to: "kustomization.yaml")
    #expect(try fixture.render([], variables: variables).output == Self.map)
  }
}
