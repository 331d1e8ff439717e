import Lamina
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a localized copy.
enum LocalizedFiles {
  /// Writes a file and makes the directories above it.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    makeDirectory(Path.directory(path))
    do throws(FileFailure) { try WholeFile.write(bytes[...], to: path) } catch {
      throw CommandFailure("\(path): cannot write: \(error)", showsUsage: false)
    }
  }

  static func makeDirectory(_ path: String) {
    var made = ""
    for part in path.parts(at: "/") {
      made += "/\(part)"
      mkdir(made, 0o777)
    }
  }

  /// Removes a directory that this command has made.
  static func remove(_ directory: String) {
    for path in DirectorySearch.files(below: directory) { unlink(path) }
    for path in DirectorySearch.directories(below: directory).reversed() { rmdir(path) }
  }
}
