internal import Pattern

/// Reads `[KIND[/NAME]:]PATH`.
struct IgnoreRuleParser {
  private let text: [Character]
  private var place = 0

  init(_ text: String) { self.text = Array(text) }

  /// The kind and the name in front, if there is a colon before the first bracket.
  mutating func resource() throws(IgnoreRule.Flaw) -> (kind: Glob?, name: Glob?) {
    let end = text.firstIndex { $0 == ":" || $0 == "[" } ?? text.endIndex
    guard end < text.endIndex, text[end] == ":" else { return (nil, nil) }
    let words = text[..<end].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    place = end + 1
    if words.contains(where: \.isEmpty) {
      throw IgnoreRule.Flaw(column: 1, message: "expected KIND: or KIND/NAME: before the path")
    }
    return (Glob(String(words[0])), words.count > 1 ? Glob(String(words[1])) : nil)
  }

  mutating func path() throws(IgnoreRule.Flaw) -> [IgnoreRule.Step] {
    var steps: [IgnoreRule.Step] = []
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
    return steps
  }

  private mutating func word() throws(IgnoreRule.Flaw) -> IgnoreRule.Step {
    let start = place
    while place < text.count, text[place] != ".", text[place] != "[" { place += 1 }
    let word = String(text[start..<place])
    switch word {
    case "": throw flaw("expected a key")
    case "*": return .any
    case "**": return .anyNumber
    default: return .key(Glob(word))
    }
  }

  // MARK: - Brackets

  private mutating func bracket() throws(IgnoreRule.Flaw) -> IgnoreRule.Step {
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

  private mutating func pair(_ key: String) throws(IgnoreRule.Flaw) -> IgnoreRule.KeyGlob {
    guard peek == "=", !key.isEmpty else { throw flaw("expected key=value") }
    place += 1
    let value = peek == "\"" ? try quoted() : bare(until: ["]", ","])
    return IgnoreRule.KeyGlob(key: key, value: Glob(value))
  }

  private mutating func bare(until ends: [Character]) -> String {
    let start = place
    while place < text.count, !ends.contains(text[place]) { place += 1 }
    return String(text[start..<place])
  }

  /// A text in double quotes; a backslash before a quote is taken off, others are left for the glob.
  private mutating func quoted() throws(IgnoreRule.Flaw) -> String {
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

  private mutating func close() throws(IgnoreRule.Flaw) {
    guard peek == "]" else { throw flaw("expected ]") }
    place += 1
  }

  private var peek: Character? { place < text.count ? text[place] : nil }

  private func flaw(_ message: String) -> IgnoreRule.Flaw {
    IgnoreRule.Flaw(column: place + 1, message: message)
  }
}
