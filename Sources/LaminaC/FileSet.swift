internal import CLamina
internal import Lamina
internal import LaminaHost
internal import Synchronization

/// The files of `lamina_files`: those that were added, over what lies below them.
final class FileSet: Handle {
  enum Base: Sendable {
    case nothing
    case disk
    case callbacks(CallbackFileSystem)
  }

  /// What was added, and whether anything was.
  private struct Added: Sendable {
    var files = MemoryFileSystem()
    var isEmpty = true
  }

  private let base: Base
  private let added = Mutex(Added())

  init(_ base: Base) { self.base = base }

  /// Where relative paths begin.
  private var start: String {
    if case .disk = base { DiskFileSystem.workingDirectory } else { "/" }
  }

  /// The absolute path for a path as the caller writes it; addresses of repositories stay as they are.
  func path(of text: String) -> String {
    let isWhole = Path.isAbsolute(text) || (try? RepositoryAddress(text)) != nil
    return isWhole ? text : "\(start == "/" ? "" : start)/\(text)"
  }

  /// The files as they are now, which later changes leave alone.
  var snapshot: any FileSystem {
    let (upper, isEmpty) = added.withLock { ($0.files, $0.isEmpty) }
    switch base {
    case .nothing: return upper
    case .disk:
      return isEmpty ? DiskFileSystem() : OverlayFileSystem(upper, over: DiskFileSystem())
    case .callbacks(let files):
      return isEmpty ? files : OverlayFileSystem(upper, over: files)
    }
  }

  func add(_ bytes: [UInt8], at path: String) {
    let path = absolute(path)
    added.withLock {
      $0.files.write(bytes, to: path)
      $0.isEmpty = false
    }
  }

  func link(_ path: String, to target: String) {
    let path = absolute(path)
    added.withLock {
      $0.files.link(path, to: target)
      $0.isEmpty = false
    }
  }

  private func absolute(_ path: String) -> String {
    Path.isAbsolute(path) ? path : Path.join(start, path)
  }
}

// MARK: - For C

@_cdecl("lamina_files_in_memory")
public func laminaFilesInMemory() -> OpaquePointer? { FileSet(.nothing).handle() }

@_cdecl("lamina_files_on_disk")
public func laminaFilesOnDisk() -> OpaquePointer? { FileSet(.disk).handle() }

@_cdecl("lamina_files_add")
public func laminaFilesAdd(
  _ files: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ bytes: UnsafeRawPointer?, _ length: Int
) -> UInt32 {
  guard let files = FileSet.of(files), let path = String(text: path), !path.isEmpty,
    let bytes = [UInt8](copying: bytes, length)
  else { return LAMINA_INVALID.rawValue }
  files.add(bytes, at: path)
  return LAMINA_OK.rawValue
}

@_cdecl("lamina_files_link")
public func laminaFilesLink(
  _ files: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ target: UnsafePointer<CChar>?
) -> UInt32 {
  guard let files = FileSet.of(files), let path = String(text: path), !path.isEmpty,
    let target = String(text: target), !target.isEmpty
  else { return LAMINA_INVALID.rawValue }
  files.link(path, to: target)
  return LAMINA_OK.rawValue
}

@_cdecl("lamina_files_free")
public func laminaFilesFree(_ files: OpaquePointer?) { FileSet.free(files) }
