#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The directories and files below a directory, in the order of their names.
///
/// Links are not followed, and what git keeps for itself is passed over.
public enum DirectorySearch {
  /// The directory itself, and those below it, each before those in it, as paths that begin with the
  /// path that is asked for. What cannot be listed has nothing below it.
  public static func directories(below path: String) -> [String] {
    var result: [String] = []
    var rest = [path]
    while let directory = rest.popLast() {
      result.append(directory)
      rest += paths(in: directory).filter(isDirectory).reversed()
    }
    return result
  }

  /// What is no directory, below this one.
  package static func files(below path: String) -> [String] {
    directories(below: path).flatMap { paths(in: $0).filter { !isDirectory($0) } }
  }

  /// The files in a directory, without those in its own directories; of a file, itself.
  package static func files(in path: String) -> [String] {
    if isDirectory(path) { return paths(in: path).filter { !isDirectory($0) } }
    return isFile(path) ? [path] : []
  }

  private static func paths(in directory: String) -> [String] {
    names(in: directory).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { directory.hasSuffix("/") ? directory + $0 : "\(directory)/\($0)" }
  }

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(
          to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)
        ) { String(cString: $0) }
      }
      if name == "." || name == ".." || name == ".git" { continue }
      names.append(name)
    }
    return names
  }

  private static func isDirectory(_ path: String) -> Bool { isKind(S_IFDIR, path) }
  private static func isFile(_ path: String) -> Bool { isKind(S_IFREG, path) }

  private static func isKind(_ kind: mode_t, _ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == kind
  }
}
