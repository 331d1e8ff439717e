import Foundation
import LaminaHost
import Testing

@testable import Lamina

/// The short way to a file says what the long one says.
@Suite struct KnownDirectoriesTests {
  @Test func whatIsInAKnownDirectoryIsToldAsBefore() throws {
    let top = try makeFiles()
    defer { try? FileManager.default.removeItem(atPath: top) }
    let disk = DiskFileSystem()
    let known = KnownDirectories(disk)
    _ = try known.resolve("\(top)/base")
    for path in [
      "base", "base/plain.yaml", "base/link.yaml", "base/missing.yaml", "base/inner", "base/loop",
      "base/dangling", "base/plain.yaml/below", "inner", "missing", "elsewhere/plain.yaml",
      "base/inner/../plain.yaml",
    ] {
      let (short, long) = (outcome(path, top, known), outcome(path, top, disk))
      #expect(short == long, "\(path)")
    }
  }

  @Test func onlyFilesThatAreNoLinksAreReadAtOnce() throws {
    let top = try makeFiles()
    defer { try? FileManager.default.removeItem(atPath: top) }
    let known = KnownDirectories(DiskFileSystem())
    #expect(known.file(at: "\(top)/base/plain.yaml") == nil, "the directory is not known yet")
    _ = try known.resolve("\(top)/base/inner")
    #expect(known.file(at: "\(top)/base/plain.yaml") == Array("plain\n".utf8))
    for path in ["link.yaml", "missing.yaml", "inner", "loop", "dangling", "inner/../plain.yaml"] {
      #expect(known.file(at: "\(top)/base/\(path)") == nil, "\(path)")
    }
    // A directory that is reached by a link is known by its canonical path only.
    #expect(try known.resolve("\(top)/elsewhere").path == "\(top)/base")
    #expect(known.file(at: "\(top)/elsewhere/plain.yaml") == nil)
  }

  @Test func directoriesAreListedWithoutThoseBehindLinks() throws {
    let top = try makeFiles()
    defer { try? FileManager.default.removeItem(atPath: top) }
    #expect(DirectorySearch.directories(below: top) == [top, "\(top)/base", "\(top)/base/inner"])
    #expect(
      DirectorySearch.files(below: top) == [
        "\(top)/elsewhere", "\(top)/base/dangling", "\(top)/base/link.yaml", "\(top)/base/loop",
        "\(top)/base/plain.yaml",
      ])
  }

  private func makeFiles() throws -> String {
    let files = FileManager.default
    let directory = files.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try files.createDirectory(
      atPath: "\(directory)/base/inner", withIntermediateDirectories: true)
    let top = try DiskFileSystem().resolve(directory).path
    try Data("plain\n".utf8).write(to: URL(fileURLWithPath: "\(top)/base/plain.yaml"))
    for (link, target) in [
      ("base/link.yaml", "plain.yaml"), ("base/loop", "loop"), ("base/dangling", "nowhere"),
      ("elsewhere", "base"),
    ] {
      try files.createSymbolicLink(atPath: "\(top)/\(link)", withDestinationPath: target)
    }
    return top
  }

  private func outcome(
    _ path: String, _ top: String, _ files: some FileSystem
  ) -> Result<ResolvedPath, FileSystemError> {
    do { return .success(try files.resolve("\(top)/\(path)")) } catch { return .failure(error) }
  }
}
