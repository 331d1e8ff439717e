#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The directories below one, itself first, each before those in it, in the order of their names.
///
/// Links are not followed, and what git keeps for itself is passed over.
public enum DirectorySearch {
  /// Paths that begin with the path that is asked for. What cannot be listed has nothing below it.
  public static func directories(below path: String) -> [String] {
    var result: [String] = []
    var rest = [path]
    while let directory = rest.popLast() {
      result.append(directory)
      let names = subdirectories(of: directory).sorted {
        $1.utf8.lexicographicallyPrecedes($0.utf8)
      }
      rest += names.map { directory.hasSuffix("/") ? directory + $0 : "\(directory)/\($0)" }
    }
    return result
  }

  private static func subdirectories(of path: String) -> [String] {
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
      if isDirectory("\(path)/\(name)") { names.append(name) }
    }
    return names
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
