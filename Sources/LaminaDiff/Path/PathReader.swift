internal import Pattern

/// Why a text is no path, or no ignore rule.
public struct PathFlaw: Error, Sendable, CustomStringConvertible {
  /// Where it is wrong, in Unicode scalars from 1.
  public let column: Int
  /// What is wrong, on one line.
  public let message: String

  /// `column 7: expected a key`
  public var description: String { "column \(column): \(message)" }
}

/// Reads the pattern of a path from a place in a text to its end. What `FieldStep.text` prints is the pattern for
/// that path.
///
/// It reads scalars, since a key may begin with an accent, which Swift takes for a part of the quote before it.
struct PathReader {
  private let text: [Unicode.Scalar]
  private var place: Int

  init(_ text: [Unicode.Scalar], from place: Int) {
    self.text = text
    self.place = place
  }

  mutating func pattern() throws(PathFlaw) -> PathPattern {
    var steps: [PathPattern.Step] = []
    while place < text.count {
      if text[place] == "[" {
        steps.append(try bracket())
        continue
      }
      if !steps.isEmpty {
        guard text[place] == "." else { throw flaw("expected . or [ after ]") }
        place += 1
      }
      steps.append(try word())
    }
    if steps.isEmpty { throw flaw("expected a path, such as metadata.annotations") }
    return PathPattern(steps: steps)
  }

  private mutating func word() throws(PathFlaw) -> PathPattern.Step {
    let start = place
    while place < text.count, text[place] != ".", text[place] != "[" { place += 1 }
    let word = Self.string(text[start..<place])
    switch word {
    case "": throw flaw("expected a key")
    case "*": return .any
    case "**": return .anyNumber
    default: return .key(Glob(word))
    }
  }

  // MARK: - Brackets

  private mutating func bracket() throws(PathFlaw) -> PathPattern.Step {
    place += 1
    if peek == "\"" {
      let key = try quoted()
      try close()
      return .key(Glob(key))
    }
    let word = bare(until: ["]", "="])
    guard peek == "=" else {
      try close()
      if word == "*" { return .any }
      guard let index = Int(word), index >= 0 else {
        throw flaw("expected a number, key=value, * or a key in double quotes in brackets")
      }
      return .index(index)
    }
    var keys = [try pair(word)]
    while peek == "," {
      place += 1
      keys.append(try pair(bare(until: ["]", "="])))
    }
    try close()
    return .element(keys)
  }

  private mutating func pair(_ key: String) throws(PathFlaw) -> PathPattern.KeyGlob {
    guard peek == "=", !key.isEmpty else { throw flaw("expected key=value") }
    place += 1
    let value = peek == "\"" ? try quoted() : bare(until: ["]", ","])
    return PathPattern.KeyGlob(key: key, value: Glob(value))
  }

  private mutating func bare(until ends: [Unicode.Scalar]) -> String {
    let start = place
    while place < text.count, !ends.contains(text[place]) { place += 1 }
    return Self.string(text[start..<place])
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// A text in double quotes; a backslash before a quote is taken off, others are left for the glob.
  private mutating func quoted() throws(PathFlaw) -> String {
    place += 1
    var value = String.UnicodeScalarView()
    while place < text.count, text[place] != "\"" {
      if text[place] == "\\", place + 1 < text.count {
        if text[place + 1] != "\"" { value.append("\\") }
        place += 1
      }
      value.append(text[place])
      place += 1
    }
    guard peek == "\"" else { throw flaw("expected a quote that ends the text") }
    place += 1
    return String(value)
  }

  private mutating func close() throws(PathFlaw) {
    guard peek == "]" else { throw flaw("expected ]") }
    place += 1
  }

  private var peek: Unicode.Scalar? { place < text.count ? text[place] : nil }

  private func flaw(_ message: String) -> PathFlaw { PathFlaw(column: place + 1, message: message) }
}
