extension Pattern {
  /// The code points of `\d`, `\s` and `\w`, by letter.
  ///
  /// They are ASCII only, and white space has no vertical tab. Source: Go regexp/syntax.
  static func perlClass(_ letter: UInt8) -> [ClosedRange<UInt32>]? {
    switch letter {
    case UInt8(ascii: "d"): asciiClass(named: "digit")
    case UInt8(ascii: "s"): [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
    case UInt8(ascii: "w"): asciiClass(named: "word")
    default: nil
    }
  }

  /// The code points of `[:name:]`, all of them ASCII.
  ///
  /// Source: Go regexp/syntax, the POSIX classes and `word`.
  static func asciiClass(named name: String) -> [ClosedRange<UInt32>]? {
    switch name {
    case "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
    case "alpha": [0x41...0x5A, 0x61...0x7A]
    case "ascii": [0x00...0x7F]
    case "blank": [0x09...0x09, 0x20...0x20]
    case "cntrl": [0x00...0x1F, 0x7F...0x7F]
    case "digit": [0x30...0x39]
    case "graph": [0x21...0x7E]
    case "lower": [0x61...0x7A]
    case "print": [0x20...0x7E]
    case "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case "space": [0x09...0x0D, 0x20...0x20]
    case "upper": [0x41...0x5A]
    case "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    case "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66]
    default: nil
    }
  }
}
