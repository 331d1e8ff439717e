internal import Lamina

/// Names that end with a hash of their object's content: `settings-6ct58987ht`.
enum HashedName {
  /// The letters and digits that such a hash is made of (kustomize's api/hasher/hasher.go `encode`);
  /// there is no vowel among them, so that a word is hardly ever taken for one.
  private static let alphabet = Array("bcdfghkmt2456789".utf8)
  private static let length = 10

  /// The name without the hash; nil where it does not end with one.
  static func base(of name: String) -> String? {
    let bytes = Array(name.utf8)
    let dash = bytes.count - length - 1
    guard dash > 0, bytes[dash] == UInt8(ascii: "-"),
      bytes[(dash + 1)...].allSatisfy({ alphabet.contains($0) })
    else { return nil }
    return String(decoding: bytes[..<dash], as: UTF8.self)
  }

  /// What an object was called before its content gave it a hash; only config maps and secrets get one.
  static func base(of id: RenderedResource.Identity) -> String {
    guard id.group.isEmpty, id.kind == "ConfigMap" || id.kind == "Secret" else { return id.name }
    return base(of: id.name) ?? id.name
  }
}
