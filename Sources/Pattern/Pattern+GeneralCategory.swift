extension Pattern {
  /// The code points of `\p{name}`.
  ///
  /// Case, spaces, underscores and hyphens in the name do not count. Besides the general
  /// categories there are Any, Assigned and ASCII; scripts are not among the names known here.
  /// Source: Go regexp/syntax and unicode, `Categories` and `CategoryAliases`.
  static func unicodeClass(named name: ArraySlice<UInt8>) -> ScalarSet.Member? {
    let plain = normalizedName(name)
    switch plain {
    case "any": return .init(ranges: [0...maximumCode])
    case "ascii": return .init(ranges: [0x00...0x7F])
    case "assigned": return .init(categories: [.unassigned], isNegated: true)
    default: break
    }
    if let categories = categoryGroup(named: plain) { return .init(categories: categories) }
    return category(named: plain).map { .init(categories: [$0]) }
  }

  /// A name without what does not count in it.
  private static func normalizedName(_ name: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    for byte in name {
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "): continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The general categories that a name for several of them covers.
  private static func categoryGroup(named name: String) -> [Unicode.GeneralCategory]? {
    switch name {
    case "c", "other": [.control, .format, .surrogate, .privateUse, .unassigned]
    case "l", "letter":
      [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
    case "lc", "casedletter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    case "m", "mark", "combiningmark": [.nonspacingMark, .spacingMark, .enclosingMark]
    case "n", "number": [.decimalNumber, .letterNumber, .otherNumber]
    case "p", "punctuation", "punct":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ]
    case "s", "symbol": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
    case "z", "separator": [.spaceSeparator, .lineSeparator, .paragraphSeparator]
    default: nil
    }
  }

  /// The general category of a name, short or long.
  ///
  /// The long names are those of Unicode's PropertyValueAliases.txt.
  private static func category(named name: String) -> Unicode.GeneralCategory? {
    switch name {
    case "cc", "control", "cntrl": .control
    case "cf", "format": .format
    case "cn", "unassigned": .unassigned
    case "co", "privateuse": .privateUse
    case "cs", "surrogate": .surrogate
    case "ll", "lowercaseletter": .lowercaseLetter
    case "lm", "modifierletter": .modifierLetter
    case "lo", "otherletter": .otherLetter
    case "lt", "titlecaseletter": .titlecaseLetter
    case "lu", "uppercaseletter": .uppercaseLetter
    case "mc", "spacingmark": .spacingMark
    case "me", "enclosingmark": .enclosingMark
    case "mn", "nonspacingmark": .nonspacingMark
    case "nd", "decimalnumber", "digit": .decimalNumber
    case "nl", "letternumber": .letterNumber
    case "no", "othernumber": .otherNumber
    default: punctuationCategory(named: name)
    }
  }

  /// The general category of a name for punctuation, a symbol or a separator.
  private static func punctuationCategory(named name: String) -> Unicode.GeneralCategory? {
    switch name {
    case "pc", "connectorpunctuation": .connectorPunctuation
    case "pd", "dashpunctuation": .dashPunctuation
    case "pe", "closepunctuation": .closePunctuation
    case "pf", "finalpunctuation": .finalPunctuation
    case "pi", "initialpunctuation": .initialPunctuation
    case "po", "otherpunctuation": .otherPunctuation
    case "ps", "openpunctuation": .openPunctuation
    case "sc", "currencysymbol": .currencySymbol
    case "sk", "modifiersymbol": .modifierSymbol
    case "sm", "mathsymbol": .mathSymbol
    case "so", "othersymbol": .otherSymbol
    case "zl", "lineseparator": .lineSeparator
    case "zp", "paragraphseparator": .paragraphSeparator
    case "zs", "spaceseparator": .spaceSeparator
    default: nil
    }
  }
}
