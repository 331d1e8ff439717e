/// SHA-256, as content hashes need it.
///
/// swift-crypto would do the same, but it costs start-up time and adds 9 MB to the program.
/// Source: FIPS 180-4.
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var schedule = [UInt32](repeating: 0, count: 64)

  private init() {}

  /// Gives the 32 bytes of the digest.
  package static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
    var hasher = SHA256()
    var start = 0
    while bytes.count &- start >= 64 {
      hasher.takeBlock(bytes, from: start)
      start &+= 64
    }
    let tail = paddedTail(bytes, from: start)
    for block in stride(from: 0, to: tail.count, by: 64) {
      hasher.takeBlock(tail.span, from: block)
    }
    return hasher.digest
  }

  /// Gives the bytes behind the last whole block, a one bit, zeros and the length in bits.
  private static func paddedTail(_ bytes: Span<UInt8>, from start: Int) -> [UInt8] {
    var tail: [UInt8] = []
    tail.reserveCapacity(128)
    tail.append(bytesOf: bytes.extracting(start..<bytes.count))
    tail.append(0x80)
    tail.append(0, count: (120 &- tail.count) & 63)
    let bits = UInt64(bytes.count) &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    return tail
  }

  private var digest: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(32)
    for word in state {
      for shift: UInt32 in [24, 16, 8, 0] { out.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return out
  }

  private mutating func takeBlock(_ bytes: Span<UInt8>, from start: Int) {
    fillSchedule(bytes, from: start)
    var round = Round(state: state)
    for index in 0..<64 {
      round.step(SHA256.constants[index] &+ schedule[index])
    }
    round.add(to: &state)
  }

  private mutating func fillSchedule(_ bytes: Span<UInt8>, from start: Int) {
    for index in 0..<16 {
      let at = start &+ index &* 4
      schedule[index] =
        UInt32(bytes[at]) << 24 | UInt32(bytes[at &+ 1]) << 16
        | UInt32(bytes[at &+ 2]) << 8 | UInt32(bytes[at &+ 3])
    }
    for index in 16..<64 {
      let early = schedule[index &- 15]
      let late = schedule[index &- 2]
      let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
      let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
      schedule[index] = schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
    }
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

/// The eight working variables of one block.
private struct Round {
  var a, b, c, d, e, f, g, h: UInt32

  /// `state` has eight words.
  init(state: [UInt32]) {
    (a, b, c, d) = (state[0], state[1], state[2], state[3])
    (e, f, g, h) = (state[4], state[5], state[6], state[7])
  }

  /// Does one of the 64 rounds; `input` is the schedule's word plus the round's constant.
  mutating func step(_ input: UInt32) {
    let choice = (e & f) ^ (~e & g)
    let majority = (a & b) ^ (a & c) ^ (b & c)
    let first = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ input
    let second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ second)
  }

  func add(to state: inout [UInt32]) {
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }
}

private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 &- count)
}
