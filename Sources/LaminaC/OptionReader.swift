internal import Lamina
internal import LaminaEditing

/// Reads the fields of a JSON object, each once; what nobody has asked for at the end is a mistake.
struct OptionReader {
  /// What messages write before the names of fields: `helm.`.
  private let prefix: String
  private var left: [YAMLValue.Entry]
  private var known: [String] = []

  /// - Parameter text: an object; nothing stands for one without fields.
  init(_ text: [UInt8]) throws(InvalidCall) {
    let value: YAMLValue
    do throws(EditError) { value = try YAMLEditor(text).value } catch {
      let place = error.line.map { " in line \($0)" } ?? ""
      throw InvalidCall("options: this is not JSON\(place): \(error.message)")
    }
    try self.init(value, prefix: "", name: "options")
  }

  private init(_ value: YAMLValue, prefix: String, name: String) throws(InvalidCall) {
    switch value {
    case .null: left = []
    case .mapping(let entries): left = entries
    default: throw InvalidCall("\(name) must be an object")
    }
    self.prefix = prefix
  }

  /// The value of a field, which nobody else asks for.
  private mutating func take(_ name: String) -> YAMLValue? {
    known.append(name)
    let value = left.last { $0.key == name }?.value
    left.removeAll { $0.key == name }
    return value.flatMap { $0.isNull ? nil : $0 }
  }

  mutating func flag(_ name: String) throws(InvalidCall) -> Bool {
    switch take(name) {
    case nil, .other("false"): return false
    case .other("true"): return true
    default: throw InvalidCall("options: \(prefix)\(name) must be true or false")
    }
  }

  mutating func text(_ name: String) throws(InvalidCall) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value else {
      throw InvalidCall("options: \(prefix)\(name) must be a string")
    }
    return text
  }

  mutating func texts(_ name: String) throws(InvalidCall) -> [String] {
    guard let value = take(name) else { return [] }
    guard case .sequence(let items) = value else {
      throw InvalidCall("options: \(prefix)\(name) must be a list of strings")
    }
    var texts: [String] = []
    for item in items {
      guard case .string(let text) = item else {
        throw InvalidCall("options: \(prefix)\(name) must be a list of strings")
      }
      texts.append(text)
    }
    return texts
  }

  /// A number above 0.
  mutating func number(_ name: String) throws(InvalidCall) -> Double? {
    guard let value = take(name) else { return nil }
    guard case .other(let text) = value, let number = Double(text), number > 0, number.isFinite
    else { throw InvalidCall("options: \(prefix)\(name) must be a number above 0") }
    return number
  }

  /// A whole number of at least 0.
  mutating func count(_ name: String) throws(InvalidCall) -> Int? {
    guard let value = take(name) else { return nil }
    guard case .other(let text) = value, let number = Int(text), number >= 0 else {
      throw InvalidCall("options: \(prefix)\(name) must be a whole number of at least 0")
    }
    return number
  }

  /// One of several words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Choice.Type = Choice.self
  ) throws(InvalidCall) -> Choice? {
    guard let text = try text(name) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let hint = Suggestion.hint(for: text, among: words)
    throw InvalidCall(
      "options: \(prefix)\(name) must be \(words.joined(separator: " or ")), not \"\(text)\""
        + (hint.map { "; \($0)" } ?? ""))
  }

  /// The fields of an object, all of which `read` asks for.
  mutating func object(
    _ name: String, _ read: (inout OptionReader) throws(InvalidCall) -> Void
  ) throws(InvalidCall) {
    guard let value = take(name) else { return }
    var reader = try OptionReader(
      value, prefix: "\(prefix)\(name).", name: "options: \(prefix)\(name)")
    try read(&reader)
    try reader.finish()
  }

  /// Throws where there is a field that nobody has asked for.
  func finish() throws(InvalidCall) {
    guard let unknown = left.first?.key else { return }
    let hint =
      Suggestion.hint(for: unknown, among: known)
      ?? "known are \(known.sorted().joined(separator: ", "))"
    throw InvalidCall("options: there is no option \"\(prefix)\(unknown)\"; \(hint)")
  }
}
