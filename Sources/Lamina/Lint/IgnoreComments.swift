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
  ///
  /// Most files have none, and all files of a run are looked through: lines are counted only where a comment is.
  init(_ bytes: [UInt8]) {
    var comments: [Comment] = []
    let feed = UInt8(ascii: "\n")
    var (line, counted) = (1, 0)
    var place = 0
    while let sign = Self.firstSign(in: bytes, from: place) {
      place = sign + 1
      guard Self.isMarked(bytes[place...]) else { continue }
      let start = bytes[..<sign].lastIndex(of: feed).map { $0 + 1 } ?? 0
      let end = bytes[sign...].firstIndex(of: feed) ?? bytes.endIndex
      line += bytes[counted..<start].count { $0 == feed }
      counted = start
      if let comment = Self.comment(in: bytes[start..<end], line: line) { comments.append(comment) }
      place = end
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

  private static func firstSign(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { ByteScan($0).first(UInt8(ascii: "#"), from: start) }
  }

  /// Whether the words of a comment stand behind its number sign.
  private static func isMarked(_ text: ArraySlice<UInt8>) -> Bool {
    text.drop { $0 == UInt8(ascii: " ") }.starts(with: mark)
  }

  private static func comment(in line: ArraySlice<UInt8>, line number: Int) -> Comment? {
    // What stands before may hold number signs, too.
    for sign in line.indices where line[sign] == UInt8(ascii: "#") {
      guard isMarked(line[(sign + 1)...]) else { continue }
      var rest = line[(sign + 1)...].drop { $0 == UInt8(ascii: " ") }
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
}
