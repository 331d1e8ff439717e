import Lamina

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory outside of which nothing is read, written or removed, wherever symbolic links lead.
///
/// For files that are found or named by what lies in a repository, which others may have written: a link
/// in a pull request must not lead to the reviewer's own files. Links that stay inside are followed.
package struct Territory: Sendable {
  /// The canonical path.
  package let directory: String

  /// - Parameter directory: need not be there yet; links on the way to it are the user's own.
  package init(_ directory: String) throws(FileFailure) {
    self.directory = try FinalPlace(of: DiskFileSystem.absolute(directory)).path
  }

  /// Whether a canonical path is in the directory.
  package func contains(_ path: String) -> Bool { Path.isInside(path, directory: directory) }

  /// Refuses a path that leads out.
  package func check(_ path: String) throws(FileFailure) { _ = try place(of: path) }

  /// The bytes of a file; nil where there is none.
  package func read(_ path: String) throws(FileFailure) -> [UInt8]? {
    let place = try filePlace(of: path)
    if place.mode == nil { return nil }
    do { return try DiskFileSystem().read(place.path) } catch { throw FileFailure(error) }
  }

  /// Writes a file whole or not at all, and makes the directories that it is to stand in.
  ///
  /// Who reads meanwhile sees the old file or the new one (`WholeFile`).
  package func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(FileFailure) {
    let place = try filePlace(of: path)
    if place.mode == nil {
      do { try TemporaryDirectory.makeDirectories(above: place.path) } catch {
        throw FileFailure("\(error)")
      }
    }
    try WholeFile.write(bytes, at: place)
  }

  /// Removes a file, or a link itself, and the directories above it that are empty then.
  package func remove(_ path: String) throws(FileFailure) {
    let parent = try place(of: Path.directory(Path.clean(path)))
    guard unlink(Path.join(parent.path, Path.lastPart(path))) == 0 || errno == ENOENT else {
      throw FileFailure(errno)
    }
    var empty = parent.path
    while !empty.hasBytes(of: directory), contains(empty), rmdir(empty) == 0 {
      empty = Path.directory(empty)
    }
  }

  /// Where a path leads, if that is inside. Streams such as `/dev/stdout` are never inside.
  private func place(of path: String) throws(FileFailure) -> FinalPlace {
    let place = try FinalPlace(of: path, inside: directory)
    guard contains(place.path), !place.isStream else {
      throw .leadsOut(of: directory, to: place.path, by: place.lastLinkInside)
    }
    return place
  }

  /// Where there is a regular file, or nothing.
  private func filePlace(of path: String) throws(FileFailure) -> FinalPlace {
    let place = try place(of: path)
    if place.isDirectory { throw FileFailure(FileSystemError.isADirectory) }
    if let mode = place.mode, !place.isRegular { throw FileFailure(FileKind.notAFile(mode)) }
    return place
  }
}
