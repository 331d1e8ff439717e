import Lamina

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read, written or removed, on one line without the file.
package struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  init(_ code: Int32) { self.init(String(cString: strerror(code))) }

  init(_ error: FileSystemError) { self.init("\(error)") }

  /// Refuses what is outside of a directory.
  ///
  /// - Parameters:
  ///   - link: the symbolic link that leads out; nil where the path does so itself.
  static func leadsOut(of directory: String, to target: String, by link: String?) -> FileFailure {
    guard let link else { return FileFailure("\(target) is not in \(directory)") }
    return FileFailure("the link \(link) leads out of \(directory), to \(target)")
  }
}

/// The kinds of what can be found at a path, in words.
enum FileKind {
  /// What a mode says of the kind, with its article.
  static func words(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    case S_IFBLK, S_IFCHR: "a device"
    case S_IFLNK: "a symbolic link"
    default: "a file"
    }
  }

  /// The end of a message about something that should be a file.
  static func notAFile(_ mode: mode_t) -> String { "it is \(words(mode)), not a regular file" }
}
