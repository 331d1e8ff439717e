import Testing

@testable import Lamina

/// What kustomize makes of an address, asked of it row by row.
@Suite struct RepositoryAddressTests {
  struct Row: Sendable {
    let text: String
    let repository: String
    let path: String
    let ref: String
    let submodules: Bool
    let time: Double

    init(
      _ text: String, _ repository: String, path: String = "", ref: String = "",
      submodules: Bool = true, time: Double = 27
    ) {
      self.text = text
      self.repository = repository
      self.path = path
      self.ref = ref
      self.submodules = submodules
      self.time = time
    }
  }

  static let addresses: [Row] = [
    Row("https://github.com/shop/orders", "https://github.com/shop/orders"),
    Row(
      "http://github.com/shop/orders/overlays/test", "https://github.com/shop/orders",
      path: "overlays/test"),
    Row("hTTps://GitHub.com/shop/orders", "https://github.com/shop/orders"),
    Row("github.com/shop/orders?ref=v1", "https://github.com/shop/orders", ref: "v1"),
    Row(
      "gitHub.com:shop/orders/overlays?ref=team/v1", "https://github.com/shop/orders",
      path: "overlays", ref: "team/v1"),
    Row("git@github.com:shop/orders/base", "git@github.com:shop/orders", path: "base"),
    Row("git@github.com/shop/orders.git/base", "git@github.com:shop/orders.git", path: "base"),
    Row("org-77@github.com:shop/orders", "org-77@github.com:shop/orders"),
    Row("org-77@github.com/shop/orders", "org-77@github.com:shop/orders"),
    Row(
      "ssh://git@github.com/shop/orders//overlays/test?ref=v1", "git@github.com:shop/orders",
      path: "overlays/test", ref: "v1"),
    Row("ssh://github.com/shop/orders", "github.com:shop/orders"),
    Row(
      "ssh://git@ssh.github.com:443/shop/orders.git", "ssh://git@ssh.github.com:443/shop/orders.git"
    ),
    Row("git::https://github.com/shop/orders", "https://github.com/shop/orders"),
    Row("GIT::ssh://git@example.com/shop/orders", "ssh://git@example.com/shop/orders"),
    Row("git::git@example.com:shop/orders.git", "git@example.com:shop/orders.git"),
    Row(
      "https://example.com/deep/path/to/orders//overlays/test",
      "https://example.com/deep/path/to/orders", path: "overlays/test"),
    Row(
      "https://example.com/deep/path/to/orders.git/overlays/test",
      "https://example.com/deep/path/to/orders.git", path: "overlays/test"),
    Row(
      "https://example.com/deep/path/to/orders.git", "https://example.com/deep/path/to/orders.git"),
    Row(
      "https://example.com/shop/orders/overlays/test/", "https://example.com/shop/orders",
      path: "overlays/test/"),
    Row(
      "https://example.com/shop/orders/a/../b", "https://example.com/shop/orders", path: "a/../b"),
    Row("https://user@example.com/shop/orders", "https://user@example.com/shop/orders"),
    Row("https://user:word@example.com/shop/orders", "https://user:word@example.com/shop/orders"),
    Row(
      "ssh://alice@example.com:7999/shop/orders/base", "ssh://alice@example.com:7999/shop/orders",
      path: "base"),
    Row("ssh://git.example.com:7999/shop/orders", "ssh://git.example.com:7999/shop/orders"),
    Row("git@example.com:shop/orders.git?ref=v1", "git@example.com:shop/orders.git", ref: "v1"),
    Row(
      "git@example.com:shop/orders.git//base?ref=v1", "git@example.com:shop/orders.git",
      path: "base", ref: "v1"),
    Row("git@example.com/shop/orders.git//base", "git@example.com/shop/orders.git", path: "base"),
    Row(
      "git@example.com/shop:eu/orders.git/base", "git@example.com/shop:eu/orders.git", path: "base"),
    Row("git@example.com:shop/orders", "git@example.com:shop/orders"),
    Row("git@gist.github.com:0123abcd.git", "git@gist.github.com:0123abcd.git"),
    Row("https://gist.github.com/0123abcd.git", "https://gist.github.com/0123abcd.git"),
    Row(
      "https://me@dev.azure.com/shop/eu/_git/orders//overlays/test",
      "https://me@dev.azure.com/shop/eu/_git/orders", path: "overlays/test"),
    Row(
      "https://shop.visualstudio.com/eu/_git/orders/overlays/test?version=v1",
      "https://shop.visualstudio.com/eu/_git/orders", path: "overlays/test", ref: "v1"),
    Row("https://example.com/shop/_git/orders", "https://example.com/shop/_git/orders"),
    Row(
      "https://example.com/shop/_git/orders.git/base", "https://example.com/shop/_git/orders.git",
      path: "base"),
    Row("file:///srv/git/orders", "file:///srv/git/orders"),
    Row(
      "file:///srv/git/orders.git/base?ref=v1", "file:///srv/git/orders.git", path: "base",
      ref: "v1"),
    Row("file:///srv/git/orders//base?ref=v1", "file:///srv/git/orders", path: "base", ref: "v1"),
    Row("file://srv/git/orders//base", "file://srv/git/orders", path: "base"),
    Row("file://git@home/srv/orders.git//base", "file://git@home/srv/orders.git", path: "base"),
    Row("file:///", "file:///"),
    Row("FILE:///srv/orders", "file:///srv/orders"),
    Row(
      "https://example.com/shop/orders/?ref=has_git/inside", "https://example.com/shop/orders",
      ref: "has_git/inside"),
    Row(
      "https://example.com/shop/orders/?ref=has.git/inside", "https://example.com/shop/orders",
      ref: "has.git/inside"),
    Row(
      "https://example.com/shop/orders/%-not-escaped", "https://example.com/shop/orders",
      path: "%-not-escaped"),
    Row("https://example.com/shop/orders#part", "https://example.com/shop/orders#part"),
    Row(
      "https://example.com/shop/orders//..a/..", "https://example.com/shop/orders", path: "..a/.."),
    Row(
      "https://example.com/a.github/orders/base", "https://example.com/a.git",
      path: "hub/orders/base"),
    Row("ssh://-oProxyCommand=x/shop/orders", "ssh://-oProxyCommand=x/shop/orders"),
    Row("git@-oProxyCommand=x:shop/orders", "git@-oProxyCommand=x:shop/orders"),
    Row("user@ext::sh -c x/y", "user@ext::sh -c x/y"),
    Row(
      "https://example.com/shop/orders?ref=--upload-pack=x", "https://example.com/shop/orders",
      ref: "--upload-pack=x"),
    Row(
      "https://example.com/shop/orders?ref=a%2Fb+c", "https://example.com/shop/orders", ref: "a/b c"
    ),
    Row(
      "https://example.com/shop/orders?version=v1&ref=v2", "https://example.com/shop/orders",
      ref: "v2"),
    Row(
      "https://example.com/shop/orders?version=v1&ref=", "https://example.com/shop/orders",
      ref: "v1"),
    Row(
      "https://example.com/shop/orders?ref=v1&ref=v2", "https://example.com/shop/orders", ref: "v1"),
    Row("https://example.com/shop/orders?ref=v1;x", "https://example.com/shop/orders"),
    Row("https://example.com/shop/orders?ref=v1&x=%z", "https://example.com/shop/orders"),
    Row(
      "https://example.com/shop/orders?ref=v1?ref=v2", "https://example.com/shop/orders",
      ref: "v1?ref=v2"),
    Row(
      "https://example.com/shop/orders?submodules=false&timeout=61",
      "https://example.com/shop/orders", submodules: false, time: 61.0),
    Row(
      "https://example.com/shop/orders?submodules=F&timeout=1m1s",
      "https://example.com/shop/orders", submodules: false, time: 61.0),
    Row(
      "https://example.com/shop/orders?submodules=no&timeout=jiffy",
      "https://example.com/shop/orders"),
    Row("https://example.com/shop/orders?submodules=&timeout=", "https://example.com/shop/orders"),
    Row("https://example.com/shop/orders?timeout=0", "https://example.com/shop/orders"),
    Row("https://example.com/shop/orders?timeout=-5", "https://example.com/shop/orders"),
    Row(
      "https://example.com/shop/orders?timeout=%2B5", "https://example.com/shop/orders", time: 5.0),
    Row("https://example.com/shop/orders?timeout=0s", "https://example.com/shop/orders"),
    Row(
      "https://example.com/shop/orders?timeout=1.5h", "https://example.com/shop/orders",
      time: 5400.0),
    Row(
      "https://example.com/shop/orders?timeout=300ms", "https://example.com/shop/orders", time: 0.3),
    Row(
      "https://example.com/shop/orders?timeout=.5s", "https://example.com/shop/orders", time: 0.5),
    Row(
      "https://example.com/shop/orders?timeout=7µs", "https://example.com/shop/orders", time: 7e-06),
    Row("https://example.com/shop/orders?timeout=3h2", "https://example.com/shop/orders"),
    Row("https://example.com/shop/orders?timeout=99999999999h", "https://example.com/shop/orders"),
    Row(
      "https://example.com/shop/orders?timeout=99999999999999999999s",
      "https://example.com/shop/orders"),
    Row(
      "https://example.com/shop/orders?timeout=99999999999999999999",
      "https://example.com/shop/orders"),
    // More nanoseconds than can be counted.
    Row(
      "https://example.com/shop/orders?timeout=9223372037", "https://example.com/shop/orders",
      time: 9223372036.854775807),
    Row(
      "https://example.com/shop/orders?timeout=18446744073",
      "https://example.com/shop/orders", time: 9223372036.854775807),
    Row(
      "https://example.com/shop/orders?timeout=9223372036854775807",
      "https://example.com/shop/orders", time: 9223372036.854775807),
    Row("https:///shop/orders", "https:///shop/orders"),
    Row("https://example.com//base", "https://example.com//base"),
  ]

