internal import Lamina

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
///
/// The order is that of bytes, so that it is the same on all file systems.
public enum DirectorySearch {
  /// The directory itself, and those below it, each before those in it, as paths that begin with the
  /// path that is asked for. What cannot be listed has nothing below it.
  public static func directories(below path: String) -> [String] {
    directories(below: path) { _ in true }
  }

  /// Those of them in which something has one of these names.
  package static func directories(below path: String, holding names: [String]) -> [String] {
    directories(below: path) { entries in
      entries.contains { entry in names.contains { entry.path.ends(with: "/" + $0) } }
    }
  }

  /// Without recursion. What is still to be listed is taken from the end, so it is put there in
  /// reverse.
  private static func directories(
    below path: String, where isWanted: ([Entry]) -> Bool
  ) -> [String] {
    var result: [String] = []
    var rest = [path]
    while let directory = rest.popLast() {
      let entries = entries(in: directory)
      if isWanted(entries) { result.append(directory) }
      rest += entries.filter(\.isDirectory).map(\.path).reversed()
    }
    return result
  }

  /// What is no directory, below this one.
  package static func files(below path: String) -> [String] {
    directories(below: path).flatMap(files(ofDirectory:))
  }

  /// The files in a directory, without those in its own directories; of a file, itself.
  package static func files(in path: String) -> [String] {
    if isKind(S_IFDIR, path) { return files(ofDirectory: path) }
    return isKind(S_IFREG, path) ? [path] : []
  }

  /// The names of what is in a directory, in the order of their bytes.
  package static func names(in path: String) -> [String] {
    entries(in: path).map {
      String($0.path.dropping(start: path.ends(with: "/") ? path : path + "/"))
    }
  }

  /// What is in a directory and is none, links among it.
  private static func files(ofDirectory path: String) -> [String] {
    entries(in: path).filter { !$0.isDirectory }.map(\.path)
  }

  /// What a directory holds under one name.
  private struct Entry {
    let path: String
    let isDirectory: Bool
  }

  /// What a directory holds, without itself, its parent and `.git`, in the order of bytes.
  private static func entries(in directory: String) -> [Entry] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    let prefix = directory.ends(with: "/") ? directory : directory + "/"
    var entries: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(
          to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)
        ) { String(cString: $0) }
      }
      if name == "." || name == ".." || name == ".git" { continue }
      let path = prefix + name
      // Some file systems leave it to others to find out.
      let kind = Int32(entry.pointee.d_type)
      let isDirectory =
        kind == Int32(DT_UNKNOWN) ? isKind(S_IFDIR, path) : kind == Int32(DT_DIR)
      entries.append(Entry(path: path, isDirectory: isDirectory))
    }
    return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Whether there is something of a kind at a path; a link is a link.
  private static func isKind(_ kind: mode_t, _ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == kind
  }
}
