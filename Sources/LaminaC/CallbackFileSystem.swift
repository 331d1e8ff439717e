internal import CLamina
internal import Lamina

/// Files that a program in C reads.
final class CallbackFileSystem: FileSystem {
  private let callbacks: Callbacks

  /// The callbacks may be called on any thread, which `lamina.h` asks of those who write them.
  private struct Callbacks: @unchecked Sendable {
    let context: UnsafeMutableRawPointer?
    let kind: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> lamina_kind
    let read:
      @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> Int32
    let list:
      (@convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> Void)?
    let release: (@convention(c) (UnsafeMutableRawPointer?) -> Void)?
  }

  /// Nil where a callback that is needed is missing.
  init?(_ struct: lamina_callbacks) {
    guard let kind = `struct`.kind, let read = `struct`.read else { return nil }
    callbacks = Callbacks(
      context: `struct`.context, kind: kind, read: read, list: `struct`.list,
      release: `struct`.release)
  }

  deinit { callbacks.release?(callbacks.context) }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    let path = Path.clean(path)
    switch kind(path) {
    case LAMINA_DIRECTORY: return ResolvedPath(path: path, isDirectory: true)
    case LAMINA_FILE: return ResolvedPath(path: path, isDirectory: false)
    case LAMINA_DENIED: throw .permissionDenied
    default:
      throw path != "/" && kind(Path.directory(path)) == LAMINA_FILE ? .notADirectory : .notFound
    }
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    switch kind(path) {
    case LAMINA_FILE: break
    case LAMINA_DIRECTORY: throw .isADirectory
    case LAMINA_DENIED: throw .permissionDenied
    default: throw .notFound
    }
    let sink = Sink()
    let status = path.withCString { callbacks.read(callbacks.context, $0, sink.borrowed) }
    let bytes = sink.pieces.joined()
    guard status == 0 else {
      throw .other(bytes.isEmpty ? "it cannot be read" : String(decoding: bytes, as: UTF8.self))
    }
    return Array(bytes)
  }

  func names(in directory: String) -> [String] {
    guard let list = callbacks.list else { return [] }
    let sink = Sink()
    directory.withCString { list(callbacks.context, $0, sink.borrowed) }
    return sink.pieces.map { String(decoding: $0, as: UTF8.self) }
  }

  private func kind(_ path: String) -> lamina_kind {
    path.withCString { callbacks.kind(callbacks.context, $0) }
  }
}

/// The pieces that one callback hands over, on its own thread.
final class Sink {
  fileprivate(set) var pieces: [[UInt8]] = []

  /// A handle that does not hold the sink.
  var borrowed: OpaquePointer { OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }
}

// MARK: - For C

@_cdecl("lamina_sink_add")
public func laminaSinkAdd(_ sink: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ length: Int) {
  guard let sink, let bytes = [UInt8](copying: bytes, length) else { return }
  Unmanaged<Sink>.fromOpaque(UnsafeRawPointer(sink)).takeUnretainedValue().pieces.append(bytes)
}

@_cdecl("lamina_files_from_callbacks")
public func laminaFilesFromCallbacks(_ callbacks: UnsafeRawPointer?) -> OpaquePointer? {
  guard let callbacks = try? SizedStruct<lamina_callbacks>.read(callbacks),
    let files = CallbackFileSystem(callbacks)
  else { return nil }
  return FileSet(.callbacks(files)).handle()
}
