import Foundation
import Testing

/// Every directory of `testdata/helm` asks of helm what the reference asks, and prints what it prints,
/// or fails with the words that were agreed on (`LAMINA_RECORD=1 swift test` writes these anew).
@Suite struct HelmCaseTests {
  @Test(arguments: HelmCase.all) func doesWhatTheReferenceDoes(_ helm: HelmCase) throws {
    let outcome = try helm.run()
    #expect(outcome.output == helm.recorded.text("expected.yaml") ?? "")
    #expect(outcome.calls == helm.recorded.text("expected-calls.txt").map { HelmCalls($0) })
    #expect(outcome.leftovers == [])
    let fails = helm.recorded.text("expected-error.txt") != nil
    #expect(outcome.status == (fails ? 1 : 0))
    let words = outcome.errors.isEmpty ? nil : outcome.errors
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      try words.map { try helm.recorded.write($0, to: "message.txt") }
    }
    #expect(words == helm.recorded.text("message.txt"))
  }

  @Test func casesAreFound() { #expect(HelmCase.all.count > 70) }
}
