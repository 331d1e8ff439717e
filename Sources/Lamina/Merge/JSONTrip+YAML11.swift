/// Patches in YAML become JSON by other rules than objects do.
extension JSONTrip {
  /// Brings the document of a patch file into JSON form, as sigs.k8s.io/yaml's `YAMLToJSON` does.
  ///
  /// That library reads YAML 1.1: `yes` is true, and of a key that stands twice the last wins; keys
  /// that are numbers or booleans become their text.
  ///
  /// Keys are renamed before repeated ones are looked for: `1: a` and `"1": b` are one field of the
  /// JSON object.
  static func marshalPatch(
    _ node: NodeID, in tree: inout Tree
  ) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    switch tree.shape(node) {
    case .scalar: try marshalPatchScalar(node, in: &tree)
    case .sequence:
      tree.keepKeyFlags(of: node)
      for child in tree.children(of: node) { try marshalPatch(child, in: &tree) }
    case .mapping:
      tree.keepKeyFlags(of: node)
      for child in tree.children(of: node) {
        try marshalKey(of: child, in: &tree)
      }
      removeEarlierDuplicates(of: node, in: &tree)
      for child in tree.children(of: node) { try marshalPatch(child, in: &tree) }
    }
  }

  /// Turns a scalar into the JSON that the library writes for the Go value it reads (yaml.go
  /// `convertToJSONableObject`).
  ///
  /// - Throws: for `.inf` and `.nan`, which `encoding/json` refuses, and for `!!binary` that is no
  ///   base64.
  private static func marshalPatchScalar(
    _ node: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let tag = tagInPatch(of: node, in: tree)
    switch tag {
    case .null: setJSON(node, Array("null".utf8), tag: .null, in: &tree)
    case .bool:
      let isTrue = tree.withText(node, isTrueInYAML11)
      setJSON(node, Array((isTrue ? "true" : "false").utf8), tag: .bool, in: &tree)
    case .integer, .float:
      var token: [UInt8] = []
      let outcome = tree.withText(node) { appendJSONNumber($0, tag: tag, to: &token) }
      guard outcome == .written else {
        throw .notInJSON(tree.string(node), at: tree.position(node))
      }
      setJSON(node, token, tag: tag, in: &tree)
    case .binary:
      guard let bytes = tree.withText(node, { decodeBase64($0) }) else {
        throw .invalidBase64(at: tree.position(node))
      }
      setJSON(node, Array(String(decoding: bytes, as: UTF8.self).utf8), tag: .string, in: &tree)
    case .string, .custom, .merge, .unresolved, .timestamp:
      // Without a Go type to decode to, go-yaml v2 leaves a timestamp the text it is.
      tree.setTag(.string, of: node)
      tree.keepKeyFlags(of: node)
    }
  }

  /// The tree was read as YAML 1.2, so a plain scalar is resolved once more by the rules of 1.1.
  /// Named tags and quotes mean the same in both.
  private static func tagInPatch(of node: NodeID, in tree: Tree) -> ScalarTag {
    let value = tree[node]
    if value.flags.contains(.explicitTag) { return value.tag }
    if value.flags.contains(.quoted) { return .string }
    return tree.withText(node) { ScalarTag.plainYAML11($0) }
  }

  /// Whether one of the boolean words of YAML 1.1 is a true one: `y…`, `true` or `on`. The text is
  /// known to be one, so that its first letter says which; `on` has two letters, `off` three.
  private static func isTrueInYAML11(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0 else { return false }
    switch text[0] | 0x20 {
    case UInt8(ascii: "y"), UInt8(ascii: "t"): return true
    case UInt8(ascii: "o"): return text.count == 2
    default: return false
    }
  }

  // MARK: - Keys

  /// Gives the key of a field the text that it has in JSON.
  ///
  /// Quotes around keys are not recorded as such, but two flags tell enough: `keyIsNotText` is set
  /// for a plain key that YAML 1.2 takes for something else, and `keyIsPlain` for one without
  /// quotes, which only matters for words that are booleans in 1.1 alone.
  private static func marshalKey(
    of field: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let key = tree.key(field)
    let flags = tree[field].flags
    tree.removeFlags(.ofKey, from: field)
    let tag = tree.symbols.withBytes(of: key) { ScalarTag.plainYAML11($0) }
    guard tag != .string, tag != .timestamp, tag != .merge else { return }
    // By YAML 1.2, by which it was read, a key such as `on` is text with and without quotes.
    guard flags.contains(.keyIsNotText) || (tag == .bool && flags.contains(.keyIsPlain)) else {
      return
    }
    guard let text = tree.symbols.withBytes(of: key, { keyText($0, tag: tag) }) else {
      throw .unsupportedKey(tree.symbols.string(key), at: tree.position(field))
    }
    tree.renameKey(tree.symbols.intern(text.span), of: field)
  }

  /// The text that a key becomes; nil for one that JSON cannot have.
  ///
  /// - Parameter tag: what the key is by YAML 1.1. Null keys, for one, have no text; the library
  ///   fails on them, too.
  private static func keyText(_ text: Span<UInt8>, tag: ScalarTag) -> [UInt8]? {
    var result: [UInt8] = []
    switch tag {
    case .bool: result = Array((isTrueInYAML11(text) ? "true" : "false").utf8)
    case .integer:
      guard case .signed = GoInteger.parse(text, dialect: .yaml11) else { return nil }
      _ = appendNormalizedInteger(text, to: &result)
    case .float:
      guard let value = GoFloat.parse(text) else { return nil }
      appendKeyFloat(value, to: &result)
    default: return nil
    }
    return result
  }

  /// The library writes such a key with the digits of a 32-bit float.
  ///
  /// `strconv.FormatFloat(key, 'g', -1, 32)`: yaml.go `convertToJSONableObject` passes 32 as the
  /// size of the type, so that `1.23456789` becomes `1.2345679`.
  private static func appendKeyFloat(_ value: Double, to out: inout [UInt8]) {
    let short = Float(value)
    if short.isNaN { return out.append(word: ".nan") }
    if short.isInfinite { return out.append(contentsOf: (short < 0 ? "-.inf" : ".inf").utf8) }
    appendGeneral(FloatDigits(Double(short.description) ?? value), to: &out)
  }

  /// go-yaml v2 reads mappings into Go maps, where a later entry overwrites an earlier one. The
  /// table is built for each mapping, and children are removed only if the counts differ.
  private static func removeEarlierDuplicates(of mapping: NodeID, in tree: inout Tree) {
    var last = NumberTable<Symbol, NodeID>()
    let children = tree.children(of: mapping)
    for child in children { last.updateValue(child, forKey: tree.key(child)) }
    guard last.count < children.count else { return }
    tree.removeChildren(of: mapping) { tree, child in last[tree.key(child)] != child }
  }
}

extension Problem {
  fileprivate static func notInJSON(_ text: String, at position: Position) -> Problem {
    Problem(
      .patchedValueNotInJson, "`\(text)` is not a value that JSON can hold", at: position,
      hint: "write it in quotes if it is meant as text")
  }

  fileprivate static func invalidBase64(at position: Position) -> Problem {
    Problem(.patchedBase64Invalid, "!!binary value contains invalid base64 data", at: position)
  }

  fileprivate static func unsupportedKey(_ key: String, at position: Position) -> Problem {
    Problem(
      .patchedKeyNotText, "key `\(key)` is not a string, and JSON has no other keys", at: position,
      hint: "write the key in quotes")
  }
}
