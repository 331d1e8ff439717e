import Testing

@testable import Lamina

/// What the trip through JSON makes of values: their text and how they count as written.
@Suite struct JSONTripTests {
  typealias Row = (written: String, text: String, tag: ScalarTag, flags: Node.Flags)

  static let values: [Row] = [
    ("1", "1", .integer, []), ("0x1F", "31", .integer, []), ("017", "15", .integer, []),
    ("999999", "999999", .integer, []), ("1000000", "1e+06", .float, []),
    ("-1234567", "-1.234567e+06", .float, []), ("1.0", "1", .integer, []),
    ("-0.0", "-0", .integer, []), ("1e3", "1000", .integer, []), ("0.00001", "1e-05", .float, []),
    ("9007199254740993", "9.007199254740992e+15", .float, []),
    ("18446744073709551615", "1.8446744073709552e+19", .float, []),
    ("TRUE", "true", .bool, []), ("~", "null", .null, []), ("", "null", .null, []),
    ("2001-12-14", "2001-12-14T00:00:00Z", .string, .quoted),
    ("\"1\"", "1", .string, .quoted), ("'text'", "text", .string, []),
    ("\"yes\"", "yes", .string, .quoted), ("!!binary aGk=", "hi", .string, []),
    ("!own x", "x", .string, []), ("'a: b'", "a: b", .string, [.quoted, .singleQuoted]),
    ("\"a\\nb\"", "a\nb", .string, [.quoted, .literal]),
    ("\"a \\nb\"", "a \nb", .string, .quoted),
    (">\n  a\n\n    b\n", "a\n\n\n  b\n", .string, [.quoted, .literal]),
  ]

  /// What a JSON patch without operations does.
  private func takeTrip(_ root: NodeID, in tree: inout Tree) throws(Problem) {
    try JSONTrip.marshal(root, in: &tree)
    try JSONTrip.unmarshal(root, in: &tree)
  }

  @Test(arguments: values)
  func value(row: Row) throws {
    var fixture = PatchFixture()
    let root = try fixture.object("v: \(row.written)")
    try takeTrip(root, in: &fixture.tree)
    let node = try #require(fixture.tree.first(of: root))
    #expect(fixture.tree.string(node) == row.text)
    #expect(fixture.tree[node].tag == row.tag)
    #expect(fixture.tree[node].flags == row.flags)
  }

  static let failing = [
    (
      "v: .inf",
      "object.yaml:1:4: `.inf` is not a value that JSON can hold"
    ),
    (
      "v: {1: a}",
      "object.yaml:1:8: key `1` is not a string, and JSON has no other keys"
    ),
    (
      "v: \"\\ta\\nb\"",
      "object.yaml:1:4: text of several lines that begins with a tab cannot be turned into JSON and back"
    ),
    (
      "v: !!int x",
      "object.yaml:1:4: cannot read `x` as what its tag says"
    ),
    (
      "v: 1\nv: 2",
      """
      object.yaml:2:4: mapping key "v" already defined
      object.yaml:1:4: it is first defined here
      """
    ),
  ]

  @Test(arguments: failing)
  func failure(object: String, words: String) {
    #expect(PatchFixture.outcome(of: "[]", on: object) == words)
  }

  @Test func twinsAreSeparated() throws {
    var fixture = PatchFixture()
    let root = try fixture.object("a: x\nb: x\n")
    let fields = fixture.tree.children(of: root)
    fixture.tree.join(fields)
    try takeTrip(root, in: &fixture.tree)
    fixture.tree.setScalar(fields[0], "y", tag: .string, by: .none)
    #expect(try fixture.printed(root) == "a: \"y\"\nb: x\n")
  }

  /// Whole numbers of at most six digits stay as they are without a look at their value.
  @Test func shortNumbersAreWhatTheirValuesSay() throws {
    var random = SeededGenerator(seed: 1)
    for digits in 1...9 {
      let limit = (0..<digits).reduce(1) { count, _ in count * 10 }
      for _ in 0..<200 {
        let number = Int.random(in: -limit...limit, using: &random)
        var fixture = PatchFixture()
        let root = try fixture.object("v: \(number)")
        try takeTrip(root, in: &fixture.tree)
        var expected: [UInt8] = []
        appendGeneral(FloatDigits(Double(number)), to: &expected)
        let node = try #require(fixture.tree.first(of: root))
        #expect(Array(fixture.tree.bytes(node)) == expected)
        #expect(fixture.tree[node].tag == ScalarTag.plain(expected.span))
      }
    }
  }
}
