/// The comments of one file that silence findings.
///
///     - name: web  # lamina: ignore[image-no-match] set by the release job
///     # lamina: ignore[patch-no-match, target-glob] the next line
///     # lamina: ignore-file[null-value] anywhere in the file
///
/// A comment behind a value is about its own line, one that has a line to itself about the line below. Without
/// a rule, it is about all rules. Comments are found in the text, so that one in a patch that a kustomization
/// holds works as well.
struct IgnoreComments: Sendable {
  struct Comment: Sendable, Hashable {
    /// The line of the comment, counted from 1.
    let line: Int
    /// The column of its number sign, counted from 1.
    let column: Int
    /// The line that it is about; nil for the whole file.
    let subject: Int?
    /// The rules as they are written; none is all.
    let rules: [String]
  }

  let comments: [Comment]

  /// Reads the comments of a file.
  init(_ bytes: [UInt8]) {
    var comments: [Comment] = []
    var line = 1
    for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if let comment = Self.comment(in: text, line: line) { comments.append(comment) }
      line += 1
    }
    self.comments = comments
  }

  /// The comment that silences a rule on a line, if there is one.
  func silencing(_ rule: DiagnosticID, onLine line: Int) -> Comment? {
    comments.first { comment in
      (comment.subject ?? line) == line
        && (comment.rules.isEmpty || comment.rules.contains(rule.rawValue))
    }
  }

  // MARK: - Reading

  private static let mark: StaticString = "lamina: ignore"

  private static func comment(in line: ArraySlice<UInt8>, line number: Int) -> Comment? {
    guard let start = line.firstIndex(of: UInt8(ascii: "#")), line.contains(mark) else {
      return nil
    }
    // What stands before may hold number signs, too.
    for sign in line.indices[start...] where line[sign] == UInt8(ascii: "#") {
      var rest = line[(sign + 1)...].drop { $0 == UInt8(ascii: " ") }
      guard rest.starts(with: mark) else { continue }
      rest = rest.dropFirst(mark.utf8CodeUnitCount)
      let fileWord: StaticString = "-file"
      let isForFile = rest.starts(with: fileWord)
      if isForFile { rest = rest.dropFirst(fileWord.utf8CodeUnitCount) }
      var rules: [String] = []
      if rest.first == UInt8(ascii: "[") {
        let list = rest.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        rules = list.split(separator: UInt8(ascii: ",")).map { rule in
          String(decoding: rule.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
      } else if let next = rest.first, next != UInt8(ascii: " "), next != UInt8(ascii: "\r") {
        continue
      }
      let isAlone = line[..<sign].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let column = String(decoding: line[..<sign], as: UTF8.self).unicodeScalars.count + 1
      return Comment(
        line: number, column: column, subject: isForFile ? nil : isAlone ? number + 1 : number,
        rules: rules)
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate func starts(with word: StaticString) -> Bool {
    word.withUTF8Buffer { starts(with: $0) }
  }

  fileprivate func contains(_ word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    return (startIndex...(endIndex - word.utf8CodeUnitCount)).contains {
      self[$0...].starts(with: word)
    }
  }
}
