/// An object of Swift that C holds by an opaque pointer.
///
/// A handle holds its object until it is freed; a call holds it for as long as it runs.
protocol Handle: AnyObject, Sendable {}

extension Handle {
  /// A new handle, which C gives back with `free`.
  func handle() -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  /// The object of a handle; nil for null.
  static func of(_ handle: OpaquePointer?) -> Self? {
    guard let handle else { return nil }
    return Unmanaged<Self>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  }

  /// Gives a handle back.
  static func free(_ handle: OpaquePointer?) {
    guard let handle else { return }
    Unmanaged<Self>.fromOpaque(UnsafeRawPointer(handle)).release()
  }
}

extension String {
  /// A text of C; nil for null and for what is not UTF-8.
  init?(text: UnsafePointer<CChar>?) {
    guard let text, let string = String(validatingCString: text) else { return nil }
    self = string
  }
}

extension [UInt8] {
  /// Bytes of C, copied; nil for null with a length.
  init?(copying bytes: UnsafeRawPointer?, _ length: Int) {
    if length == 0 {
      self = []
      return
    }
    guard let bytes, length > 0 else { return nil }
    self = Array(UnsafeRawBufferPointer(start: bytes, count: length))
  }
}
