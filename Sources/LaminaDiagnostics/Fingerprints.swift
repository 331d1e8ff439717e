internal import Lamina

/// Names for findings that stay the same while lines are added above them: of the rule, the file, the message
/// and the text of the line. Findings that have all of these in common are numbered.
struct Fingerprints {
  private var counts: [ByteText: Int] = [:]

  /// The name of the next finding, 32 hexadecimal digits.
  mutating func next(of diagnostic: Diagnostic, in file: String) -> String {
    let line = diagnostic.excerpt.map { text in
      String(text.unicodeScalars.filter { !$0.properties.isWhitespace })
    }
    let subject = [diagnostic.id, file, diagnostic.message, line ?? ""].joined(separator: "\u{0}")
    let number = counts[subject, default: 0]
    counts[subject] = number + 1
    let digest = SHA256.hash(Array("\(subject)\u{0}\(number)".utf8).span)
    return digest.prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
