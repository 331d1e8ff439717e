/// Where Go's YAML parser, a port of an older libyaml, refuses what libyaml reads.
///
/// These are mistakes that kustomize reports, and that libyaml would let pass. Most texts have no
/// escaped slash, which is found out once; only then are scalars looked at.
struct GoDialect {
  /// The text being read, if an escaped slash stands somewhere in it.
  private let suspect: ArraySlice<UInt8>?
  /// How far `suspect` has been gone through, in characters and in bytes.
  private var character = 0
  private var byte: Int

  init(_ text: ArraySlice<UInt8>) {
    suspect = Self.hasEscapedSlash(text) ? text : nil
    byte = text.startIndex
  }

  private static func hasEscapedSlash(_ text: ArraySlice<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { bytes in
      let scan = ByteScan(bytes)
      var next = 0
      while let place = scan.first(0x5C, from: next) {
        next = place + 1
        if next < bytes.count, bytes[next] == 0x2F { return true }
      }
      return false
    }
  }

  /// Go knows no `\\/` in double quotes (go-yaml v3 scannerc.go `yaml_parser_scan_flow_scalar`).
  ///
  /// - Parameter characters: where the scalar stands; scalars must be asked for in their order.
  mutating func checkEscapes(
    _ characters: Range<Int>, at position: Position
  ) throws(Problem) {
    guard let suspect else { return }
    let start = advance(to: characters.lowerBound, in: suspect)
    let end = advance(to: characters.upperBound, in: suspect)
    var index = start
    while index + 1 < end {
      guard suspect[index] == 0x5C else {
        index += 1
        continue
      }
      if suspect[index + 1] == 0x2F { throw .escapedSlash(at: position) }
      index += 2
    }
  }

  /// A question mark ends plain text between brackets or braces (`yaml_parser_scan_plain_scalar`).
  func checkFlowText(_ text: YAMLEvents.Text, at position: Position) throws(Problem) {
    if text.contains(UInt8(ascii: "?")) { throw .questionMark(at: position) }
  }

  /// The offset of a character. libyaml counts characters, and scalars come in order, so that the
  /// text is gone through once.
  private mutating func advance(to target: Int, in text: ArraySlice<UInt8>) -> Int {
    while character < target, byte < text.endIndex {
      byte += 1
      while byte < text.endIndex, text[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    return byte
  }
}

extension Problem {
  fileprivate static func escapedSlash(at position: Position) -> Problem {
    Problem(
      .yamlEscapedSlash, "malformed YAML: found unknown escape character \"\\/\"", at: position,
      hint: "a slash needs no escape")
  }

  fileprivate static func questionMark(at position: Position) -> Problem {
    Problem(
      .yamlQuestionMark, "malformed YAML: a question mark ends plain text between [] or {}",
      at: position, hint: "write the text in quotes")
  }
}
