internal import Lamina
internal import Synchronization

/// What `lamina_cancel` says.
final class CancelToken: Handle {
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .relaxed) }

  func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Files that cannot be read once a call has been cancelled, so that its builds end.
struct CancellableFiles: FileSystem {
  let files: any FileSystem
  let token: CancelToken

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    try check()
    return try files.resolve(path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    try check()
    return try files.read(path)
  }

  func names(in directory: String) -> [String] { files.names(in: directory) }

  private func check() throws(FileSystemError) {
    if token.isCancelled { throw .other("the build was cancelled") }
  }
}

// MARK: - For C

@_cdecl("lamina_cancel_new")
public func laminaCancelNew() -> OpaquePointer? { CancelToken().handle() }

@_cdecl("lamina_cancel_trigger")
public func laminaCancelTrigger(_ cancel: OpaquePointer?) { CancelToken.of(cancel)?.cancel() }

@_cdecl("lamina_cancel_free")
public func laminaCancelFree(_ cancel: OpaquePointer?) { CancelToken.free(cancel) }
