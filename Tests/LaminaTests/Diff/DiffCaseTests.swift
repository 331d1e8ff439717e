import Foundation
import Testing

/// Every directory of `testdata/diff` is compared by the built command in every format.
/// `LAMINA_RECORD=1 swift test` writes what is expected anew, to be read in the diff.
@Suite struct DiffCaseTests {
  private static let folder = RecordedCase.testdata.appending(path: "diff")
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { FileManager.default.fileExists(atPath: folder.appending(path: "\($0)/old").path) }
    .sorted()
  private static let formats = [
    ("text", "txt"), ("unified", "patch"), ("json", "json"), ("markdown", "md"), ("html", "html"),
  ]

  @Test(arguments: names)
  func everyFormatPrintsWhatWasAgreedOn(name: String) throws {
    let directory = Self.folder.appending(path: name)
    let arguments = lines(of: "arguments", in: directory)
    let status = lines(of: "status", in: directory).first ?? "1"
    for (format, ending) in Self.formats {
      // A patch has no room for rules.
      if format == "unified", arguments.contains("--ignore") { continue }
      let outcome = try BuiltCommand.run(
        ["diff", "old", "new", "--format", format] + arguments, in: directory)
      #expect("\(outcome.status)" == status)
      try expect(outcome.output, in: directory.appending(path: "expected.\(ending)"))
      if status == "2" {
        try expect(outcome.errors, in: directory.appending(path: "errors.txt"))
      } else {
        #expect(outcome.errors == "")
      }
    }
  }

  private func lines(of name: String, in directory: URL) -> [String] {
    let text = try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map { String($0) }
  }

  private func expect(_ output: String, in file: URL) throws {
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      try Data(output.utf8).write(to: file)
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(output == expected, "\(file.path)")
  }

  @Test func casesAreFound() { #expect(Self.names.count >= 9) }
}
