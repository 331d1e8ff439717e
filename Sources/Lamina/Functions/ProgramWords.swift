/// What a program says on its standard error, for a message.
struct ProgramWords {
  /// The first line, which stands in the message itself; empty where nothing was said.
  let first: String
  /// Those that follow.
  let rest: [String]

  /// Some fifty lines: more would hide the message that they belong to.
  private static let maximumBytes = 4096

  /// Takes the end of what was said: the last lines say most.
  init(_ bytes: [UInt8]) {
    let tail = String(decoding: bytes.suffix(Self.maximumBytes), as: UTF8.self)
    let lines = tail.withoutOuterWhiteSpace.utf8
      .split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
      .map { String(Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)) }
    let mark = bytes.count > Self.maximumBytes ? "… " : ""
    first = mark + (lines.first ?? "")
    rest = Array(lines.dropFirst())
  }
}
