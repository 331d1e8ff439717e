/// The addresses that clients give files.
enum FileURI {
  /// The path of `file:///shop/base%20files`; nil for another address.
  static func path(_ uri: String) -> String? {
    var rest = Substring(uri)
    guard rest.lowercased().hasPrefix("file://") else { return nil }
    rest = rest.dropFirst("file://".count)
    // Between the slashes may be the name of this machine.
    guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    var bytes: [UInt8] = []
    var index = rest.utf8.startIndex
    let text = Substring(rest[slash...]).utf8
    index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"),
        let end = text.index(index, offsetBy: 3, limitedBy: text.endIndex),
        let byte = UInt8(String(Substring(text[text.index(after: index)..<end])), radix: 16)
      {
        bytes.append(byte)
        index = end
      } else {
        bytes.append(text[index])
        index = text.index(after: index)
      }
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The address of a path. The unreserved characters of RFC 3986 and slashes stand for themselves.
  static func uri(_ path: String) -> String {
    var uri = "file://"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return uri
  }
}
