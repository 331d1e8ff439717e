import CHashing

/// SHA-256, as content hashes need it. Source: FIPS 180-4.
package enum SHA256 {
  private static let blockSize = 64

  /// Gives the 32 bytes of the digest.
  package static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    var state: InlineArray<8, UInt32> = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
      0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    let whole = bytes.count &- bytes.count % blockSize
    take(bytes.extracting(..<whole), into: &state)
    take(paddedTail(bytes, from: whole).span, into: &state)
    return digest(of: state)
  }

  /// The digest in 64 hexadecimal digits.
  package static func digits(of bytes: Span<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash(bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// - Parameter blocks: whole blocks.
  private static func take(_ blocks: Span<UInt8>, into state: inout InlineArray<8, UInt32>) {
    var words = state.mutableSpan
    words.withUnsafeMutableBufferPointer { words in
      blocks.withUnsafeBufferPointer { bytes in
        hashing_sha256(words.baseAddress, bytes.baseAddress, bytes.count / blockSize)
      }
    }
  }

  /// Gives the bytes behind the last whole block, a one bit, zeros and the length in bits.
  private static func paddedTail(_ bytes: Span<UInt8>, from start: Int) -> [UInt8] {
    var tail: [UInt8] = []
    tail.reserveCapacity(2 &* blockSize)
    tail.append(bytesOf: bytes.extracting(start..<bytes.count))
    tail.append(0x80)
    tail.append(0, count: (120 &- tail.count) & 63)
    let bits = UInt64(bytes.count) &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    return tail
  }

  private static func digest(of state: InlineArray<8, UInt32>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(32)
    for index in state.indices {
      for shift: UInt32 in [24, 16, 8, 0] {
        out.append(UInt8(truncatingIfNeeded: state[index] >> shift))
      }
    }
    return out
  }
}
