import LaminaSyntax

/// The reason why an edit was not made. The text is as it was.
///
/// Where kustomize's command refuses the same, the message has kustomize's words.
public struct EditError: Error, Sendable, Equatable {
  /// What is wrong, on one line.
  public let message: String
  /// The line that it is about, counted from 1.
  ///
  /// Known for texts that cannot be read; nil where an edit cannot be made.
  public let line: Int?
  /// The character in that line, counted from 1.
  public let column: Int?

  /// An error, and where it is.
  public init(_ message: String, line: Int? = nil, column: Int? = nil) {
    self.message = message
    self.line = line
    self.column = column
  }
}

extension EditError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}

extension EditError {
  init(_ error: SyntaxError) {
    self.init(error.message, line: error.line, column: error.column)
  }
}
