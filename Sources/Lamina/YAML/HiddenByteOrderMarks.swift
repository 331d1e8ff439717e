/// Text in which byte-order marks look like ordinary characters to libyaml.
///
/// libyaml passes over a mark at the beginning of any line. Go's port means to, but compares with the
/// beginning of its buffer instead of the current character (go-yaml v3 yamlprivateh.go `is_bom`): only
/// the mark at the beginning of a text is none of its characters, and any other is a part of a key, of a
/// value, or of what was meant as a comment.
struct HiddenByteOrderMarks {
  /// The text with another character of three bytes in place of each mark but the first.
  let text: [UInt8]
  private let substitute: [UInt8]

  /// The reason why a text with marks cannot be read.
  struct Refusal: Error {
    let message: String
  }

  /// Nil where there is nothing to hide.
  ///
  /// Throws where a text begins with two marks: Go's reader then takes the first character of every line for
  /// one more, and cannot make sense of the rest.
  init?(_ text: UnsafeBufferPointer<UInt8>) throws(Refusal) {
    let marks = Self.marks(in: text)
    guard let first = marks.first else { return nil }
    if first == 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
      throw Refusal(message: "the text begins with two byte-order marks")
    }
    // The substitute must not be in the text, or `restore` would make marks of it.
    guard let substitute = Self.unusedCharacter(in: text) else {
      throw Refusal(message: "the text has byte-order marks and all characters U+E000 to U+EFFF")
    }
    self.substitute = substitute
    var bytes = Array(text)
    for mark in marks { bytes.replaceSubrange(mark..<mark + 3, with: substitute) }
    self.text = bytes
  }

  /// Puts the marks back into what was read of the text.
  func restore(in value: UnsafeMutableBufferPointer<UInt8>) {
    var index = 0
    while index + 2 < value.count {
      guard value[index] == substitute[0], value[index + 1] == substitute[1],
        value[index + 2] == substitute[2]
      else {
        index += 1
        continue
      }
      value[index] = 0xEF
      value[index + 1] = 0xBB
      value[index + 2] = 0xBF
      index += 3
    }
  }

  /// Where marks begin, but for one at the beginning of the text.
  private static func marks(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
    let scan = ByteScan(text)
    var marks: [Int] = []
    var next = 1
    while let place = scan.first(0xEF, from: next) {
      next = place + 1
      if place + 2 < text.count, text[place + 1] == 0xBB, text[place + 2] == 0xBF {
        marks.append(place)
      }
    }
    return marks
  }

  /// A character for private use that the text does not have; nil for a text that has all of them.
  private static func unusedCharacter(in text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // U+E000 to U+EFFF are EE 80 80 to EE BF BF.
    var isUsed = [Bool](repeating: false, count: 0x1000)
    let scan = ByteScan(text)
    var next = 0
    while let place = scan.first(0xEE, from: next), place + 2 < text.count {
      isUsed[Int(text[place + 1] & 0x3F) << 6 | Int(text[place + 2] & 0x3F)] = true
      next = place + 1
    }
    guard let free = isUsed.firstIndex(of: false) else { return nil }
    return [0xEE, 0x80 | UInt8(free >> 6), 0x80 | UInt8(free & 0x3F)]
  }
}
