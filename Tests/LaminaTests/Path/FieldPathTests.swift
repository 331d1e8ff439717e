import Testing

@testable import Lamina

/// What steps a text is cut into, by each syntax of paths.
@Suite struct FieldPathTests {
  /// A text, and its steps as `words` has them.
  typealias Row = (text: String, steps: [String])

  /// A step that may be more than a key says what.
  private func words(
    _ read: (inout SymbolTable) -> FieldPath
  ) -> [String] {
    var symbols = SymbolTable()
    let path = read(&symbols)
    return path.steps.map { step in
      let key = symbols.string(step.key)
      return switch step.kind {
      case .key: key
      case .keyOfList: "\(key), a list"
      case .itself: "itself"
      case .index(let index): "\(key), index \(index)"
      case .end: "\(key), end"
      case .wildcard: "\(key), all"
      case .element(let field, let value):
        "\(key), where \(symbols.string(field)) is \(symbols.string(value))"
      case .brackets: "\(key), brackets"
      }
    }
  }

  // MARK: - Field specs

  static let fieldSpecs: [Row] = [
    ("metadata/name", ["metadata", "name"]),
    ("/metadata/name", ["metadata", "name"]),
    ("spec/containers[]/image", ["spec", "containers, a list", "image"]),
    (#"metadata/annotations/a.b\/c"#, ["metadata", "annotations", "a.b/c"]),
    (#"a\/b\/c"#, ["a/b/c"]),
    ("", [""]),
    ("a//b/", ["a", "", "b", ""]),
    (" a /\tb[]", ["a", "b, a list"]),
    ("a/ / []/\t", ["a", "itself", "itself", "itself"]),
    ("\u{A0}a/b", ["a", "b"]),
    ("a/*/-/0/-1/+2", ["a", "*, all", "-, end", "0, index 0", "-1, index -1", "+2, index 2"]),
    ("[a=b]/[a]", ["[a=b], where a is b", "[a], brackets"]),
    // What can only be an element of a list is that first.
    ("*[]/0[]", ["*, all", "0, index 0"]),
    ("a.b/x*/-x/1a/[a", ["a.b", "x*", "-x", "1a", "[a"]),
  ]

  /// A path without escapes, and a step that is letters at both ends, are read in ways of their own. An escape
  /// and blanks around the step, which say nothing, keep the reader from them.
  @Test func plainFieldSpecsAreReadLikeOthers() {
    var random = SeededGenerator(seed: 1)
    let parts = ["a", "spec", "a-b", "a.b", "x1", "1", "-", "*", "[a=b]", "a[]", "", " ", "é", "_"]
    for _ in 0..<2000 {
      let steps = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }
      let plain = steps.joined(separator: "/")
      if plain.isEmpty || plain == "/" { continue }
      let fast = words { FieldPath(fieldSpec: plain, symbols: &$0) }
      let slow = words { FieldPath(fieldSpec: plain + #"/\/"#, symbols: &$0) }
      #expect(slow.last == "/")
      #expect(Array(slow.dropLast()) == fast, "\(plain)")
      let apart = steps.map { step in
        let isFast = step.first?.isASCII == true && step.first?.isLetter == true
        return isFast && !step.hasSuffix("]") ? " \(step) " : step
      }.joined(separator: "/")
      #expect(words { FieldPath(fieldSpec: apart, symbols: &$0) } == fast, "\(plain)")
    }
  }

  @Test(arguments: fieldSpecs)
  func fieldSpec(row: Row) {
    #expect(words { FieldPath(fieldSpec: row.text, symbols: &$0) } == row.steps)
  }

  // MARK: - Replacements

  static let replacements: [Row] = [
    ("metadata.name", ["metadata", "name"]),
    (".metadata.name", ["metadata", "name"]),
    ("..a", ["", "a"]),
    ("a..b.", ["a", "", "b", ""]),
    ("", [""]),
    (#"annotations.a\.b/c"#, ["annotations", "a.b/c"]),
    ("annotations.[a.b/c].d", ["annotations", "a.b/c", "d"]),
    ("a.[name=b.c].d", ["a", "[name=b.c], where name is b.c", "d"]),
    ("a.[=b]", ["a", "[=b], where  is b"]),
    ("a.[x=y=z]", ["a", "[x=y=z], where x is y=z"]),
    ("a.[b].c", ["a", "[b], brackets", "c"]),
    ("a.[b.c", ["a", "b.c"]),
    ("a.0.-.*.-1", ["a", "0, index 0", "-, end", "*, all", "-1, index -1"]),
    ("ports[0]", ["ports[0]"]),
    ("containers[]", ["containers[]"]),
  ]

  @Test(arguments: replacements)
  func replacement(row: Row) {
    for blanks in [FieldPath.Blanks.kept, .ignored] {
      let words = words {
        FieldPath(replacement: row.text, blanks: blanks, at: .none, symbols: &$0)
      }
      #expect(words == row.steps)
    }
  }

  @Test func blanksOfReplacementsAreKeptForTargetsOnly() {
    let text = "spec. a\t. 0 .  "
    let kept = words { FieldPath(replacement: text, blanks: .kept, at: .none, symbols: &$0) }
    #expect(kept == ["spec", " a\t", " 0 ", "  "])
    let ignored = words { FieldPath(replacement: text, blanks: .ignored, at: .none, symbols: &$0) }
    #expect(ignored == ["spec", "a", "0, index 0", ""])
  }

  // MARK: - Vars

  static let variables: [Row] = [
    ("metadata.name", ["metadata", "name"]),
    ("spec.ports[0].port", ["spec", "ports", "0, index 0", "port"]),
    ("spec.ports.[0].port", ["spec", "ports", "0, index 0", "port"]),
    ("a.[name=b.c].d", ["a", "[name=b.c], where name is b.c", "d"]),
    ("a.[b.c/d]", ["a", "b.c/d"]),
    ("a[x]. b ", ["a[x]", "b"]),
    ("a[-1]", ["a[-1]"]),
    (#"a\.b[12]"#, ["a.b", "12, index 12"]),
  ]

  @Test(arguments: variables)
  func variable(row: Row) {
    #expect(words { FieldPath(variable: row.text, at: .none, symbols: &$0) } == row.steps)
  }

  // MARK: - Value additions

  static let valueAdditions: [Row] = [
    ("metadata/name", ["metadata", "name"]),
    ("/a//b", ["a", "", "b"]),
    (#"a\/b/ c "#, ["a/b", "c"]),
    ("a/[name=x/y]", ["a", "[name=x", "y]"]),
    (#"a/[name=x\/y]/-"#, ["a", "[name=x/y], where name is x/y", "-, end"]),
    ("a.b/c[]/c[0]", ["a.b", "c[]", "c[0]"]),
  ]

  @Test(arguments: valueAdditions)
  func valueAddition(row: Row) {
    #expect(words { FieldPath(valueAddition: row.text, at: .none, symbols: &$0) } == row.steps)
  }

  // MARK: - JSON pointers

  static let pointers: [Row] = [
    ("/a/b", ["a", "b"]), ("/", [""]), ("/a//b/", ["a", "", "b", ""]), ("x/a", ["a"]), ("", []),
    ("a", []), ("/a~1b~0c", ["a/b~c"]), ("/~01", ["~1"]), ("/~2~", ["~2~"]),
    ("/0/007/-1/-", ["0, index 0", "007, index 7", "-1, index -1", "-, end"]),
    (#"/*/[a=b]/ c /d\/e"#, ["*", "[a=b]", " c ", #"d\"#, "e"]),
  ]

  @Test(arguments: pointers)
  func jsonPointer(row: Row) {
    let bytes = Array(row.text.utf8)
    #expect(words { FieldPath(jsonPointer: bytes[...], at: .none, symbols: &$0) } == row.steps)
  }

  @Test(arguments: [
    ("/a", true), ("/a/b", true), ("/a/b/c", true), ("x", true), ("/b", false), ("/a/c", false),
    ("/", false),
  ])
  func pointersTouchWhatIsAboveAndBelow(text: String, touches: Bool) {
    var symbols = SymbolTable()
    let pointer = FieldPath(jsonPointer: Array(text.utf8)[...], at: .none, symbols: &symbols)
    #expect(pointer.touches([symbols.intern("a"), symbols.intern("b")]) == touches)
  }

  @Test(
    arguments: [
      ("2", 3, 2), ("3", 3, nil), ("-3", 3, 0), ("-4", 3, nil), ("-9223372036854775808", 3, nil),
      ("-", 3, nil), ("a", 3, nil), ("0", 0, nil),
    ] as [(String, Int, Int?)])
  func negativeIndicesCountFromTheEnd(text: String, count: Int, place: Int?) {
    var symbols = SymbolTable()
    let pointer = FieldPath(
      jsonPointer: Array("/\(text)".utf8)[...], at: .none, symbols: &symbols)
    #expect(pointer.steps[0].place(inListOf: count) == place)
  }
}
