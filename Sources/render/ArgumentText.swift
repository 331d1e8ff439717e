/// Arguments of bytes that are not UTF-8.
///
/// Swift shows such bytes as U+FFFD, and a file or a value of that name is not what the caller means.
enum ArgumentText {
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// Says which argument has such bytes; nil where all of them are text.
  static var firstOfOtherBytes: String? {
    for (number, argument) in CommandLine.arguments.enumerated()
    where argument.unicodeScalars.contains(replacement) {
      guard let bytes = CommandLine.unsafeArgv[number] else { continue }
      if String(validatingCString: bytes) == nil {
        return "argument \(number) is not UTF-8: \(argument.debugDescription)"
      }
    }
    return nil
  }

  /// Refuses to write to a path that stands in an argument of such bytes.
  static func check(_ path: String) throws(OutputFailure) {
    guard path.unicodeScalars.contains(replacement), firstOfOtherBytes != nil else { return }
    throw OutputFailure(path: path, reason: "the path is not UTF-8")
  }
}
