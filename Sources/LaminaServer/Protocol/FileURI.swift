internal import Lamina

/// The addresses that clients give files.
enum FileURI {
  private static let scheme = "file://"

  /// The path of `file:///shop/base%20files`; nil for another address.
  static func path(_ uri: String) -> String? {
    guard uri.prefix(scheme.count).lowercased() == scheme else { return nil }
    let rest = uri.dropFirst(scheme.count)
    // Before the path may be the name of this machine.
    guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let bytes = PercentEncoding.decoded(rest[slash...])
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  static func uri(_ path: String) -> String { scheme + PercentEncoding.encoded(path) }
}
