/// Lines of a file of YAML as they may be shown.
package enum MaskedLines {
  /// For each line that holds a value of a Secret, counted from 0, the line without it. No build says what the targets
  /// of patches select: where one may be a Secret, the patch is taken for one of it.
  package static func of(_ bytes: [UInt8]) -> [Int: String] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let secrets = SecretLines(of: bytes, as: nil, hidesDoubtfulPatches: true) {
      lines.map { Substring(decoding: $0, as: UTF8.self) }
    }
    var masked: [Int: String] = [:]
    for number in lines.indices { masked[number] = secrets.masked(number) }
    return masked
  }
}
