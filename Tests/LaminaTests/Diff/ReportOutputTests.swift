import Foundation
import LaminaDiff
import Testing

/// What each format prints of reports that were made by hand, against `testdata/diff-output`.
/// `LAMINA_RECORD=1 swift test` writes the files anew, to be read in the diff.
@Suite struct ReportOutputTests {
  private static let directory = RecordedCase.testdata.appending(path: "diff-output")

  @Test(arguments: SampleReports.all.map(\.name))
  func everyFormatPrintsWhatWasAgreedOn(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let outputs: [(String, [UInt8])] = [
      ("txt", TextReport.bytes(of: report)),
      ("color.txt", TextReport.bytes(of: report, isColoured: true)),
      ("patch", UnifiedReport.bytes(of: report)),
      ("md", MarkdownReport.bytes(of: report)),
      ("html", HTMLReport.bytes(of: report)),
      ("json", JSONReport.bytes(of: report)),
    ]
    for (ending, bytes) in outputs {
      let file = Self.directory.appending(path: "\(name).\(ending)")
      if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
        try FileManager.default.createDirectory(
          at: Self.directory, withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      }
      #expect(
        bytes == (try? Data(contentsOf: file)).map { [UInt8]($0) }, "\(file.lastPathComponent)")
    }
  }
}
