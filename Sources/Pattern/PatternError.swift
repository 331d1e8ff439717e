/// The refusal of a regular expression.
///
/// A message has three parts: a fixed opening, the reason, and the piece of the expression at
/// fault between back quotes. Source: Go regexp/syntax, `Error` and `ErrorCode`.
package struct PatternError: Error, Equatable, Sendable {
  /// Why an expression is refused, in the words users know from Go.
  ///
  /// The raw values are Go's constants (`ErrorCode`). `PatternErrorTests` has a row for each.
  package enum Reason: String, Sendable {
    case invalidCharacterRange = "invalid character class range"
    case invalidEscape = "invalid escape sequence"
    case invalidGroupName = "invalid named capture"
    case invalidGroupSyntax = "invalid or unsupported Perl syntax"
    case invalidNestedRepetition = "invalid nested repetition operator"
    case invalidRepeatCount = "invalid repeat count"
    case invalidUTF8 = "invalid UTF-8"
    case missingBracket = "missing closing ]"
    case missingParenthesis = "missing closing )"
    case missingRepetitionArgument = "missing argument to repetition operator"
    case trailingBackslash = "trailing backslash at end of expression"
    case unexpectedParenthesis = "unexpected )"
    case nestsTooDeeply = "expression nests too deeply"
    case tooLarge = "expression too large"
  }

  /// What is wrong.
  package let reason: Reason

  /// The bytes of the expression at fault, which need not be valid UTF-8.
  package let expression: [UInt8]

  /// A remark that Go does not make, empty when there is nothing to add.
  package var remark = ""
}

extension PatternError: CustomStringConvertible {
  /// The whole message, as Go words it, then the remark when there is one.
  package var description: String {
    let piece = String(decoding: expression, as: UTF8.self)
    let message = "error parsing regexp: \(reason.rawValue): `\(piece)`"
    return remark.isEmpty ? message : "\(message) (\(remark))"
  }
}
