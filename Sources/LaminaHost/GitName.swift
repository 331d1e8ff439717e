internal import Lamina

/// The names that git gives to what it keeps.
enum GitName {
  /// The commit that a text names in full, by all its hexadecimal digits.
  ///
  /// 40 of them for SHA-1, 64 for SHA-256; in lower case, as git prints them.
  static func commit(_ text: String) -> String? {
    let digits = text.utf8
    guard digits.count == 40 || digits.count == 64,
      digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 })
    else { return nil }
    return text
  }

  /// Whether git takes a text for the name of a ref, and for nothing else: no option, no rule that
  /// maps one ref to another, and no expression (git-check-ref-format).
  ///
  /// A ref comes from a kustomization, and must not be taken for an option of git's.
  static func isRef(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    if text.begins(with: "-") || text.begins(with: "+") || bytes.isEmpty { return false }
    if bytes.contains(where: { $0 <= 0x20 || $0 == 0x7f || Array("~^:?*[\\".utf8).contains($0) }) {
      return false
    }
    let pairs = zip(bytes, bytes.dropFirst())
    let dots = (UInt8(ascii: "."), UInt8(ascii: "."))
    let expression = (UInt8(ascii: "@"), UInt8(ascii: "{"))
    return !pairs.contains { $0 == dots || $0 == expression }
  }
}