  @Test(arguments: addresses) func isTakenApart(_ row: Row) throws {
    let address = try RepositoryAddress(row.text)
    #expect(address.text == row.text)
    #expect(address.repository == row.repository)
    #expect(address.path == row.path)
    #expect(address.ref == row.ref)
    #expect(address.wantsSubmodules == row.submodules)
    #expect(address.timeLimit == row.time)
  }

  static let others: [(String, RepositoryAddress.Flaw)] = [
    ("https://example.com/shop/orders///../x", .leavesRepository),
    ("/srv/orders", .absolutePath),
    ("", .noScheme),
    ("base", .noScheme),
    ("../base", .noScheme),
    ("./github.com/shop/orders", .noScheme),
    ("src/github.com/shop/orders", .noScheme),
    ("gh:shop/orders", .noScheme),
    ("github.com!shop/orders.git//base", .noScheme),
    ("ftp://example.com/shop/orders", .noScheme),
    ("ext::sh -c x", .noScheme),
    ("--upload-pack=x", .noScheme),
    ("git::base", .noScheme),
    ("git@", .noHost),
    ("example.com:shop/orders", .noScheme),
    ("1user@example.com:shop/orders", .noScheme),
    ("a.b@example.com:shop/orders", .noScheme),
    ("https://", .noHost),
    ("https://example.com", .noRepository),
    ("https://example.com?ref=v1", .noRepository),
    ("https://example.com/orders", .noRepository),
    ("https://example.com/orders.yaml", .noRepository),
    ("ssh://git.example.com", .noRepository),
    ("git@ssh://github.com/shop/orders.git//base", .noRepository),
    ("git@example.com:", .noRepository),
    ("https://example.com/shop/orders.git//base/../../x", .leavesRepository),
    ("https://example.com/shop/orders/../x", .leavesRepository),
    ("https://example.com/shop/orders/..", .leavesRepository),
    ("file:////srv//orders", .noRepository),
    ("file://", .noRepository),
    ("git@:shop/orders", .noRepository),
  ]

  @Test(arguments: others) func isNoAddress(_ text: String, flaw: RepositoryAddress.Flaw) {
    #expect(throws: flaw) { try RepositoryAddress(text) }
  }
}
