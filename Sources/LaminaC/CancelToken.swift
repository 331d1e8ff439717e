internal import Lamina

/// What `lamina_cancel` stands for.
extension CancellationToken: Handle {}

// MARK: - For C

@_cdecl("lamina_cancel_new")
public func laminaCancelNew() -> OpaquePointer? { CancellationToken().handle() }

@_cdecl("lamina_cancel_trigger")
public func laminaCancelTrigger(_ cancel: OpaquePointer?) { CancellationToken.of(cancel)?.cancel() }

@_cdecl("lamina_cancel_free")
public func laminaCancelFree(_ cancel: OpaquePointer?) { CancellationToken.free(cancel) }
