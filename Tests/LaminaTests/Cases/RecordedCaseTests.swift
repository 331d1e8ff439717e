import Foundation
import Lamina
import Testing

/// Every directory of `testdata` gives the bytes that the reference gave, or fails with the words
/// that were agreed on. `LAMINA_RECORD=1 swift test` writes the words anew, to be read in the diff.
@Suite struct RecordedCaseTests {
  @Test(arguments: RecordedCase.all.filter { $0.bytes("expected.yaml") != nil })
  func givesTheBytesOfTheReference(_ recorded: RecordedCase) throws {
    let expected = try #require(recorded.bytes("expected.yaml"))
    let actual = try recorded.render().bytes
    if actual != expected {
      Issue.record(
        """
        \(recorded) differs from the reference:
        \(String(decoding: actual, as: UTF8.self))
        """)
    }
  }

  @Test(arguments: RecordedCase.all.filter { $0.text("expected-error.txt") != nil })
  func failsWithTheAgreedWords(_ recorded: RecordedCase) throws {
    do {
      _ = try recorded.render()
      Issue.record("\(recorded) should have failed")
    } catch let diagnostic {
      let message = "\(diagnostic.report)\n"
      if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
        try recorded.write(message, to: "message.txt")
      }
      #expect(message == recorded.text("message.txt"))
    }
  }

  @Test func casesAreFound() {
    #expect(RecordedCase.all.count > 300)
  }

  @Test func theShippedExampleIsWhatTheReferencePrints() throws {
    for layer in ["base", "overlays/staging", "overlays/production"] {
      let example = RecordedCase(
        directory: RecordedCase.testdata.appending(path: "quickstart/\(layer)"))
      #expect(try example.render().bytes == example.bytes("expected.yaml"))
    }
  }
}
