/// Reads the language of label selectors.
///
/// Refusals are worded as Kubernetes words them. Source: k8s.io/apimachinery
/// pkg/labels/selector.go (`Parser`).
struct LabelSelectorParser {
  struct Requirement {
    /// Not interned yet: the parser knows no symbols.
    let key: String
    let operation: LabelSelector.Requirement.Operation
    let values: [[UInt8]]
  }

  /// Why a text is no selector.
  struct Refusal: Error {
    let words: String
  }

  private typealias Item = LabelSelectorLexer.Item

  private var lexer: LabelSelectorLexer
  /// The item that `consume` returns next. One item of look-ahead is enough for this language.
  private var ahead: Item

  init(_ text: String) {
    lexer = LabelSelectorLexer(text)
    ahead = lexer.next()
  }

  /// The requirements between commas. An empty text has none; a comma at the end is refused.
  mutating func parse() throws(Refusal) -> [Requirement] {
    var requirements: [Requirement] = []
    while ahead.asValue != .end {
      guard ahead.asValue == .word || ahead.asValue == .not else {
        throw found(ahead, ", expected: !, identifier, or 'end of string'")
      }
      do {
        requirements.append(try requirement())
      } catch {
        throw Refusal(words: "unable to parse requirement: \(error.words)")
      }
      let item = consume()
      if item.token == .end { break }
      guard item.token == .comma else {
        throw found(item, ", expected: ',' or 'end of string'")
      }
      guard ahead.asValue == .word || ahead.asValue == .not else {
        throw found(ahead, ", expected: identifier after ','")
      }
    }
    return requirements
  }

  /// `key`, `!key`, or a key with a comparison. The key is checked before what follows it, which
  /// decides what is reported first.
  private mutating func requirement() throws(Refusal) -> Requirement {
    var item = consume()
    let isNegated = item.token == .not
    if isNegated { item = consume() }
    guard item.asValue == .word else { throw found(item, ", expected: identifier") }
    let key = String(decoding: item.text, as: UTF8.self)
    try LabelSyntax.checkKey(item.text)
    if isNegated { return Requirement(key: key, operation: .doesNotExist, values: []) }
    if ahead.token == .end || ahead.token == .comma {
      return Requirement(key: key, operation: .exists, values: [])
    }
    return try comparison(key)
  }

  /// What stands behind a key. `in` and `notin` may be keys as well, but not here.
  private mutating func comparison(_ key: String) throws(Refusal) -> Requirement {
    let sign = consume()
    switch sign.token {
    case .isIn, .notIn:
      let values = try list()
      try LabelSyntax.checkValues(values, of: key)
      return Requirement(
        key: key, operation: sign.token == .isIn ? .isIn : .notIn, values: values)
    case .equals, .doubleEquals, .notEquals:
      let value = try single()
      try LabelSyntax.checkValues([value], of: key)
      return Requirement(
        key: key, operation: sign.token == .notEquals ? .notIn : .isIn, values: [value])
    case .greater, .less:
      let value = try single()
      guard let bound = GoInteger.decimal(value.span) else {
        throw Refusal(words: "for 'Gt', 'Lt' operators, the value must be an integer")
      }
      try LabelSyntax.checkValues([value], of: key)
      let number = Int64(bound)
      return Requirement(
        key: key, operation: sign.token == .greater ? .greaterThan(number) : .lessThan(number),
        values: [])
    default: throw found(sign, ", expected: '=', '!=', '==', 'in', notin'")
    }
  }

  /// The one value behind a sign; nothing is the empty one.
  private mutating func single() throws(Refusal) -> [UInt8] {
    if ahead.token == .end || ahead.token == .comma { return [] }
    let item = consume()
    guard item.asValue == .word else { throw found(item, ", expected: identifier") }
    return item.text
  }

  /// The values between parentheses; a comma too many adds the empty one.
  private mutating func list() throws(Refusal) -> [[UInt8]] {
    let opening = consume()
    guard opening.token == .open else { throw found(opening, " expected: '('") }
    switch ahead.asValue {
    case .close:
      _ = consume()
      return [[]]
    case .word, .comma: break
    default: throw found(ahead, ", expected: ',', ')' or identifier")
    }
    return try listItems()
  }

  /// The values up to the closing parenthesis, which is taken as well (`parseIdentifiersList`).
  private mutating func listItems() throws(Refusal) -> [[UInt8]] {
    var values: [[UInt8]] = []
    while true {
      let item = consume()
      switch item.asValue {
      case .word:
        values.append(item.text)
        guard ahead.token == .comma || ahead.token == .close else {
          throw found(ahead, ", expected: ',' or ')'")
        }
      case .comma:
        if values.isEmpty || ahead.token == .close || ahead.token == .comma { values.append([]) }
        if ahead.token == .comma {
          // The comma behind it has been taken for an empty value, so something has to follow.
          _ = consume()
          continue
        }
      default: throw found(item, ", expected: ',', or identifier")
      }
      guard ahead.token == .close else { continue }
      _ = consume()
      return values
    }
  }

  /// Returns the item ahead and reads the next; the end stays.
  private mutating func consume() -> Item {
    defer { ahead = ahead.token == .end ? ahead : lexer.next() }
    return ahead
  }

  /// How Kubernetes begins most refusals.
  private func found(_ item: Item, _ words: String) -> Refusal {
    Refusal(words: "found '\(String(decoding: item.text, as: UTF8.self))'\(words)")
  }
}
