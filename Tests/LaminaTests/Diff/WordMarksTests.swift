@testable import LaminaDiff
import Testing

/// Which words of a line are marked.
@Suite struct WordMarksTests {
  /// Both lines, with brackets around what is marked.
  private func marked(_ old: String, _ new: String) -> [String]? {
    guard let pieces = WordMarks.pieces(old, new) else { return nil }
    return [pieces.old, pieces.new].map { pieces in
      pieces.map { $0.isChanged ? "[\($0.text)]" : $0.text }.joined()
    }
  }

  @Test func onlyWhatDiffersIsMarked() {
    #expect(
      marked("registry.example.com/web:1.9.0", "registry.example.com/web:1.10.0")
        == ["registry.example.com/web:1.[9].0", "registry.example.com/web:1.[10].0"])
    #expect(marked("db.pool=5", "db.pool=5 db.x=1") == ["db.pool=5", "db.pool=5[ db.x=1]"])
  }

  @Test func differentLinesAreNotMarked() {
    #expect(marked("cpu: 500m", "memory = 1Gi") == nil)
    #expect(marked("a", "a") == nil)
    #expect(marked("", "x") == nil)
  }

  @Test func linesAreMarkedInPairs() {
    let lines: [ReportLine] = [
      .kept("x"), .removed("port: 80"), .removed("name: web"), .added("port: 81"),
      .added("name: site"), .removed("a: 1"), .added("a: 2"), .added("a: 3"),
    ]
    let marks = WordMarks.marks(in: lines)
    #expect(marks.keys.sorted() == [1, 2, 3, 4])
    #expect(marks[3]?.filter(\.isChanged).map(\.text) == ["81"])
  }
}
