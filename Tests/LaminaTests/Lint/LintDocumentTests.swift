import Foundation
import Lamina
import Testing

@testable import render

/// The table of `Docs/LINT.md` lists every rule with its level. `LAMINA_RECORD=1 swift test` writes it anew.
@Suite struct LintDocumentTests {
  private let start = "<!-- rules -->\n"
  private let end = "<!-- end of rules -->"

  private var table: String {
    Rule.ofLint.reduce(into: "\n| rule | level | finds |\n|---|---|---|\n") { text, rule in
      text += "| `\(rule.id.rawValue)` | \(rule.level.rawValue) | \(rule.summary) |\n"
    } + "\n"
  }

  @Test func theDocumentListsEveryRule() throws {
    let path = URL(filePath: #filePath)
      .appending(path: "../../../../Docs/LINT.md").standardizedFileURL
    let text = try String(contentsOf: path, encoding: .utf8)
    let parts = text.components(separatedBy: start)
    let rest = try #require(parts.last?.components(separatedBy: end))
    try #require(parts.count == 2 && rest.count == 2)
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      let new = parts[0] + start + table + end + rest[1]
      try Data(new.utf8).write(to: path)
    }
    let written = try String(contentsOf: path, encoding: .utf8)
    #expect(written.contains(start + table + end))
  }

  @Test func everyIDOfARuleHasARule() {
    let rules = Set(Rule.ofLint.map(\.id))
    let ids = DiagnosticID.allCases.filter(\.isRule)
    #expect(ids.filter { !rules.contains($0) } == [])
    #expect(rules.count == Rule.ofLint.count, "each once")
  }
}
