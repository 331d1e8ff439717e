/// Which entries of `images` may be meant for an image, without trying all of them.
///
/// The names of the entries are regular expressions, but most are just names: an image that one of
/// these matches ends with the name's last part, behind which come only tag and digest.
///
/// kustomize compiles a regular expression for each entry and each image. Here the last parts of
/// plain names are sorted, and an image looks up what stands before each of its colons and signs
/// `@`. This leaves out no entry that could match; whether one does match is decided by
/// `PlainImageName` or the expression. `ImageNamesTests` compares the outcome with the expressions.
struct ImageNames: Sendable {
  /// `text` is a range of the joined texts.
  private struct Part {
    let text: Range<Int>
    let entry: Int
  }

  /// The last parts of plain names, sorted by their bytes and then by their entries.
  private var parts: [Part] = []
  /// The texts of all parts, one behind the other, so that the list holds no references.
  private var text: [UInt8] = []
  /// Entries whose names may be more than names.
  private var expressions: [Int] = []

  /// - Parameter names: the `name` of each entry, in the order of the entries.
  init(_ names: [String]) {
    var plain: [(part: [UInt8], entry: Int)] = []
    for (entry, name) in names.enumerated() {
      if let part = Self.lastPart(ofPlain: Array(name.utf8)) {
        plain.append((part, entry))
      } else {
        expressions.append(entry)
      }
    }
    plain.sort { a, b in
      a.part == b.part ? a.entry < b.entry : a.part.lexicographicallyPrecedes(b.part)
    }
    for (part, entry) in plain {
      parts.append(Part(text: text.count..<(text.count + part.count), entry: entry))
      text += part
    }
  }

  /// The first entry from a number on that may match an image.
  ///
  /// Entries are tried in order because each may change the image that the next one sees.
  func first(from number: Int, for image: Span<UInt8>) -> Int? {
    var best = expressions.first { $0 >= number }
    var start = 0
    for index in 0...image.count {
      let byte = index < image.count ? image[index] : UInt8(ascii: ":")
      if byte == UInt8(ascii: "/") { start = index + 1 }
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@"),
        let entry = entry(of: image.extracting(start..<index), from: number), entry < best ?? .max
      {
        best = entry
      }
    }
    return best
  }

  /// The first entry from a number on whose name has this last part.
  private func entry(of part: Span<UInt8>, from number: Int) -> Int? {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      switch order(parts[middle], part) {
      case ..<0: low = middle + 1
      case 0 where parts[middle].entry < number: low = middle + 1
      default: high = middle
      }
    }
    return low < parts.count && order(parts[low], part) == 0 ? parts[low].entry : nil
  }

  /// Less than zero where the part of an entry comes before another one.
  private func order(_ part: Part, _ other: Span<UInt8>) -> Int {
    for index in 0..<min(part.text.count, other.count) {
      let (mine, theirs) = (text[part.text.lowerBound + index], other[index])
      if mine != theirs { return Int(mine) - Int(theirs) }
    }
    return part.text.count - other.count
  }

  /// Nil where the name has to be tried as an expression: a dot in the last part stands for any
  /// character.
  private static func lastPart(ofPlain name: [UInt8]) -> [UInt8]? {
    let isPath = name.allSatisfy(isOfName)
    let start = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let part = name[start...]
    return isPath && part.allSatisfy(\.isLiteralInExpressions) ? Array(part) : nil
  }

  /// The byte may stand in a name that is just a name, and there means itself or anything.
  static func isOfName(_ byte: UInt8) -> Bool {
    byte.isLiteralInExpressions || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: ":")
  }
}

/// The name of an entry of `images` that is not meant as more than a name.
struct PlainImageName: Sendable {
  private let bytes: [UInt8]

  /// Nil for a name that may be more.
  ///
  /// - Parameter name: compared from its first byte, as the expression is anchored at both ends.
  init?(_ name: String) {
    guard name.utf8.allSatisfy(ImageNames.isOfName) else { return nil }
    bytes = Array(name.utf8)
  }

  /// Whether an image is of this name, as far as that can be said without reading the name as an
  /// expression: of images without a digest.
  ///
  /// Nil is returned where the expression has to decide: for digests, and for characters of several
  /// bytes where the name has a dot.
  func isName(of image: Span<UInt8>) -> Bool? {
    guard image.count >= bytes.count else { return false }
    for (place, byte) in bytes.enumerated() where image[place] != byte {
      guard byte == UInt8(ascii: ".") else { return false }
      // A dot is any character, of which the simplest have one byte.
      guard image[place] >= 0x20, image[place] < 0x80 else { return nil }
    }
    if image.count == bytes.count { return true }
    if image[bytes.count] == UInt8(ascii: "@") { return nil }
    guard image[bytes.count] == UInt8(ascii: ":") else { return false }
    // These bytes are all in the expression's set; other text behind the colon may still be one.
    let isTag = (bytes.count + 1..<image.count).allSatisfy {
      image[$0].isLiteralInExpressions || image[$0] == UInt8(ascii: ".")
    }
    return isTag ? true : nil
  }
}
