import Foundation
import Testing

/// Which directories the cache uses, and what it does not touch.
@Suite struct CacheDirectoryTests {
  private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"
  private let fixture: RemoteFixture
  private let files = FileManager.default

  init() throws { fixture = try RemoteFixture() }

  /// Makes the cache by a build, changes it, and builds again.
  private func outcome(
    _ change: (_ cache: URL) throws -> Void
  ) throws -> (after: RemoteFixture.Outcome, offline: RemoteFixture.Outcome) {
    let address = try fixture.makeRepository(
      "r", ["kustomization.yaml": "resources: [cm.yaml]\n", "cm.yaml": Self.map])
    let first = try fixture.render(address)
    try #require(first.output == Self.map)
    try change(fixture.cache)
    // A new commit must be fetched.
    try fixture.commit(["more.yaml": ""], to: "r")
    return (try fixture.render(address), try fixture.render(address, "--offline"))
  }

  /// The path of a directory of the cache, which has one repository.
  private func path(of name: String) throws -> String {
    let cache = fixture.cache
    let git = cache.appending(path: "git")
    let repository = git.appending(path: try files.contentsOfDirectory(atPath: git.path)[0])
    switch name {
    case "": return cache.path
    case "REPOSITORY": return repository.path
    case "REPOSITORY/refs": return repository.appending(path: "refs").path
    default: return cache.appending(path: name).path
    }
  }

  private static let names = ["", "git", "new", "REPOSITORY", "REPOSITORY/refs"]
  private static let rest =
    ", or name another place with XDG_CACHE_HOME, or build without a cache\n"

  /// What a link leads to is neither read nor written nor removed.
  @Test(arguments: names) func linksAreNotFollowed(_ name: String) throws {
    defer { fixture.remove() }
    let aside = fixture.directory.appending(path: "aside")
    var path = ""
    let outcome = try outcome { cache in
      path = try self.path(of: name)
      try files.moveItem(atPath: path, toPath: aside.path)
      try files.createSymbolicLink(atPath: path, withDestinationPath: aside.path)
      let old = aside.appending(path: "fetch-abcdef")
      try files.createDirectory(at: old, withIntermediateDirectories: true)
      try files.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -90_000)], ofItemAtPath: old.path)
    }
    #expect(
      outcome.after.errors.hasSuffix(
        "\(path) in the cache is a link or a file, not a directory: remove it\(Self.rest)"),
      "\(outcome.after.errors)")
    #expect(outcome.after.status == 1)
    #expect(files.fileExists(atPath: aside.appending(path: "fetch-abcdef").path))
  }

  @Test(arguments: names, [0o770, 0o702]) func whatOthersCanWriteToIsNotUsed(
    _ name: String, _ mode: Int
  ) throws {
    defer { fixture.remove() }
    var path = ""
    let outcome = try outcome { _ in
      path = try self.path(of: name)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    #expect(
      outcome.after.errors.hasSuffix(
        "other users can write to \(path) in the cache: remove it, since they may have\(Self.rest)"
      ), "\(outcome.after.errors)")
    if name != "new" { #expect(outcome.offline.errors.contains("other users can write to")) }
    let without = try fixture.render("file://\(fixture.repositories.path)/r", "--no-cache")
    #expect(without.output == Self.map)
  }

  @Test func aLinkInThePlaceOfACommitIsNotFollowed() throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", ["kustomization.yaml": "{}\n"])
    let commit = try fixture.git(
      "-C", fixture.repositories.appending(path: "r").path, "rev-parse", "HEAD")
    _ = try fixture.render(address)
    let path = try "\(self.path(of: "REPOSITORY"))/\(commit)"
    let aside = fixture.directory.appending(path: "aside").path
    try files.moveItem(atPath: path, toPath: aside)
    try files.createSymbolicLink(atPath: path, withDestinationPath: aside)
    for flags in [[], ["--offline"]] {
      let outcome = try fixture.render([address] + flags)
      #expect(
        outcome.errors.hasSuffix(
          "\(path) in the cache is a link or a file, not a directory: remove it\(Self.rest)"),
        "\(outcome.errors)")
    }
  }
}
