import Lamina
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
    if path.ends(with: "/") {
      throw OutputFailure(path: path, reason: "there is no such directory")
    }
    do { try WholeFile.write(bytes, to: path) } catch {
      throw withoutDirectory(path) ?? OutputFailure(path: path, reason: error.description)
    }
  }

  /// Why a file cannot be written whose directory is missing; nil where that is there.
  static func withoutDirectory(_ path: String) -> OutputFailure? {
    let directory = Path.directory(path)
    if exists(directory) { return nil }
    return OutputFailure(
      path: path, reason: "there is no directory \(directory): make it with `mkdir -p \(directory)`"
    )
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

  /// Writes a file unless it has these bytes already: then it keeps its time, and what depends on it need not be made
  /// again.
  func update(_ bytes: [UInt8], at name: String) throws(OutputFailure) {
    if let present = try? territory.read("\(territory.directory)/\(name)"), present == bytes {
      return
    }
    try write(bytes[...], to: name)
  }

  /// Removes a file if it is what the caller thinks it is, and the directories above it that are empty then. No link
  /// is followed.
  ///
  /// - Returns: why it is not removed; nil where it is gone, also before.
  func remove(_ name: String, if isExpected: ([UInt8]) -> Bool) throws(OutputFailure) -> String? {
    guard Path.isLocal(name), Path.clean(name).hasBytes(of: name) else {
      return "it is not below \(path)"
    }
    let place = "\(territory.directory)/\(name)"
    let bytes: [UInt8]
    do throws(FileSystemError) {
      let found = try DiskFileSystem().resolve(place)
      if found.isDirectory { return "it is a directory" }
      guard found.path.hasBytes(of: place) else { return "a link leads there" }
      bytes = try DiskFileSystem().read(place)
    } catch { return error == .notFound ? nil : error.description }
    guard isExpected(bytes) else { return "it has changed since it was written" }
    do { try territory.remove(place) } catch {
      throw OutputFailure(path: "\(path)/\(name)", reason: error.description)
    }
    return nil
  }

  /// Writes a file whole or not at all, and makes the directories above it.
  func write(_ bytes: ArraySlice<UInt8>, to name: String) throws(OutputFailure) {
    do { try territory.write(bytes, to: "\(territory.directory)/\(name)") } catch {
      throw OutputFailure(path: "\(path)/\(name)", reason: error.description)
    }
  }
}
