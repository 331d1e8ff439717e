private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Directories for what other programs must find on the disk. They are gone when the command ends, however
/// it does.
enum TemporaryDirectory {
  /// Makes a directory in `$TMPDIR`, or `/tmp`, that only this user may enter.
  ///
  /// Returns the path without links: programs compare paths with those that the system tells them.
  static func make() throws(HostFailure) -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let resolved = realpath(parent, nil) else { throw HostFailure(errno, parent) }
    defer { free(resolved) }
    return try make(in: String(cString: resolved), prefix: "lamina-")
  }

  /// Makes a directory of a new name in another one.
  static func make(in parent: String, prefix: String) throws(HostFailure) -> String {
    let made = ProcessEnd.unfinished {
      var name = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
      guard mkdtemp(&name) != nil else { return nil }
      return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard let made else { throw HostFailure(errno, parent) }
    return made
  }

  /// Removes a directory with all that is in it, and links themselves, never what they lead to.
  static func remove(_ path: String) {
    machine_remove_directory(path)
    ProcessEnd.finished(path)
  }

  /// Writes a file. In the place of the file itself no link is followed.
  static func write(_ bytes: [UInt8], to path: String) throws(HostFailure) {
    try makeDirectories(above: path)
    machine_stop_if_asked()
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw HostFailure(errno, path) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeSome(file, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw HostFailure(errno, path) }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Makes the directories above a path, where they are missing; returns those, outer ones first.
  @discardableResult
  static func makeDirectories(above path: String) throws(HostFailure) -> [String] {
    var slashes = path.utf8.indices.dropFirst().filter { path.utf8[$0] == UInt8(ascii: "/") }
    // Most directories are there already: the first that is, from the end, spares the rest.
    var missing: [String] = []
    while let slash = slashes.popLast() {
      let directory = String(path[..<slash])
      if access(directory, F_OK) == 0 { break }
      missing.append(directory)
    }
    for directory in missing.reversed() where mkdir(directory, 0o777) != 0 && errno != EEXIST {
      throw HostFailure(errno, directory)
    }
    return missing.reversed()
  }
}

/// The system's `write`, which the method of that name would hide.
private func writeSome(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, buffer, count)
}
