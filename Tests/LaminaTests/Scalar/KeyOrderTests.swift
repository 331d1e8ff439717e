import Testing

@testable import Lamina

/// The order of keys, two by two as the reference printed them.
@Suite struct KeyOrderTests {
  @Test(arguments: [
    ("", "a"), ("a", "ab"), ("A", "a"), ("Z", "a"), ("a-b", "aa"), ("a1", "aa"), ("_", "a"),
    ("-", "_"), ("a.b", "a_b"), ("a", "é"), ("z", "é"), ("é", "日"), ("1", "é"), ("²", "a"),
    ("9", "10"), ("a9", "a10"), ("a9b", "a10"), ("1", "01"), ("01", "2"), ("001", "2"),
    ("a1", "a01"), ("a1-", "a10"), ("a10", "a100"), ("a99", "a100"), ("a0", "a00"),
    ("1a", "9"), ("9", "19"), ("19", "1a"), ("a-", "a0"), ("9", "٣"), ("٣", "a"),
    ("\u{331E4}", "a"), ("36893488147419103233", "2"),
  ])
  func comesFirst(first: String, second: String) {
    let left = Array(first.utf8)
    let right = Array(second.utf8)
    let isBefore = keyPrecedes(left.span, right.span)
    let isBehind = keyPrecedes(right.span, left.span)
    let isBeforeItself = keyPrecedes(left.span, left.span)
    #expect(isBefore)
    #expect(!isBehind)
    #expect(!isBeforeItself)
  }

  @Test(arguments: [
    ("", true), ("a", true), ("a1", true), ("a-1", true), ("1-a", true), ("a/b_c.d", true),
    ("1a", false), ("a1b", false), ("é", false), ("a999999999999999999", true),
    ("a9999999999999999999", false),
  ])
  func knowsKeysWithFixedPlace(key: String, isFixed: Bool) {
    let bytes = Array(key.utf8)
    #expect(keyHasFixedPlace(bytes.span) == isFixed)
  }

  /// The first characters of keys put them in the same order as all of them.
  @Test func placesKeysByTheirFirstCharacters() {
    let beginnings = ["", "x", "X1", "name-", "abcdefg", "abcdefgh", "a-123456789"]
    let ends = ["", "a", "B", "-", "_", ".", "0", "1", "9", "10", "01", "-a", "a-1", "\0", "~"]
    let keys = beginnings.flatMap { beginning in ends.map { Array((beginning + $0).utf8) } }
      .filter { keyHasFixedPlace($0.span) }
    var symbols = SymbolTable()
    let places = keys.map { SortableKey(symbols.intern($0.span), $0.span) }
    for (first, one) in zip(keys, places) {
      for (second, other) in zip(keys, places) {
        let isBefore = keyPrecedes(first.span, second.span)
        #expect(one.precedes(other, in: symbols) == isBefore, "\(first) and \(second)")
      }
    }
  }
}
