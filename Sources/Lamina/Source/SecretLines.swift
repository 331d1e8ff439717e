/// Lines of files without the values of Secrets, for messages that must not show them.
///
/// The text alone decides, since a message may be about text that is no YAML at all, and in doubt too much is masked:
///
/// - of a document that says `kind: Secret`, and of a patch of a kustomization that is for Secrets, only keys are shown;
/// - of a JSON patch with a path into `data` or `stringData`, only keys and paths;
/// - of `secretGenerator` in a kustomization, what stands before `=`, and of env files of Secrets the same.
struct SecretLines {
  /// What stands for a value.
  private static let mask = "(secret)"

  private let lines: [Substring]
  private let isEnvFile: Bool

  /// - Parameter isEnvFile: each line is `key=value`.
  init(of text: String, isEnvFile: Bool) {
    lines = text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    self.isEnvFile = isEnvFile
  }

  /// A line without the values in it; nil for one that has none.
  ///
  /// - Parameter number: the line, counted from 0.
  func masked(_ number: Int) -> String? {
    guard lines.indices.contains(number), let value = value(in: number) else { return nil }
    return lines[number][..<value.startIndex] + Self.mask
  }

  /// A text of a message about a line without the value that stands there, which may go on below.
  func hiding(_ text: String, at number: Int) -> String {
    guard lines.indices.contains(number) else { return text }
    var values = [value(in: number)].compactMap { $0 }
    let indent = Self.indent(of: lines[number])
    for next in lines.indices.dropFirst(number + 1) where !lines[next].isEmpty {
      guard Self.indent(of: lines[next]) > indent else { break }
      // Of a text of several lines all is secret, even if it looks like keys.
      if let value = value(in: next) { values += [value, Self.content(of: lines[next])] }
    }
    var result = text[...]
    for value in values.flatMap({ Self.quotable($0) }).sorted(by: { $0.count > $1.count }) {
      result = Self.replacing(value, in: result)[...]
    }
    return String(result)
  }

  // MARK: - Values

  /// What is secret of a line; nil where nothing is.
  private func value(in number: Int) -> Substring? {
    let line = lines[number]
    if isEnvFile { return Self.valueOfPair(in: line) }
    if isInGenerator(number) {
      let item = Self.content(of: line)
      if let key = item.firstRange(of: "literals:") {
        let value = item[key.upperBound...].drop { $0 == " " }
        return value.contains("=") ? Self.valueOfPair(in: value) : value.isEmpty ? nil : value
      }
      return item.contains("=") || !item.contains(":") ? Self.valueOfPair(in: item) : nil
    }
    guard isInSecret(number) else { return nil }
    let content = Self.content(of: line)
    guard let key = Self.key(of: content) else { return content.isEmpty ? nil : content }
    let value = content[key.endIndex...].drop { "\"': ".contains($0) }
    // A header of a block, or brackets that open, are no value yet.
    if value.allSatisfy({ "|>+-0123456789{[ ".contains($0) }), value.count < 4 { return nil }
    return Self.isShown(key, value) ? nil : value
  }

  /// What every object says, and what only leads to a value.
  private static func isShown(_ key: Substring, _ value: Substring) -> Bool {
    switch key {
    case "kind": value.first?.isUppercase == true && value.allSatisfy { $0.isLetter }
    case "apiVersion": value.split(separator: "/").last?.first == "v" && value.utf8.count < 60
    case "op", "path", "from": true
    default: false
    }
  }

  /// The value of `key=value`; all of a line without `=`.
  private static func valueOfPair(in line: Substring) -> Substring? {
    let value = line.firstIndex(of: "=").map { line[line.index(after: $0)...] } ?? line
    return value.isEmpty ? nil : value
  }

  /// A line without its indentation and the dashes of lists.
  private static func content(of line: Substring) -> Substring {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    return rest
  }

  private static func indent(of line: Substring) -> Int {
    line.distance(from: line.startIndex, to: content(of: line).startIndex)
  }

  /// The key that a line begins with, without its quotes.
  private static func key(of content: Substring) -> Substring? {
    let rest = content.drop { $0 == "\"" || $0 == "'" || $0 == "{" || $0 == " " }
    let key = rest.prefix { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    var behind = rest[key.endIndex...]
    if behind.first == "\"" || behind.first == "'" { behind.removeFirst() }
    behind = behind.drop { $0 == " " }
    return key.isEmpty || behind.first != ":" ? nil : key
  }

  /// The ways in which a message may quote a value. Shorter ones would be found in its words.
  private static func quotable(_ value: Substring) -> [Substring] {
    let signs = "\"' \t,[]{}"
    var end = value.endIndex
    while end > value.startIndex, signs.contains(value[value.index(before: end)]) {
      end = value.index(before: end)
    }
    let bare = value[..<end].drop { signs.contains($0) }
    let word = bare.prefix { $0 != " " }
    return [value, bare, word].filter { $0.utf8.count >= 4 }
  }

  private static func replacing(_ value: Substring, in text: Substring) -> String {
    var result = ""
    var rest = text
    while !rest.isEmpty {
      if rest.hasPrefix(value) {
        result += mask
        rest = rest.dropFirst(value.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  // MARK: - Documents

  private func isInSecret(_ number: Int) -> Bool {
    let line = lines[number]
    if Self.saysSecret(line), !["data", "stringData", "value"].contains(where: line.contains) {
      return false
    }
    let start = lines[...number].lastIndex { $0.hasPrefix("---") } ?? 0
    let end = lines[(number + 1)...].firstIndex { $0.hasPrefix("---") } ?? lines.count
    let indent = Self.indent(of: line)
    return lines[start..<end].contains { line in
      if line.contains("/stringData") || line.contains("/data") {
        return Self.content(of: line).hasPrefix("path") || line.contains("\"path\"")
          || line.contains("path:")
      }
      return Self.saysSecret(line) && Self.indent(of: line) <= indent
    }
  }

  /// `kind: Secret`, wherever it stands in the line; the names of other kinds may begin with the word.
  private static func saysSecret(_ line: Substring) -> Bool {
    var rest = line
    while let start = rest.firstRange(of: "kind")?.upperBound {
      rest = rest[start...]
      var value = rest.drop { $0 == "\"" || $0 == "'" || $0 == " " }
      guard value.first == ":" else { continue }
      value = value.dropFirst().drop { $0 == "\"" || $0 == "'" || $0 == " " }
      let word = value.prefix { $0.isLetter || $0.isNumber }
      if ["Secret", "SecretList", "SecretGenerator"].contains(word) { return true }
    }
    return false
  }

  /// The line is below `secretGenerator`, or is that line.
  private func isInGenerator(_ number: Int) -> Bool {
    for line in lines[...number].reversed() {
      let content = Self.content(of: line)
      if content.isEmpty || line.first == " " || line.first == "-" || line.first == "#" { continue }
      return Self.key(of: content) == "secretGenerator"
    }
    return false
  }
}
