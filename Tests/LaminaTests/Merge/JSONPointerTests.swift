import Testing

@testable import Lamina

/// How pointers are cut, and which texts are indices.
@Suite struct JSONPointerTests {
  typealias Row = (text: String, keys: [String]?)

  static let pointers: [Row] = [
    ("/a/b", ["a", "b"]), ("/", [""]), ("/a//b/", ["a", "", "b", ""]), ("x/a", ["a"]), ("", nil),
    ("a", nil), ("/a~1b~0c", ["a/b~c"]), ("/~01", ["~1"]), ("/~2~", ["~2~"]),
  ]

  @Test(arguments: pointers)
  func keys(row: Row) {
    var symbols = SymbolTable()
    let pointer = JSONPointer(Array(row.text.utf8)[...], at: .none, symbols: &symbols)
    let keys = pointer.last.map { (pointer.parents + [$0]).map { symbols.string($0) } }
    #expect(keys == row.keys)
  }

  static let indices: [(String, Int?)] = [
    ("0", 0), ("007", 7), ("+3", 3), ("-1", -1), ("-0", 0), ("", nil), ("-", nil), ("+", nil),
    ("1a", nil), (" 1", nil), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
    ("-9223372036854775808", Int.min), ("-9223372036854775809", nil),
  ]

  @Test(arguments: indices)
  func index(text: String, value: Int?) {
    let bytes = Array(text.utf8)
    #expect(JSONIndex.parse(bytes.span) == value)
  }

  @Test func places() {
    #expect(JSONIndex.place(2, count: 3) == 2)
    #expect(JSONIndex.place(3, count: 3) == nil)
    #expect(JSONIndex.place(-3, count: 3) == 0)
    #expect(JSONIndex.place(-4, count: 3) == nil)
    #expect(JSONIndex.place(Int.min, count: 3) == nil)
  }
}
