/// Why a question to a git repository has no answer.
package struct GitFailure: Error, Sendable, Equatable {
  /// What is wrong, on one line.
  package let message: String
  /// What to do about it.
  package let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension GitFailure: CustomStringConvertible {
  /// `error: message`, with the hint on a line of its own.
  package var description: String {
    "error: \(message)" + (hint.map { "\n  \($0)" } ?? "")
  }
}
