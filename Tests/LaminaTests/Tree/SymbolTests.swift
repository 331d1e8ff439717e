import Testing

@testable import Lamina

@Suite struct SymbolTests {
  /// Texts of all lengths that matter to words, which differ in one byte.
  @Test func tellsTextsApart() {
    var symbols = SymbolTable()
    var known: [[UInt8]: Symbol] = [:]
    for count in 0..<40 {
      var text = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
      for place in -1..<count {
        if place >= 0 { text[place] ^= 0x80 }
        #expect(symbols.find(text.span) == nil || known[text] != nil || count == 0)
        let symbol = symbols.intern(text.span)
        #expect(known.updateValue(symbol, forKey: text) == nil)
        if place >= 0 { text[place] ^= 0x80 }
      }
    }
    #expect(Set(known.values).count == known.count)
    for (text, symbol) in known {
      #expect(symbols.find(text.span) == symbol)
      #expect(symbols.intern(text.span) == symbol)
      #expect(Array(symbols.bytes(symbol)) == text)
    }
  }

  @Test func knowsItsOwnWords() {
    var symbols = SymbolTable()
    #expect(symbols.intern("metadata") == .metadata)
    #expect(symbols.intern("_non_namespaceable_") == .notANamespace)
    #expect(symbols.intern("") == .empty)
    #expect(symbols.intern(ArraySlice<UInt8>()) == .empty)
  }
}
