import Lamina
import LaminaHost
import Synchronization

/// The inputs that a build system has declared for an action, and nothing else: what it does not know of must not
/// be read, wherever the worker runs.
///
/// Paths are as the build system writes them. Whether a file is a link into a cache makes no difference, so that
/// builds are the same with a sandbox and without.
final class DeclaredFiles: FileSystem {
  struct Input: Sendable {
    /// From the working directory, or absolute.
    let path: String
    /// What tells its contents apart; empty where that is not known.
    let digest: String
  }

  /// The bytes of files, kept from one request to the next while their digests stay the same.
  final class Contents: Sendable {
    private let known = Mutex<[ByteText: (digest: String, bytes: [UInt8])]>([:])

    func bytes(of path: String, _ digest: String) throws(FileSystemError) -> [UInt8] {
      if !digest.isEmpty, let known = known.withLock({ $0[path] }), known.digest == digest {
        return known.bytes
      }
      let bytes = try DiskFileSystem().read(path)
      known.withLock { $0[path] = (digest, bytes) }
      return bytes
    }
  }

  private let contents: Contents
  /// The digests by absolute paths.
  private let digests: [ByteText: String]
  private let directories: Set<ByteText>

  init(_ inputs: [Input], _ contents: Contents) {
    self.contents = contents
    let here = DiskFileSystem.workingDirectory
    var digests: [ByteText: String] = [:]
    var directories: Set<ByteText> = [ByteText("/")]
    var directory = Path.clean(here)
    while directories.insert(directory).inserted { directory = Path.directory(directory) }
    for input in inputs {
      let path = Path.isAbsolute(input.path) ? Path.clean(input.path) : Path.join(here, input.path)
      digests[path] = input.digest
      var directory = Path.directory(path)
      while directories.insert(directory).inserted { directory = Path.directory(directory) }
    }
    self.digests = digests
    self.directories = directories
  }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    let path = Path.clean(path)
    if digests[path] != nil { return ResolvedPath(path: path, isDirectory: false) }
    if directories.contains(path) { return ResolvedPath(path: path, isDirectory: true) }
    throw digests[Path.directory(path)] == nil ? .notFound : .notADirectory
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let digest = digests[path] { return try contents.bytes(of: path, digest) }
    throw directories.contains(path) ? .isADirectory : .notFound
  }

  func entry(inKnownDirectory path: String) throws(FileSystemError) -> ResolvedPath? {
    try resolve(path)
  }

  func names(in directory: String) -> [String] {
    (Array(digests.keys) + directories).map(\.string)
      .filter { $0 != "/" && Path.directory($0).hasBytes(of: directory) }
      .map { Path.lastPart($0) }
  }
}
