import Testing

@testable import Lamina

/// The lines of generated tables are found one by one as they are by going through all.
@Suite struct TableLinesTests {
  @Test func everyLineIsFoundByWhatItBeginsWith() throws {
    for table in [SchemaTable.kinds, SchemaTable.definitions] {
      for line in TableLines(table) {
        let space = try #require(line.lastIndex(of: UInt8(ascii: " ")))
        #expect(TableLines.rest(behind: line[...space], in: table) == line[(space + 1)...])
        #expect(TableLines.rest(behind: line[...space] + [UInt8(ascii: "x")], in: table) == nil)
      }
    }
  }

  @Test(arguments: [
    "", " ", "a", "apps/v1 Deploymen", "apps/v1 Deployments", "apps/v1", "v1 Zebra", "zebra/v1 A",
  ])
  func whatIsNotThereIsNotFound(name: String) {
    #expect(TableLines.rest(behind: Array("\(name)  ".utf8)[...], in: SchemaTable.kinds) == nil)
  }

  @Test func smallTables() {
    func rest(_ first: String, _ table: StaticString) -> String? {
      TableLines.rest(behind: Array(first.utf8)[...], in: table)
        .map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(rest("a ", "") == nil)
    #expect(rest("a ", "a 1") == "1")
    #expect(rest("b ", "a 1") == nil)
    #expect(rest("a ", "b 1") == nil)
    #expect(rest("a ", "a 1\nab 2\nb 3\n") == "1")
    #expect(rest("ab ", "a 1\nab 2\nb 3\n") == "2")
    #expect(rest("b ", "a 1\nab 2\nb 3\n") == "3")
    #expect(rest("c ", "a 1\nab 2\nb 3\n") == nil)
  }

  @Test func linesAreWhereTheyStart() {
    let starts = TableLines.starts(in: SchemaTable.types)
    let lines = starts.map { TableLines.line(at: $0, in: SchemaTable.types) }
    #expect(lines == TableLines(SchemaTable.types).map { $0 })
    #expect(TableLines.starts(in: "a\n\nb\n").map { Int($0) } == [0, 2, 3])
  }
}
