/// The reason why a text cannot be read.
///
/// Where libyaml refused the text, the words are libyaml's.
public struct SyntaxError: Error, Sendable, Equatable {
  /// What is wrong, on one line and without the place.
  public let message: String
  /// The line, counted from 1.
  public let line: Int
  /// The character in the line, counted from 1.
  public let column: Int
}

extension SyntaxError: CustomStringConvertible {
  /// `line:column: message`
  public var description: String { "\(line):\(column): \(message)" }
}
