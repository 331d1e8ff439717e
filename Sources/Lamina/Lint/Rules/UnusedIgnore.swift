extension Rule {
  /// `LintRun` asks it, since only the whole run knows which comments silenced something.
  static let unusedIgnore = Rule(
    .unusedIgnore, .lint, askedOnceFor: .run,
    summary: "a comment silences nothing",
    page: """
      A comment `# lamina: ignore[...]` stands where no rule has anything to say, so it hides the next real \
      finding. Remove it, or mend the name of the rule.

          resources: [web.yaml]  # lamina: ignore[image-no-match]   # the images are elsewhere

      Comments for rules that the settings switch off are left alone.
      """)
}

extension Problem {
  /// A fix removes the comment, unless a rule is misspelt in it: then the comment is to be mended.
  ///
  /// - Parameter line: the line of the comment with its line break, and where it begins.
  static func unusedIgnore(
    _ comment: IgnoreComments.Comment, at position: Position, _ text: String,
    line: (position: Position, text: String)
  ) -> Problem {
    let rules = comment.rules.isEmpty ? "" : " \"\(comment.rules.joined(separator: "\", \""))\""
    let unknown = comment.rules.first { DiagnosticID(rawValue: $0) == nil }
    let nearest = unknown.flatMap { word in
      Suggestion.nearest(to: word, among: DiagnosticID.allCases.filter(\.isRule).map(\.rawValue))
    }
    // A comment with a line to itself leaves no empty line behind.
    let isAlone = comment.subject != comment.line && line.text.ends(with: "\n")
    let fix =
      isAlone
      ? Fix(
        message: "remove the comment", position: line.position, original: line.text,
        replacement: "", isSafe: true)
      : Fix(
        message: "remove the comment", position: position, original: text, replacement: "",
        isSafe: true)
    return Problem(
      .unusedIgnore, "this comment silences nothing\(rules.isEmpty ? "" : " of\(rules)")",
      at: position,
      hint: nearest.map { "did you mean \"\($0)\"?" } ?? unknown.map {
        "there is no rule \"\($0)\""
      }
        ?? "remove it",
      fixes: nearest == nil ? [fix] : [])
  }
}
