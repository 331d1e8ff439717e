internal import Pattern

/// How paths are written in reports and in ignore rules.
///
///     spec.template.spec.containers[name=app].image
///     metadata.annotations["example.com/owner"]
///     spec.ports[12][port=80,protocol=TCP]
///
/// Keys have dots between them; those that hold anything but letters, digits, `-`, `_` and `$` stand in
/// brackets and quotes. What `ChangedPath.description` prints, `PathReader` reads as a pattern for that path.
enum PathSyntax {
  /// Whether a key can stand without quotes.
  fileprivate static func isPlain(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "$"):
          true
        default: false
        }
      }
  }

  /// The value of a merge key, in quotes where it would not be known for one otherwise.
  fileprivate static func value(_ text: String) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"")
    }
    return needsQuotes ? quoted(text) : text
  }

  fileprivate static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

// MARK: - Printing

extension ChangedPath: CustomStringConvertible {
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key) where PathSyntax.isPlain(key): text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\(PathSyntax.quoted(key))]"
      case .index(let index): text += "[\(index)]"
      case .element(let keys):
        let pairs = keys.map { "\($0.key)=\(PathSyntax.value($0.value))" }
        text += "[\(pairs.joined(separator: ","))]"
      }
    }
    return text
  }
}

// MARK: - Reading

/// Why a text is no path, or no ignore rule.
package struct PathFlaw: Error, Sendable, CustomStringConvertible {
  /// From 1, in characters.
  package let column: Int
  package let message: String

  package var description: String { "column \(column): \(message)" }
}

/// Reads the pattern of a path from a place in a text to its end.
struct PathReader {
  private let text: [Character]
  private var place: Int

  init(_ text: [Character], from place: Int) {
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
    let word = String(text[start..<place])
    switch word {
    case "": throw flaw("expected a key")
    case "*": return .any
    case "**": return .anyNumber
    default: return .one(.key(Glob(word)))
    }
  }

  // MARK: - Brackets

  private mutating func bracket() throws(PathFlaw) -> PathPattern.Step {
    place += 1
    if peek == "\"" {
      let key = try quoted()
      try close()
      return .one(.key(Glob(key)))
    }
    let word = bare(until: ["]", "="])
    guard peek == "=" else {
      try close()
      if word == "*" { return .any }
      guard let index = Int(word), index >= 0 else {
        throw flaw("expected a number, key=value, * or a key in double quotes in brackets")
      }
      return .one(.index(index))
    }
    var keys = [try pair(word)]
    while peek == "," {
      place += 1
      keys.append(try pair(bare(until: ["]", "="])))
    }
    try close()
    return .one(.element(keys))
  }

  private mutating func pair(_ key: String) throws(PathFlaw) -> PathStep<Glob>.KeyValue {
    guard peek == "=", !key.isEmpty else { throw flaw("expected key=value") }
    place += 1
    let value = peek == "\"" ? try quoted() : bare(until: ["]", ","])
    return PathStep<Glob>.KeyValue(key: key, value: Glob(value))
  }

  private mutating func bare(until ends: [Character]) -> String {
    let start = place
    while place < text.count, !ends.contains(text[place]) { place += 1 }
    return String(text[start..<place])
  }

  /// A text in double quotes; a backslash before a quote is taken off, others are left for the glob.
  private mutating func quoted() throws(PathFlaw) -> String {
    place += 1
    var value = ""
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
    return value
  }

  private mutating func close() throws(PathFlaw) {
    guard peek == "]" else { throw flaw("expected ]") }
    place += 1
  }

  private var peek: Character? { place < text.count ? text[place] : nil }

  private func flaw(_ message: String) -> PathFlaw { PathFlaw(column: place + 1, message: message) }
}
