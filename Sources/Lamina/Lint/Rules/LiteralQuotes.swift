extension Rule {
  /// The text is judged before quotes are taken off (`KeyValues.item`).
  static let literalQuotes = Rule(
    .literalQuotes, .lint, askedOnceFor: .file,
    summary: "the quotes of a literal are kept, or lost, against what one expects",
    page: """
      kustomize takes quotes away if the value begins and ends with the same one, and looks no further.

          literals:
          - A="one" and "two"   # one" and "two
          - B="two words        # the quote stays
      """
  ) { inspection in
    inspection.build.forEachGenerator { generator, _ in
      for literal in generator.literals {
        guard let quotes = LiteralQuotes(literal.text) else { continue }
        let isSecret = inspection.build.hidesValue(at: literal.position)
        inspection.report(
          .literalQuotes(quotes, at: literal.position, isHidden: isSecret), .lint)
      }
    }
  }
}

/// What is odd about the quotes of a literal.
private enum LiteralQuotes {
  /// The value begins and ends with a quote, but the two do not belong together.
  case outerLost(value: String)
  /// Only one end of the value has a quote.
  case openKept

  /// Nil where the quotes are what they seem: a pair around the value, or none at its ends.
  init?(_ literal: String) {
    let bytes = Array(literal.utf8)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let value = bytes[(equals + 1)...]
    guard let first = value.first, let last = value.last else { return nil }
    let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    if value.count > 1, first == last, quotes.contains(first) {
      let inner = value.dropFirst().dropLast()
      let places = inner.indices.filter {
        inner[$0] == first && ($0 == inner.startIndex || inner[$0 - 1] != UInt8(ascii: "\\"))
      }
      if places.isEmpty { return nil }
      self = .outerLost(value: String(decoding: inner, as: UTF8.self))
      return
    }
    for quote in quotes where first == quote || last == quote {
      if !value.count(where: { $0 == quote }).isMultiple(of: 2) {
        self = .openKept
        return
      }
    }
    return nil
  }
}

extension Problem {
  fileprivate static func literalQuotes(
    _ quotes: LiteralQuotes, at position: Position, isHidden: Bool
  ) -> Problem {
    switch quotes {
    case .outerLost where isHidden:
      Problem(.literalQuotes, "the first and the last quote are lost", at: position)
    case .outerLost(let value):
      Problem(.literalQuotes, "the first and the last quote are lost: \(value)", at: position)
    case .openKept:
      Problem(
        .literalQuotes, "a quote without its counterpart belongs to the value", at: position)
    }
  }
}
