/// The user in an address, `https://user:password@example.com`, which must not be shown.
package enum AddressUser {
  /// A text with `***` in the place of what must not be seen in its addresses.
  ///
  /// Of `http` that is all of the user: a token may stand for the name as well as for the password. In
  /// other addresses, as `ssh://git@example.com`, the name is no secret.
  package static func masked(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while index + 2 < bytes.count {
      guard bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == slash, bytes[index + 2] == slash
      else {
        index += 1
        continue
      }
      let start = index + 3
      let end = bytes[start...].firstIndex(where: endsHost) ?? bytes.count
      if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start {
        let user = bytes[start..<at]
        let isWeb = isWebScheme(before: index, in: bytes)
        let secret = isWeb ? start : user.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? at
        if secret < at {
          result += bytes[copied..<secret] + Array("***".utf8)
          copied = at
        }
      }
      index = end
    }
    if copied == 0 { return text }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  private static let slash = UInt8(ascii: "/")

  /// The letters before `://` are `http` or `https`, in any case; longer schemes that end so are
  /// masked as well, which does no harm.
  private static func isWebScheme(before end: Int, in bytes: [UInt8]) -> Bool {
    ["http", "https"].contains { scheme in
      let start = end - scheme.utf8.count
      return start >= 0
        && zip(bytes[start..<end], scheme.utf8).allSatisfy { $0 | 0x20 == $1 }
    }
  }

  /// A password may hold much, but none of these unless they are escaped. Go takes an apostrophe in it
  /// (net/url url.go `validUserinfo`), although messages put addresses between apostrophes.
  private static func endsHost(_ byte: UInt8) -> Bool {
    switch byte {
    case slash, UInt8(ascii: "?"), UInt8(ascii: "#"), 0x00...0x20, 0x22, 0x3C, 0x3E, 0x60:
      true
    default: false
    }
  }
}
