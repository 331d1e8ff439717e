internal import CRelease

@_cdecl("lamina_version")
public func laminaVersion() -> UnsafePointer<CChar>? { release_version() }
