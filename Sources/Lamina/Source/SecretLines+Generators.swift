/// Lines of `secretGenerator`, of a `SecretGenerator`, and of env files.
///
/// Shown is what is known to be no value: the fields that generators have, the names and paths behind them, and what is
/// a key for sure. All else is masked, however it is spelled:
///
///     - name: login                - name: login
///       literals:                    literals:
///       - user=admin                 - user=(secret)
///       - "pass word=x"              - (secret)
///       - token: x                   - (secret)
///       data: {a: x}                 data: (secret)
extension SecretLines {
  /// The fields of a generator whose values are no secrets, in small letters; `GeneratorField` has them all. Those that
  /// a kustomization or an object has around them lead to generators only.
  static let fieldsOfGenerators: [String] = [
    "apiversion", "kind", "metadata", "secretgenerator", "generators", "name", "namespace",
    "behavior", "type", "files", "envs", "env", "options", "labels", "annotations",
    "disablenamesuffixhash", "immutable",
  ]

  /// What of a line of a generator is secret; nil where nothing is.
  static func valueOfGenerator(in item: Substring) -> Substring? {
    if item.isEmpty { return nil }
    var rest = item
    var isFirst = true
    // An entry in braces has all of its fields on one line.
    while let key = key(of: rest), let colon = rest[key.endIndex...].firstIndex(of: ":") {
      isFirst = false
      let value = rest[rest.index(after: colon)...].drop { $0 == " " }
      let name = key.lowercased()
      if name == "literals" { return valueOfLiterals(in: value) }
      if !fieldsOfGenerators.contains(name) { return value.isEmpty ? nil : value }
      // Entries of objects and fields go on within the brackets, all else behind them or a comma.
      let isEntry = value.first == "{" || value.drop { "[ ".contains($0) }.first == "{"
      guard let next = isEntry ? value : remainder(behind: value) else {
        return value.first == "[" && value.contains("=") ? valueOfPair(in: value) : nil
      }
      rest = next.drop { "[]{}, ".contains($0) }
    }
    if rest.allSatisfy({ "[]{}, \r".contains($0) }) { return nil }
    return isFirst ? valueOfPair(in: rest) : rest
  }

  /// What stands behind the value of a field on a line; nil where nothing does, or where a list holds pairs.
  private static func remainder(behind value: Substring) -> Substring? {
    guard value.first == "[" else { return value.cut(at: ",")?.after }
    guard let list = value.cut(at: "]"), !list.before.contains("=") else { return nil }
    return list.after
  }

  /// What stands behind `literals:` on its line. In brackets, one item may be a value alone, before another one with its
  /// key.
  private static func valueOfLiterals(in value: Substring) -> Substring? {
    let arePairs = value.parts(at: ",").allSatisfy { $0.contains("=") }
    return arePairs ? valueOfPair(in: value) : value.isEmpty ? nil : value
  }

  /// The value of `key=value`; all of a text that does not begin with a key for sure.
  static func valueOfPair(in text: Substring) -> Substring? {
    guard let pair = text.cut(at: "="),
      isKey(pair.before.drop { "[ \"'".contains($0) }, before: pair.after)
    else { return text.isEmpty ? nil : text }
    return pair.after.isEmpty ? nil : pair.after
  }

  /// Whether what stands before `=` is a key for sure, and no part of a value: base64 ends with this sign as well.
  private static func isKey(_ text: Substring, before value: Substring) -> Bool {
    guard isKey(text) else { return false }
    let padding = value.prefix { $0 == "=" }.utf8.count + 1
    let isPadding = value[value.index(value.startIndex, offsetBy: padding - 1)...]
      .allSatisfy { "\"' ,]}\r".contains($0) }
    let isBase64 = text.utf8.allSatisfy { isWordByte($0) && !"-_.".utf8.contains($0) }
    let count = text.utf8.count + padding
    let isLong = count >= 16 && count.isMultiple(of: 4)
    return !(isPadding && isBase64 && (padding == 2 || padding == 1 && isLong))
  }

  /// The same of what a generator has read.
  static func isKey(_ key: String, before value: [UInt8]) -> Bool {
    // Nearly all are no padding, and need not be looked at as texts.
    if let first = value.first, first != UInt8(ascii: "="), key.utf8.allSatisfy(isWordByte) {
      return !key.isEmpty
    }
    return isKey(key[...], before: String(decoding: value, as: UTF8.self)[...])
  }

  /// Whether a text has nothing but what keys of Secrets have. `export` in front of it is a usual mistake.
  static func isKey(_ text: Substring) -> Bool {
    var key = text
    if key.begins(with: "export ") { key = key.dropFirst(7) }
    while key.last == " " { key.removeLast() }
    return !key.isEmpty && key.utf8.allSatisfy(isWordByte)
  }

  /// A byte of keys.
  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Follows the lines of generators, and says what holds each.
  struct GeneratorFields {
    private enum Kind {
      case literals
      case options
      /// A field that generators do not have, and all that stands below it.
      case unknown
    }

    /// The field whose value may go on below its line: where its key stands, and where the items of its list do.
    private var open: (kind: Kind, indent: Int, ofItems: Int?)?

    mutating func holder(of line: Substring) -> Holder {
      let rest = line.drop { $0 == " " || $0 == "\t" }
      if rest.isEmpty { return .generator }
      let indent = line.distance(from: line.startIndex, to: rest.startIndex)
      let isItem = rest.begins(with: "- ") || rest == "-"
      if let field = open, indent > field.indent || indent == field.indent && isItem {
        switch field.kind {
        case .options: return .options
        case .unknown: return .literal(isStart: false)
        case .literals:
          let ofItems = field.ofItems ?? indent
          open?.ofItems = ofItems
          return .literal(isStart: isItem && indent == ofItems)
        }
      }
      open = kind(of: line).map { ($0, SecretLines.indent(of: line), nil) }
      return .generator
    }

    private func kind(of line: Substring) -> Kind? {
      let content = SecretLines.content(of: line)
      guard let key = SecretLines.key(of: content)?.lowercased() else { return nil }
      // What opens in braces may close on a later line, among literals.
      if key == "literals" || content.lowercased()[...].firstRange(of: "literals") != nil {
        return .literals
      }
      if ["options", "metadata"].contains(key) { return .options }
      return SecretLines.fieldsOfGenerators.contains(key) ? nil : .unknown
    }
  }
}
