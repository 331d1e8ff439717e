/// Which entries of `images` may be meant for an image, without trying all of them.
///
/// The names of the entries are regular expressions, but most are just names: an image that one of
/// these matches ends with the name's last part, behind which come only tag and digest.
struct ImageNames: Sendable {
  private var entriesByLastPart: [[UInt8]: [Int]] = [:]
  /// Entries whose names may be more than names.
  private var expressions: [Int] = []

  init(_ names: [String]) {
    for (entry, name) in names.enumerated() {
      if let part = Self.lastPart(ofPlain: Array(name.utf8)) {
        entriesByLastPart[part, default: []].append(entry)
      } else {
        expressions.append(entry)
      }
    }
  }

  /// The first entry from a number on that may match an image.
  func first(from number: Int, for image: ArraySlice<UInt8>) -> Int? {
    var best = expressions.first { $0 >= number }
    var start: Int? = image.startIndex
    for index in image.startIndex...image.endIndex {
      let byte = index < image.endIndex ? image[index] : UInt8(ascii: ":")
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@"), let start,
        let entries = entriesByLastPart[Array(image[start..<index])],
        let entry = entries.first(where: { $0 >= number }), entry < best ?? .max
      {
        best = entry
      }
      if byte == UInt8(ascii: "/") {
        start = index + 1
      } else if !Self.isPlain(byte) {
        start = nil
      }
    }
    return best
  }

  private static func lastPart(ofPlain name: [UInt8]) -> [UInt8]? {
    let isPath = name.allSatisfy(isOfName)
    let start = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let part = name[start...]
    return isPath && part.allSatisfy(isPlain) ? Array(part) : nil
  }

  /// The byte may stand in a name that is just a name, and there means itself or anything.
  static func isOfName(_ byte: UInt8) -> Bool {
    isPlain(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: ":")
  }

  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
