@testable import Pattern

/// Shorthands for patterns and texts written as strings.
enum PatternFixture {
  /// Tells whether a text has a match.
  static func matches(_ source: String, _ text: String) throws -> Bool {
    try matches(source, Array(text.utf8))
  }

  /// Tells whether a text of any bytes has a match.
  static func matches(_ source: String, _ text: [UInt8]) throws -> Bool {
    let bytes = Array(source.utf8)
    return try Pattern(bytes.span).matches(text.span)
  }

  /// The message an expression is refused with, none when it is accepted.
  static func refusal(_ source: String) -> String? {
    refusal(Array(source.utf8))
  }

  /// The message an expression of any bytes is refused with, none when it is accepted.
  static func refusal(_ source: [UInt8]) -> String? {
    do throws(PatternError) {
      _ = try Pattern(source.span)
      return nil
    } catch {
      return error.description
    }
  }
}
