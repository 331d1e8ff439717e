/// HMAC-SHA-256: a hash that nobody without the key can make, and so cannot try out guesses with.
///
/// Source: RFC 2104.
package enum KeyedHash {
  private static let blockSize = 64

  /// The 32 bytes of the hash.
  package static func hash(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var block = key.count > blockSize ? SHA256.hash(key.span) : key
    block += repeatElement(0, count: blockSize - block.count)
    let inner = SHA256.hash((block.map { $0 ^ 0x36 } + bytes).span)
    return SHA256.hash((block.map { $0 ^ 0x5C } + inner).span)
  }
}
