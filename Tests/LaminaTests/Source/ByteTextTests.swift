import Testing

@testable import Lamina

/// Texts that are compared by their bytes.
@Suite struct ByteTextTests {
  /// Texts that Unicode calls equivalent in pairs, texts of the same length, and lengths about eight bytes.
  private static let texts = [
    "", "a", "b", "\u{E9}", "e\u{301}", "K", "\u{212A}", ";", "\u{37E}", "`", "\u{1FEF}", "abcdefg",
    "abcdefgh", "abcdefgi", "abcdefghi", "a\u{301}\u{323}", "a\u{323}\u{301}", "/", "/\u{301}",
    "\u{1F600}", "\r\n", "\n", String(repeating: "\u{E9}", count: 20),
    String(repeating: "e\u{301}", count: 20),
  ]

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func equalityOrderAndHashAreThoseOfTheBytes() {
    for one in Self.texts {
      for other in Self.texts {
        let (left, right) = (Self.bytes(one), Self.bytes(other))
        #expect((ByteText(one) == ByteText(other)) == (left == right))
        #expect(one.hasBytes(of: other) == (left == right))
        #expect(one[...].hasBytes(of: other) == (left == right))
        #expect((ByteText(one) < ByteText(other)) == left.lexicographicallyPrecedes(right))
        #expect(one.begins(with: other) == left.starts(with: right))
        #expect(one.ends(with: other) == (left.suffix(right.count) == right[...]))
        let rest = left.starts(with: right) ? left.dropFirst(right.count) : left[...]
        #expect(Array(one.dropping(start: other).utf8) == Array(rest))
      }
    }
    #expect(Set(texts: Self.texts).count == Self.texts.count)
    #expect(
      Set(texts: Self.texts.reversed()).sortedTexts.map(Self.bytes)
        == Self.texts.map(Self.bytes).sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func keysOfDictionariesAreToldApart() {
    var numbers: [ByteText: Int] = [:]
    for (number, text) in Self.texts.enumerated() { numbers[text] = number }
    #expect(numbers.count == Self.texts.count)
    for (number, text) in Self.texts.enumerated() { #expect(numbers[text] == number) }
    numbers["\u{E9}", default: 0] = -1
    #expect(numbers["e\u{301}"] == 4)
    #expect(numbers.removeValue(forKey: "\u{E9}") == -1)
    #expect(numbers["\u{E9}"] == nil)
    #expect(numbers["e\u{301}"] == 4)
  }

  @Test func wrappedPropertiesAreComparedByTheirBytes() {
    struct Place: Hashable {
      @ByteText var path: String
      let line: Int
    }
    let places = [
      Place(path: "\u{E9}", line: 1), Place(path: "e\u{301}", line: 1),
      Place(path: "\u{E9}", line: 2),
    ]
    #expect(Set(places).count == 3)
    #expect(places[0] == Place(path: "\u{E9}", line: 1))
    #expect(places[0] != places[1])
  }

  @Test func absentTextsEqualEachOther() {
    let (none, one, other): (String?, String?, String?) = (nil, "\u{E9}", "e\u{301}")
    #expect(none.hasBytes(of: none))
    #expect(one.hasBytes(of: one))
    #expect(!one.hasBytes(of: other))
    #expect(!none.hasBytes(of: one))
    #expect(!one.hasBytes(of: none))
  }

  /// A character and the accents behind it are one `Character`, and so are a carriage return and a line feed.
  @Test func partsEndWhereTheByteStands() {
    func parts(_ text: String, _ separator: Unicode.Scalar) -> [[UInt8]] {
      text.parts(at: separator, omittingEmptySubsequences: false).map { Array($0.utf8) }
    }
    #expect(parts("a=\u{301}b", "=") == [Self.bytes("a"), Self.bytes("\u{301}b")])
    #expect(parts("a\r\nb", "\n") == [Self.bytes("a\r"), Self.bytes("b")])
    #expect(parts("", "/") == [[]])
    #expect("//a//b/".parts(at: "/") == ["a", "b"])
    #expect("a=b=c".parts(at: "=", maxSplits: 1) == ["a", "b=c"])
  }
}
