import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be written.
struct OutputFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path): error: cannot write: \(reason)" }
}

/// The files that a call is to write.
enum OutputFile {
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a file that the user named, whole or not at all unless it is a pipe or a device.
  static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(OutputFailure) {
    signal(SIGPIPE, SIG_IGN)
    try ArgumentText.check(path)
    if path.hasSuffix("/") { throw OutputFailure(path: path, reason: "there is no such directory") }
    do { try WholeFile.write(bytes, to: path) } catch {
      throw OutputFailure(path: path, reason: error.description)
    }
  }
}

/// A directory that the user named, for files that a rendering names. Links in it do not lead out.
struct OutputDirectory {
  private let path: String
  private let territory: Territory

  init(_ path: String) throws(OutputFailure) {
    self.path = path
    try ArgumentText.check(path)
    do { territory = try Territory(path) } catch {
      throw OutputFailure(path: path, reason: error.description)
    }
  }

  /// Writes a file whole or not at all, and makes the directories above it.
  func write(_ bytes: ArraySlice<UInt8>, to name: String) throws(OutputFailure) {
    do { try territory.write(bytes, to: "\(territory.directory)/\(name)") } catch {
      throw OutputFailure(path: "\(path)/\(name)", reason: error.description)
    }
  }
}
