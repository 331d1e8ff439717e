internal import Lamina

/// The addresses that clients give files.
enum FileURI {
  private static let scheme = "file://"
  /// No system has longer ones, and much is asked of each directory on the way to a file.
  private static let longestPath = 4_096

  /// The path of `file:///shop/base%20files`; nil for another address.
  static func path(_ uri: String) -> String? {
    guard uri.prefix(scheme.count).lowercased() == scheme else { return nil }
    let rest = uri.dropFirst(scheme.count)
    // Before the path may be the name of this machine.
    guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let bytes = PercentEncoding.decoded(rest[slash...])
    if bytes.contains(0) || bytes.count > longestPath { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  static func uri(_ path: String) -> String { scheme + PercentEncoding.encoded(path) }
}
