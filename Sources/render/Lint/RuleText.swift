import Lamina

/// What `lint` says of its rules.
enum RuleText {
  static func rule(_ word: String) -> Rule? { Rule.ofLint.first { $0.id.rawValue == word } }

  /// - Parameter advice: what to do where no rule is alike.
  static func unknown(_ word: String, advice: String = "--rules lists all of them") -> String {
    let nearest = Suggestion.nearest(to: word, among: Rule.ofLint.map(\.id.rawValue))
    let hint = nearest.map { "did you mean \"\($0)\"?" } ?? advice
    return "there is no rule \"\(word)\"; \(hint)"
  }

  /// A line for each rule: its id, its level, and what it finds.
  static var list: String {
    let width = Rule.ofLint.map(\.id.rawValue.utf8.count).max() ?? 0
    return Rule.ofLint.map { rule in
      let id = rule.id.rawValue
      let level = rule.level.rawValue
      let gap = String(repeating: " ", count: width - id.utf8.count + 2)
      let next = String(repeating: " ", count: 9 - level.utf8.count)
      return "\(id)\(gap)\(level)\(next)\(rule.summary)\n"
    }.joined()
  }

  /// The page of a rule, in Markdown.
  static func page(of rule: Rule) -> String {
    HelpPage.wrapped(
      """
      # \(rule.id.rawValue)

      Level: \(rule.level.rawValue) (\(words(rule.level))). \(sentence(rule.summary))

      \(rule.page)

      To silence one finding, put a comment on its line or above it:

          # lamina: ignore[\(rule.id.rawValue)] why

      To switch the rule off, or to give it another level, in lamina.yaml:

          lint: {rules: {\(rule.id.rawValue): off}}

      """)
  }

  private static func sentence(_ summary: StaticString) -> String {
    let text = "\(summary)"
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static func words(_ level: LintLevel) -> String {
    switch level {
    case .error: "a warning of every build, an error of lint and with --strict"
    case .warning: "a warning of every build and of lint, an error with --strict"
    case .lint: "a warning of lint"
    case .off: "not reported until lamina.yaml says so"
    }
  }
}
