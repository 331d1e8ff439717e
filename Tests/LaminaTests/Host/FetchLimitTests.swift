import Foundation
import Lamina
import LaminaHost
import Testing

/// What is fetched is limited while it is fetched.
@Suite struct FetchLimitTests {
  private let fixture: RemoteFixture
  private let host: MachineHost
  private static let fileLimit = 1 << 20
  private static let repositoryLimit = 3 << 20

  init() throws {
    fixture = try RemoteFixture()
    var limits = FetchLimits()
    limits.fileSize = Self.fileLimit
    limits.repositorySize = Self.repositoryLimit
    limits.silence = 1
    host = MachineHost(cacheDirectory: fixture.cache.path, limits: limits)
  }

  /// What stays in the cache of what could not be fetched to its end.
  private func leftovers() throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: fixture.cache.path)
    return paths.filter { $0.contains("new/") || $0.hasPrefix("files/") }
  }

  @Test func aFileWithoutEndIsStopped() throws {
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in
      .init(body: Data(count: 1 << 16), length: 1 << 40, isEndless: true)
    }
    defer { server.stop() }
    #expect(throws: HostFailure.sizeLimit(bytes: Self.fileLimit)) {
      try host.download("\(server.url)/cm.yaml", isOffline: false)
    }
    // The buffers of the two ends of a connection hold some more than has been written.
    #expect(server.sentBytes < 64 << 20)
    let leftovers = try leftovers()
    #expect(leftovers == [])
  }

  /// The length that counts is that of the unpacked file.
  @Test func aPackedFileIsStoppedWhereItUnpacksToTooMuch() throws {
    defer { fixture.remove() }
    let packed = try MachineHost().run(
      ProgramCall(
        program: "/bin/sh", arguments: ["-c", "head -c 64000000 /dev/zero | gzip"], directory: "/"))
    let body = Data(packed.output)
    #expect(body.count < Self.fileLimit)
    let server = try LoopbackServer { _ in
      .init(headers: ["Content-Encoding: gzip"], body: body)
    }
    defer { server.stop() }
    #expect(throws: HostFailure.sizeLimit(bytes: Self.fileLimit)) {
      try host.download("\(server.url)/cm.yaml", isOffline: false)
    }
    let leftovers = try leftovers()
    #expect(leftovers == [])
  }

  @Test func aFileOfTheLargestSizeIsFetched() throws {
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in .init(body: Data(count: Self.fileLimit)) }
    defer { server.stop() }
    #expect(try host.download("\(server.url)/x", isOffline: false).count == Self.fileLimit)
  }

  @Test func aServerThatSaysNothingIsGivenUp() throws {
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in nil }
    defer { server.stop() }
    #expect(throws: HostFailure.silence(seconds: 1)) {
      try host.download("\(server.url)/cm.yaml", isOffline: false)
    }
  }

  @Test func aServerThatStopsInTheMiddleIsGivenUp() throws {
    defer { fixture.remove() }
    let server = try LoopbackServer { _ in
      .init(body: Data("abc".utf8), length: 100, staysOpen: true)
    }
    defer { server.stop() }
    #expect(throws: HostFailure.silence(seconds: 1)) {
      try host.download("\(server.url)/cm.yaml", isOffline: false)
    }
  }

  /// The pack is as large as the file, or next to nothing.
  @Test(arguments: ["/dev/urandom", "/dev/zero"])
  func aRepositoryThatIsTooLargeIsStopped(_ source: String) throws {
    defer { fixture.remove() }
    let address = try fixture.makeRepository("r", ["kustomization.yaml": "{}\n"])
    let file = fixture.repositories.appending(path: "r/large").path
    _ = try MachineHost().run(
      ProgramCall(
        program: "/bin/sh", arguments: ["-c", "head -c 12000000 \(source) > \(file)"],
        directory: "/"))
    try fixture.commit([:], to: "r")
    let repository = try RepositoryAddress(address)
    #expect(throws: HostFailure.sizeLimit(bytes: Self.repositoryLimit)) {
      try host.checkOut(repository, isOffline: false, mayChange: false)
    }
    let leftovers = try leftovers()
    #expect(leftovers == [])
  }
}
