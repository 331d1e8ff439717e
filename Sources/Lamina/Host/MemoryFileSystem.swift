/// A file system in memory: for tests, and for callers that make their files themselves.
///
/// A path that does not begin with `/` begins at `/`: `base/web.yaml` is `/base/web.yaml`, for every method.
public struct MemoryFileSystem: FileSystem {
  private var files: [String: [UInt8]] = [:]
  private var links: [String: String] = [:]
  private var directories: Set<String> = ["/"]

  /// Makes a file system with nothing but the directory `/`.
  public init() {}

  /// Makes a file system of texts by path.
  public init(_ texts: [String: String]) {
    for (path, text) in texts { write(Array(text.utf8), to: path) }
  }

  /// Puts a file at a path, and makes the directories above it.
  public mutating func write(_ bytes: [UInt8], to path: String) {
    let path = Self.absolute(path)
    files[path] = bytes
    makeDirectory(Path.directory(path))
  }

  /// Makes a directory and those above it.
  public mutating func makeDirectory(_ path: String) {
    var current = Self.absolute(path)
    while directories.insert(current).inserted { current = Path.directory(current) }
  }

  /// Puts a symbolic link at a path; a target that does not begin with `/` begins at the link's directory.
  public mutating func link(_ path: String, to target: String) {
    let path = Self.absolute(path)
    links[path] = target
    makeDirectory(Path.directory(path))
  }

  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    var followed = 0
    let found = try follow(Self.absolute(path), followed: &followed)
    if directories.contains(found) { return ResolvedPath(path: found, isDirectory: true) }
    if files[found] != nil { return ResolvedPath(path: found, isDirectory: false) }
    throw .notFound
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    let found = try resolve(path)
    guard !found.isDirectory, let bytes = files[found.path] else { throw .isADirectory }
    return bytes
  }

  public func names(in directory: String) -> [String] {
    let directory = Self.absolute(directory)
    let all = Set(files.keys).union(links.keys).union(directories)
    return all.filter { $0 != "/" && Path.directory($0) == directory }.map { Path.lastPart($0) }
  }

  private static func absolute(_ path: String) -> String {
    Path.isAbsolute(path) ? Path.clean(path) : Path.join("/", path)
  }

  /// Follows the links in every part of a clean absolute path.
  private func follow(_ path: String, followed: inout Int) throws(FileSystemError) -> String {
    var current = "/"
    for part in path.split(separator: "/") {
      if files[current] != nil { throw .notADirectory }
      let next = Path.join(current, String(part))
      guard let target = links[next] else {
        current = next
        continue
      }
      followed += 1
      if followed > 40 { throw .tooManyLinks }
      let absolute = Path.isAbsolute(target) ? target : Path.join(current, target)
      current = try follow(Path.clean(absolute), followed: &followed)
    }
    return current
  }
}
