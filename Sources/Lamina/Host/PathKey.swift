/// A path as a key of a `NumberTable`, which costs a start less than a dictionary of strings.
struct PathKey: NumberedKey {
  private let path: ByteText

  init(_ path: String) { self.path = ByteText(path) }

  /// Eight bytes at a time.
  func mix(into hash: inout NumberHash) {
    var path = path.string
    path.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      var place = 0
      while place + 8 <= bytes.count {
        hash.combine(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += 8
      }
      // The length tells a path from one that goes on with zeros.
      let length = UInt64(bytes.count - place) << 56
      var rest: UInt64 = 0
      while place < bytes.count {
        rest = rest << 8 | UInt64(bytes[place])
        place += 1
      }
      hash.combine(length | rest)
    }
  }
}
