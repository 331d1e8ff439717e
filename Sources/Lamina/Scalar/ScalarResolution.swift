/// What go-yaml makes of a plain scalar's text.
///
/// Both generations look at the first byte before anything else, and so do these functions: most
/// texts are ordinary words and are done after one step. Source: go-yaml v2 and v3 `resolve.go`.
extension ScalarTag {
  /// Gives the tag go-yaml v3 resolves a plain scalar to.
  ///
  /// `<<` is the merge key: the v3 parser sets that tag itself (`decode.go`).
  static func plain(_ text: Span<UInt8>) -> ScalarTag {
    guard !text.isEmpty else { return .null }
    switch text[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      return numeric(text, dialect: .yaml12)
    case UInt8(ascii: "."):
      return GoFloat.parse(text) == nil ? .string : .float
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      return isCased(text, "true") ? .bool : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return isCased(text, "false") ? .bool : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
      return isCased(text, "null") ? .null : .string
    case UInt8(ascii: "~"):
      return text.count == 1 ? .null : .string
    case UInt8(ascii: "<"):
      return text.isWord("<<") ? .merge : .string
    default:
      return .string
    }
  }

  /// Gives the tag go-yaml v2 resolves a plain scalar to, as for kustomization files.
  ///
  /// It adds the booleans of YAML 1.1 (`y`, `yes`, `on`, `n`, `no`, `off`) and lacks the late
  /// `0o` form. v2 decodes a timestamp without a Go target type to its text, and `<<` is the
  /// merge key as a key but plain text as a value (`decode.go`).
  static func plainYAML11(_ text: Span<UInt8>) -> ScalarTag {
    guard !text.isEmpty else { return .null }
    switch text[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      return numeric(text, dialect: .yaml11)
    case UInt8(ascii: "y"), UInt8(ascii: "Y"):
      return isCased(text, "y") || isCased(text, "yes") ? .bool : .string
    case UInt8(ascii: "o"), UInt8(ascii: "O"):
      return isCased(text, "on") || isCased(text, "off") ? .bool : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
      if isCased(text, "n") || isCased(text, "no") { return .bool }
      return isCased(text, "null") ? .null : .string
    default:
      return plain(text)
    }
  }

  /// Tells whether a reader of YAML 1.1 takes the text for something else than a string.
  ///
  /// A time counts as a string: go-yaml v2 gives it as one, and kyaml asks for the type of what it
  /// gets (kyaml/yaml/compatibility.go `IsValueNonString`).
  static func isOtherTypeInYAML11(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    switch plainYAML11(text) {
    case .bool, .integer, .float, .null: return true
    default: return false
    }
  }

  /// Tells whether the v2 encoder may write the text without quotes.
  ///
  /// It may where v2 itself resolves the text to a string and it is no base-60 number, which v2
  /// does not read but still quotes for other parsers. Source: go-yaml v2 `encode.go` (`stringv`).
  static func staysStringInYAML11(_ text: Span<UInt8>) -> Bool {
    switch plainYAML11(text) {
    case .string: return !isBase60(text)
    case .merge: return true
    default: return false
    }
  }

  /// Resolves a text that begins with a digit or a sign.
  private static func numeric(_ text: Span<UInt8>, dialect: GoInteger.Dialect) -> ScalarTag {
    if GoFloat.special(text) != nil { return .float }
    if Timestamp(text) != nil { return .timestamp }
    guard text.contains(UInt8(ascii: "_")) else { return strippedNumeric(text, dialect: dialect) }
    return strippedNumeric(text.removingUnderscores().span, dialect: dialect)
  }

  /// Integers are tried before floats, as `0x1e2` is one and `1e2` the other.
  private static func strippedNumeric(
    _ text: Span<UInt8>, dialect: GoInteger.Dialect
  ) -> ScalarTag {
    if GoInteger.parseStripped(text, dialect: dialect) != nil { return .integer }
    return GoFloat.parseStripped(text) == nil ? .string : .float
  }

  /// Tells whether the text is `word` in lower case, in capitals or with one capital in front.
  private static func isCased(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    let isLowerSecond = text.count > 1 && text[1] & 0x20 != 0
    return word.withUTF8Buffer { expected in
      var index = 0
      for letter in expected {
        let byte = text[index]
        guard byte | 0x20 == letter else { return false }
        let isLower = byte & 0x20 != 0
        if index > 0, isLower != isLowerSecond { return false }
        if index == 0, isLower, text.count > 1, !isLowerSecond { return false }
        index &+= 1
      }
      return true
    }
  }

  /// Tells whether the text looks like `12:30:45` or `1:30.5`: base 60 of YAML 1.1.
  private static func isBase60(_ text: Span<UInt8>) -> Bool {
    var index = text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-") ? 1 : 0
    guard text.isDigit(at: index) else { return false }
    skipDigitsAndUnderscores(text, &index)
    guard index < text.count, text[index] == UInt8(ascii: ":") else { return false }
    while index < text.count, text[index] == UInt8(ascii: ":") {
      index &+= 1
      guard skipSixtieth(text, &index) else { return false }
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index &+= 1
      skipDigitsAndUnderscores(text, &index)
    }
    return index == text.count
  }

  private static func skipDigitsAndUnderscores(_ text: Span<UInt8>, _ index: inout Int) {
    while text.isDigit(at: index) || (index < text.count && text[index] == UInt8(ascii: "_")) {
      index &+= 1
    }
  }

  /// Skips one digit, or two if the first is at most five.
  private static func skipSixtieth(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
    guard text.isDigit(at: index) else { return false }
    let maySkipTwo = text[index] <= UInt8(ascii: "5")
    index &+= 1
    if maySkipTwo, text.isDigit(at: index) { index &+= 1 }
    return true
  }
}
