/// A path as a key of a `NumberTable`, which costs a start less than a dictionary of strings.
struct PathKey: NumberedKey {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Eight bytes at a time.
  func mix(into hash: inout NumberHash) {
    var path = path
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

  /// By their bytes, as the system compares paths.
  static func == (one: PathKey, other: PathKey) -> Bool {
    var (one, other) = (one.path, other.path)
    return one.withUTF8 { one in
      other.withUTF8 { other in one.span.isSame(as: other.span) }
    }
  }
}
