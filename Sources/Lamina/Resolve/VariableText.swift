/// What a var stands for.
enum VariableValue: Sendable {
  case text([UInt8])
  case integer(Int64)
  case float(Double)
  case bool(Bool)
  /// A mapping or a list, which cannot be put anywhere: the reference stays as it is.
  case collection
}

/// A text with references to vars, `$(NAME)`; `$$` is a dollar sign.
///
/// Names may hold anything but `)`. What is no reference, and what refers to no var, stays
/// (filters/refvar/expand.go).
struct VariableText {
  enum Expansion {
    case text([UInt8])
    /// The text was one reference and nothing else, so that a number stays a number.
    case value(VariableValue)
  }

  private let values: [ByteText: VariableValue]
  private(set) var used: Set<ByteText> = []
  /// The vars whose values come from Secrets.
  private let secrets: Set<ByteText>
  /// The var whose value the last text got; of several, the last, or the last whose value is a secret. Nil where
  /// it got none.
  private(set) var lastUsed: String?

  init(_ values: [ByteText: VariableValue], secrets: Set<ByteText> = []) {
    self.values = values
    self.secrets = secrets
  }

  /// Nil where the text would become longer than the limit.
  mutating func expand(_ input: ArraySlice<UInt8>, limit: Int) -> Expansion? {
    lastUsed = nil
    let dollar = UInt8(ascii: "$")
    var output: [UInt8] = []
    var rest = input
    let lastClose = input.lastIndex(of: UInt8(ascii: ")"))
    while let cursor = rest.firstIndex(of: dollar), cursor + 1 < rest.endIndex {
      output += rest[..<cursor]
      if output.count > limit { return nil }
      let next = rest[cursor + 1]
      // Looked for only where it is there, so that a text full of dollar signs takes no longer.
      let isOpen = next == UInt8(ascii: "(") && cursor < lastClose ?? cursor
      let close = isOpen ? rest[cursor...].firstIndex(of: UInt8(ascii: ")")) : nil
      switch (next, close) {
      case (UInt8(ascii: "("), let close?):
        let name = String(decoding: rest[(cursor + 2)..<close], as: UTF8.self)
        let value = value(of: name)
        if let value, cursor == input.startIndex, close == input.endIndex - 1 {
          return .value(value)
        }
        output += value.map { Self.bytes(of: $0) } ?? Array(rest[cursor...close])
        rest = rest[(close + 1)...]
      case (dollar, _):
        output.append(dollar)
        rest = rest[(cursor + 2)...]
      default:
        Self.append(dollar, next, to: &output)
        rest = rest[(cursor + 2)...]
      }
    }
    return .text(output + rest)
  }

  /// What a name stands for; nil where the reference is to stay.
  private mutating func value(of name: String) -> VariableValue? {
    guard let value = values[name] else { return nil }
    if case .collection = value { return nil }
    used.insert(name)
    if lastUsed.map({ !secrets.contains($0) }) ?? true || secrets.contains(name) { lastUsed = name }
    return value
  }

  /// Go takes the byte behind the dollar sign for a character of its own, so that one that needs
  /// several bytes is torn apart.
  private static func append(_ dollar: UInt8, _ next: UInt8, to output: inout [UInt8]) {
    output.append(dollar)
    output += Array(String(UnicodeScalar(next)).utf8)
  }

  private static func bytes(of value: VariableValue) -> [UInt8] {
    switch value {
    case .text(let bytes): return bytes
    case .integer(let number): return Array("\(number)".utf8)
    case .bool(let isTrue): return Array("\(isTrue)".utf8)
    case .float(let number):
      var text: [UInt8] = []
      appendGeneral(FloatDigits(number), to: &text)
      return text
    case .collection: return []
    }
  }
}
