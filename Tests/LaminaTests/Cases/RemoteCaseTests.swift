import Foundation
import Testing

/// Every directory of `testdata/remote` gives what the reference gave, with repositories made of its
/// folder `repositories` that are reached as `git@example.com:NAME`.
///
/// The built command is run, since addresses are led to these repositories by its environment.
@Suite struct RemoteCaseTests {
  static let all: [RecordedCase] = {
    let folder = RecordedCase.testdata.appending(path: "remote")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { RecordedCase(directory: folder.appending(path: $0)) }
  }()

  @Test(arguments: all) func givesWhatTheReferenceGave(_ recorded: RecordedCase) throws {
    let fixture = try RemoteFixture()
    defer { fixture.remove() }
    try fixture.makeRepositories(of: recorded.directory)
    let word = recorded.text("address") ?? "."
    let argument = word.trimmingCharacters(in: .whitespacesAndNewlines)
    let first = try fixture.render(argument, in: recorded.directory)
    if let expected = recorded.text("expected.yaml") {
      #expect(first.output == expected)
      #expect(first.errors == "")
      let offline = try fixture.render("--offline", argument, in: recorded.directory)
      #expect(offline.output == expected)
      let uncached = try fixture.render("--no-cache", argument, in: recorded.directory)
      #expect(uncached.output == expected)
    } else {
      if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
        try recorded.write(first.errors, to: "message.txt")
      }
      #expect(first.errors == recorded.text("message.txt"))
      #expect(first.output == "")
      #expect(first.status == 1)
    }
    #expect(try fixture.leftovers() == [])
  }

  @Test func casesAreFound() {
    #expect(Self.all.count > 20)
  }
}
