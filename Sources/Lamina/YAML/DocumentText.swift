/// The text of a file as kyaml cuts it into documents: CRLF have become LF.
struct DocumentText {
  let bytes: [UInt8]
  /// Offsets of the first byte of every line. Other than for libyaml, only LF ends one.
  let lineStarts: [UInt32]

  /// A text of printable ASCII has no carriage return, so that its bytes and line starts are used
  /// as they are, without a copy.
  init(_ file: SourceFile) {
    let lines = file.text.lines
    if lines.isPrintableASCII {
      bytes = file.bytes
      lineStarts = lines.offsets
    } else {
      bytes = Self.withoutCarriageReturns(file.bytes)
      lineStarts = LineStarts(endedByFeeds: bytes).offsets
    }
  }

  /// Only before a line feed; a single carriage return stays, as in kyaml (kio/byteio_reader.go
  /// `Read`).
  private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    let hasAny = bytes.withUnsafeBufferPointer { ByteScan($0).first(0x0D) != nil }
    guard hasAny else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      let endsLine = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if !endsLine { result.append(byte) }
    }
    return result
  }
}
