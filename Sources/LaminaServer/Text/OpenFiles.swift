internal import Lamina
internal import Synchronization

/// A file that the client has open: the client's text counts, whatever the disk holds.
struct OpenDocument: Sendable {
  /// As the client writes it, for what is sent back.
  let uri: String
  /// Canonical.
  let path: String
  var version: Int
  var lines: TextLines

  /// Replaces a part of the text; nil is all of it.
  mutating func change(
    _ range: (start: TextPosition, end: TextPosition)?, _ text: [UInt8],
    _ encoding: PositionEncoding
  ) {
    guard let range else {
      lines = TextLines(text)
      return
    }
    let start = lines.offset(of: range.start, encoding)
    let end = max(start, lines.offset(of: range.end, encoding))
    var bytes = lines.bytes
    bytes.replaceSubrange(start..<end, with: text)
    lines = TextLines(bytes)
  }
}

/// The files of another file system, with the texts that a client has open in their place.
final class OpenFiles: FileSystem {
  private let disk: any FileSystem
  private let texts = Mutex(MemoryFileSystem())
  /// The same texts, which are nearly always none or a few.
  private let bytes = Mutex<[ByteText: [UInt8]]>([:])

  init(over disk: any FileSystem) { self.disk = disk }

  /// - Parameter documents: by canonical path.
  func replace(_ documents: [ByteText: OpenDocument]) {
    var memory = MemoryFileSystem()
    for document in documents.values { memory.write(document.lines.bytes, to: document.path) }
    texts.withLock { $0 = memory }
    bytes.withLock { $0 = documents.mapValues(\.lines.bytes) }
  }

  private func text(at path: String) -> [UInt8]? { bytes.withLock { $0[path] } }

  /// A file that is open and not on the disk yet is there as well.
  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    do { return try disk.resolve(path) } catch {
      guard error == .notFound else { throw error }
      let memory = texts.withLock { $0 }
      let directory = (try? disk.resolve(Path.directory(path)))?.path
      return try memory.resolve(directory.map { Path.join($0, Path.lastPart(path)) } ?? path)
    }
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let text = text(at: path) { return text }
    return try disk.read(path)
  }

  func names(in directory: String) -> [String] {
    let memory = texts.withLock { $0 }
    return Set(texts: disk.names(in: directory) + memory.names(in: directory)).map(\.string)
  }

  func entry(inKnownDirectory path: String) throws(FileSystemError) -> ResolvedPath? {
    if text(at: path) != nil { return ResolvedPath(path: path, isDirectory: false) }
    do { return try disk.entry(inKnownDirectory: path) } catch {
      guard error == .notFound else { throw error }
      let memory = texts.withLock { $0 }
      return try memory.resolve(path)
    }
  }

  func file(inKnownDirectory path: String) -> [UInt8]? {
    text(at: path) ?? disk.file(inKnownDirectory: path)
  }
}
