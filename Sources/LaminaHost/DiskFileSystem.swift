public import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The files of this machine.
///
/// The system's own calls, no Foundation: that costs more time at start than a small build.
public struct DiskFileSystem: FileSystem {
  /// Pipes that this process inherited may be read.
  private let readsStreams: Bool

  /// Nothing is opened before a file is asked for.
  public init() { readsStreams = true }

  /// - Parameter readsStreams: false for a server, whose client speaks through its pipes and names files as well.
  package init(readsStreams: Bool) { self.readsStreams = readsStreams }

  /// All links are followed. A pipe that this process inherited has no path of its own and gets one
  /// (`OpenStream`).
  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    guard let resolved = realpath(path, nil) else {
      let code = errno
      if code == ENOENT, let stream = OpenStream(at: path) {
        return ResolvedPath(path: stream.path, isDirectory: false)
      }
      throw FileSystemError(code)
    }
    defer { free(resolved) }
    var status = stat()
    guard stat(resolved, &status) == 0 else { throw FileSystemError(errno) }
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    return ResolvedPath(path: String(cString: resolved), isDirectory: isDirectory)
  }

  /// Nil for a link, for which the caller takes the long way.
  public func entry(inKnownDirectory path: String) throws(FileSystemError) -> ResolvedPath? {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileSystemError(errno) }
    if status.st_mode & S_IFMT == S_IFLNK { return nil }
    return ResolvedPath(path: path, isDirectory: status.st_mode & S_IFMT == S_IFDIR)
  }

  /// Nil for everything but a plain file; for the rest the long way finds out what is wrong.
  public func file(inKnownDirectory path: String) -> [UInt8]? {
    let file = open(path, Self.flags | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try? read(file, expecting: Int(status.st_size))
  }

  /// Anything but a file is refused, unless this process inherited it: reading a named pipe would
  /// wait for ever.
  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    let file = open(path, Self.flags)
    guard file >= 0 else { throw failure(at: path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileSystemError(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return try read(file, expecting: Int(status.st_size))
    case S_IFDIR: throw .isADirectory
    default:
      if OpenStream.isEmptyDevice(status) { return [] }
      guard readsStreams, OpenStream(like: status) != nil else {
        throw .other(FileKind.notAFile(status.st_mode))
      }
      return try readToEnd(path)
    }
  }

  public func names(in directory: String) -> [String] { DirectorySearch.names(in: directory) }

  /// Nothing that is not a regular file may make a build wait for ever, or become its terminal.
  private static let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

  /// Reads whatever is at a path that the user named, such as a pipe, and waits for it.
  package func readToEnd(_ path: String) throws(FileSystemError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else { throw failure(at: path, errno) }
    defer { close(file) }
    return try read(file, expecting: 0)
  }

  /// Why opening failed. A socket is told of as what it is.
  private func failure(at path: String, _ code: Int32) -> FileSystemError {
    var status = stat()
    // Sockets, among others.
    if code == ENXIO, stat(path, &status) == 0 { return .other(FileKind.notAFile(status.st_mode)) }
    return FileSystemError(code)
  }

  /// The bytes that a file has, links followed; nil where there is none.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The absolute path of the directory that relative paths start from.
  public static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// A path from the working directory.
  package static func absolute(_ path: String) -> String {
    Path.isAbsolute(path) ? path : "\(workingDirectory)/\(path)"
  }

  /// Reads to the end, whatever the size that was announced: pipes and `/proc` announce none.
  private func read(
    _ file: Int32, expecting size: Int
  ) throws(FileSystemError) -> [UInt8] {
    var bytes = try readChunk(file, upTo: max(size, 0) + 1)
    // One byte more was asked for than there should be, and it did not come: this is the end. Most
    // files are done here, in a buffer of their size.
    if size > 0, bytes.count == size { return bytes }
    while true {
      let chunk = try readChunk(file, upTo: 65_536)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  /// Reads what the system gives at once; nothing is the end of the file.
  private func readChunk(_ file: Int32, upTo size: Int) throws(FileSystemError) -> [UInt8] {
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var result = 0
      repeat {
        result = readSome(file, buffer.baseAddress, size)
      } while result < 0 && errno == EINTR
      if result < 0 { failure = errno }
      count = max(result, 0)
    }
    if failure != 0 { throw FileSystemError(failure) }
    return chunk
  }
}

/// The system's `read`, which the method of that name would hide.
private func readSome(_ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  read(file, buffer, count)
}

extension FileSystemError {
  /// The errors that messages have words of their own for; the rest has the system's.
  init(_ code: Int32) {
    switch code {
    case ENOENT: self = .notFound
    case ENOTDIR: self = .notADirectory
    case EISDIR: self = .isADirectory
    case EACCES, EPERM: self = .permissionDenied
    case ELOOP: self = .tooManyLinks
    default: self = .other(String(cString: strerror(code)))
    }
  }
}
