import Foundation
import Lamina
import Testing

/// Every rule has cases in `testdata/lint`, and finds what they say. `LAMINA_RECORD=1 swift test` writes the
/// findings anew, to be read in the diff.
@Suite struct LintCaseTests {
  @Test(arguments: LintCase.all)
  func findsWhatIsRecorded(_ lintCase: LintCase) throws {
    let found = try lintCase.diagnostics()
    let text = found.map { "\($0)\n" }.joined()
    let file = lintCase.directory.appending(path: "findings.txt")
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    let own = found.filter { $0.id == lintCase.rule }
    switch try #require(lintCase.kind) {
    case .flagged: #expect(!own.isEmpty)
    case .clean: #expect(own.isEmpty)
    case .silenced:
      #expect(own.isEmpty)
      let loud = try lintCase.diagnostics(withoutComments: true)
      #expect(loud.contains { $0.id == lintCase.rule })
    }
  }

  @Test(arguments: Rule.all.map(\.id.rawValue) + LintCase.schemaRules.sorted())
  func everyRuleHasCasesOfEachKind(_ rule: String) {
    let kinds = LintCase.all.filter { $0.rule == rule }.compactMap(\.kind)
    // What stops a build cannot be silenced.
    let wanted = LintCase.Kind.allCases.filter {
      $0 != .silenced || rule != DiagnosticID.resourceListedTwice.rawValue
    }
    #expect(Set(kinds) == Set(wanted))
  }
}
