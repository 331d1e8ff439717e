import Foundation
import Testing

/// The index of `testdata` is complete, and each case says what it shows.
@Suite struct CaseIndexTests {
  private func names(in directory: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      .filter { isDirectory(directory.appending(path: $0)) }
  }

  private func isDirectory(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  @Test func theIndexListsEverySet() throws {
    let index = RecordedCase.testdata.appending(path: "README.md")
    let text = try String(contentsOf: index, encoding: .utf8)
    let listed = text.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("| `") else { return nil }
      return line.dropFirst(3).prefix { $0 != "`" }.description
    }
    #expect(listed == (try names(in: RecordedCase.testdata)))
  }

  @Test func everyCaseSaysWhatItShows() throws {
    var count = 0
    for recorded in RecordedCase.all {
      let file = recorded.directory.appending(path: "kustomization.yaml")
      guard !isDirectory(file), let text = recorded.text("kustomization.yaml") else { continue }
      count += 1
      #expect(text.hasPrefix("#") || text.hasPrefix("\u{FEFF}#"), "\(recorded)")
    }
    #expect(count > 900)
  }
}
