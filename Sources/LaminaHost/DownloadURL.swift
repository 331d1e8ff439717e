import Lamina

/// The URL of a file, as Go's client sends it.
///
/// The user goes into a header, as Go's `net/http` does it, and so is not seen among the arguments
/// of a program.
struct DownloadURL {
  /// What goes over the line: without the user, and with escapes for what cannot stand in a URL.
  ///
  /// A `#` is escaped as well: kustomize's URLs have no fragments.
  let request: String
  /// The header that names the user, where the URL holds one.
  let authorization: String?

  /// - Returns: nil where the URL holds a control character.
  init?(_ url: String) {
    let bytes = Array(url.utf8)
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
      let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
    else { return nil }
    let host = min(slash + 2, bytes.count)
    let end = bytes[host...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
    let at = bytes[host..<(end ?? bytes.count)].lastIndex(of: UInt8(ascii: "@"))
    request = Self.escaped(bytes[..<host] + bytes[(at.map { $0 + 1 } ?? host)...])
    authorization = at.map { Self.authorization(bytes[host..<$0]) }
  }

  /// `https` or, with git's other helper, `http`.
  var isSecure: Bool { request.utf8.prefix(6).elementsEqual("https:".utf8) }

  /// Escapes for what cannot stand in a URL. Those that are there already stay.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    let unsafe = Array(" \"#<>\\^`{|}".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      if byte > 0x7f || unsafe.contains(byte) {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A name without a password has an empty one.
  ///
  /// Go's `net/http` adds the same header for the user of a URL (RFC 7617).
  static func authorization(_ user: ArraySlice<UInt8>) -> String {
    let colon = UInt8(ascii: ":")
    var plain = unescaped(user)
    if !user.contains(colon) { plain.append(colon) }
    var header = Array("Authorization: Basic ".utf8)
    appendBase64(plain.span, to: &header)
    return String(decoding: header, as: UTF8.self)
  }

  /// Escapes replaced by their bytes; what looks like one and is none stays.
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
        digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
