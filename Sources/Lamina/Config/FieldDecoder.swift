/// Reads typed values out of the tree of a configuration file.
///
/// kustomize turns such files into JSON with YAML 1.1's words for true and false, and decodes that
/// with Go's `encoding/json`: names match without regard to case, null leaves a field as it is, a
/// number is not a string, and unknown names are errors (types/kustomization.go `Unmarshal`).
///
/// The tree was read once, by YAML 1.2, as all files are. What another reader would have made of a
/// scalar is decided here from its text, flags and `manner`; no second pass over the text is
/// needed.
struct FieldDecoder {
  /// kustomize has three ways of reading such files.
  enum Manner: Sendable {
    /// A kustomization file.
    case kustomization
    /// A file of `configurations`. sigs.k8s.io/yaml knows which type it is to fill there, and makes
    /// text of numbers and booleans where text is wanted; no key may stand twice.
    case configuration
    /// A file of `replacements`: as a kustomization file, but fields that nobody knows are not looked
    /// at.
    case replacements
    /// An object of `transformers`, `generators` or `validators`: read as every resource is, so with
    /// YAML 1.2's words, then as above, but fields that nobody knows are not looked at.
    case object
  }

  /// What is read from. A decoder is handed on with each field: so it is one reference and not twenty.
  private final class Source {
    let tree: Tree
    let sources: SourceMap
    /// What an author should know of fields that can be read.
    ///
    /// Gathered over all fields of the file.
    var remarks: [Problem] = []

    init(_ tree: Tree, _ sources: SourceMap) {
      self.tree = tree
      self.sources = sources
    }
  }

  /// Shared by all copies of the decoder, so that a remark made by one is seen by the caller.
  private let source: Source
  /// `_read` lends the tree. A plain getter would retain its storage for each field.
  var tree: Tree { _read { yield source.tree } }
  var sources: SourceMap { _read { yield source.sources } }
  /// Which of kustomize's readers is imitated.
  var manner = Manner.kustomization
  /// The fields are those of a type that is embedded in another one of kustomize's. sigs.k8s.io/yaml
  /// does not see what their types are, so that a number is no text there.
  private var isEmbedded = false
  /// Messages quote no values: they are those of a Secret.
  private var hidesValues = false

  init(tree: Tree, sources: SourceMap, manner: Manner = .kustomization) {
    source = Source(tree, sources)
    self.manner = manner
  }

  /// What the author of the file should know, though it can be read (see `Rule.Scope.reported`).
  var remarks: [Problem] { source.remarks }

  /// Notes what the author of the file should know.
  func remark(_ problem: Problem) { source.remarks.append(problem) }

  /// The decoder for fields of embedded types.
  var embedded: FieldDecoder {
    var decoder = self
    decoder.isEmbedded = true
    return decoder
  }

  /// The decoder for values of Secrets, which messages do not quote where they show none.
  var ofSecrets: FieldDecoder {
    var decoder = self
    decoder.hidesValues = sources.hidesSecrets
    return decoder
  }

  /// Goes through the fields of a mapping that have a value; `what` is what messages call the mapping.
  ///
  /// The fields are independent of one another: `read` is called for all of them, and what is wrong
  /// with each is thrown in the end.
  ///
  /// - Parameter excluded: a field of the set that this mapping does not have.
  func fields<Name: FieldSet>(
    of node: NodeID, as what: String, without excluded: Name? = nil,
    _ read: (Name, NodeID) throws(Problem) -> Void
  ) throws(Problem) {
    // Unknown names come first: Go's decoder is not asked for values where a name is wrong.
    var unknown = Mistakes()
    var mistakes = Mistakes()
    if tree.shape(node) != .mapping {
      throw wrongType(node, "a mapping", for: what).hinting(mappingHint(node, Name.self))
    }
    for value in try fields(of: node, as: what) where !unknown.isFull && !mistakes.isFull {
      let written = tree.symbols.string(tree.key(value))
      // `Name(written:)` ignores case, as `encoding/json` does for the names of struct fields.
      guard let name = Name(written: written), name.rawValue != excluded?.rawValue else {
        if passesOverUnknownFields { continue }
        unknown.add(
          UnknownField<Name>(written, in: node, as: what, without: excluded, manner, tree)
            .problem(at: value, in: tree, sources))
        continue
      }
      if name.rawValue != written, !Name.isSpelledInAnyCase {
        remark(otherCase(written, name.rawValue, at: value, in: what))
      }
      if tree.isNull(value) { continue }
      do { try read(name, value) } catch { mistakes.add(error) }
    }
    unknown.add(mistakes)
    try unknown.check()
  }

  /// Strict decoding (`DisallowUnknownFields`) is used for kustomizations and configurations only.
  private var passesOverUnknownFields: Bool { manner == .object || manner == .replacements }

  /// The fields of a mapping in the order of JSON's keys: of two spellings of one name, the last one
  /// counts.
  ///
  /// Go's decoder meets the keys of the JSON text in order, and `json.Marshal` has sorted them: so
  /// `Resources` (upper case first) comes before `resources`, which wins.
  private func fields(of node: NodeID, as what: String) throws(Problem) -> [NodeID] {
    if manner == .configuration { try checkKeys(of: node, as: what) }
    return lastOfEachKey(in: node).sorted(by: keysAscend)
  }

  /// Goes through the values of a list; null is an empty one. They are independent of one another.
  ///
  /// - Parameter field: what messages call the list.
  func eachItem(
    of node: NodeID, for field: String, _ read: (NodeID) throws(Problem) -> Void
  ) throws(Problem) {
    var mistakes = Mistakes()
    for item in try items(node, for: field) {
      try mistakes.collect { () throws(Problem) in try read(item) }
    }
    try mistakes.check()
  }

  /// The values of a list; null is an empty one.
  ///
  /// - Throws: for a value that is no list, with a hint how to write it as one.
  func items(_ node: NodeID, for field: String) throws(Problem) -> [NodeID] {
    if tree.isNull(node) { return [] }
    guard tree.shape(node) == .sequence else {
      throw wrongType(node, "a list", for: field).hinting(listHint(node, field))
    }
    return tree.children(of: node)
  }

  /// A text; `asWritten` leaves it without the checks and changes of `readable`.
  func string(
    _ node: NodeID, for field: String, asWritten: Bool = false
  ) throws(Problem) -> String {
    guard tree.shape(node) == .scalar else {
      throw wrongType(node, "a string", for: field).hinting(textHint(node, field))
    }
    switch meaning(of: node) {
    case .null: return ""
    case .timestamp where manner == .object:
      var text: [UInt8] = []
      let isTime = tree.withText(node) { appendTimestampAsRFC3339($0, to: &text) }
      return isTime ? String(decoding: text, as: UTF8.self) : tree.string(node)
    case .string, .timestamp, .custom, .merge, .unresolved:
      return asWritten ? tree.string(node) : try readable(node, for: field)
    case .binary:
      let decoded = tree.withText(node) { decodeBase64($0) }
      guard let decoded else { throw wrongType(node, "base64 data", for: field) }
      return String(decoding: decoded, as: UTF8.self)
    case .bool, .integer, .float:
      guard manner != .kustomization, !isEmbedded else { throw notText(node, for: field) }
      return try scalarText(node, for: field)
    }
  }

  /// The text that sigs.k8s.io/yaml makes of a number or a boolean.
  ///
  /// (sigs.k8s.io/yaml `convertToJSONableObject`, which does so where the Go field is a string.)
  private func scalarText(_ node: NodeID, for field: String) throws(Problem) -> String {
    var text: [UInt8] = []
    switch meaning(of: node) {
    case .bool: return Self.isTrue(tree.string(node)) ? "true" : "false"
    case .integer: tree.withText(node) { _ = appendNormalizedInteger($0, to: &text) }
    default:
      tree.withText(node) { _ = appendNormalizedFloat($0, to: &text) }
      // A fraction is cut to 32 bits on its way.
      if Int64(String(decoding: text, as: UTF8.self)) == nil,
        let value = Float(String(decoding: text, as: UTF8.self)), value.isFinite,
        let shortest = Double("\(value)")
      {
        text = []
        appendGeneral(FloatDigits(shortest), to: &text)
      }
    }
    if text.isEmpty { throw wrongType(node, "a string", for: field) }
    return String(decoding: text, as: UTF8.self)
  }

  /// A text with its place. The place is that of the value, not of the key.
  func entry(_ node: NodeID, for field: String) throws(Problem) -> Kustomization.Entry {
    Kustomization.Entry(
      text: try string(node, for: field), position: tree.position(node),
      isLiteral: tree[node].flags.contains(.literal))
  }

  /// A list of texts.
  func entries(_ node: NodeID, for field: String) throws(Problem) -> [Kustomization.Entry] {
    var result: [Kustomization.Entry] = []
    try eachItem(of: node, for: field) { (item) throws(Problem) in
      result.append(try entry(item, for: field))
    }
    return result
  }

  /// Goes through the fields of a mapping whose keys may be any text; null is an empty one.
  ///
  /// `read` gets the key as it is written, with its own place, as messages about such mappings
  /// point at keys.
  func eachField(
    of node: NodeID, for field: String,
    _ read: (Kustomization.Entry, NodeID) throws(Problem) -> Void
  ) throws(Problem) {
    if tree.isNull(node) { return }
    guard tree.shape(node) == .mapping else { throw wrongType(node, "a mapping", for: field) }
    var mistakes = Mistakes()
    for value in lastOfEachKey(in: node) {
      let key = tree.symbols.string(tree.key(value))
      let position = sources.position(ofKey: key, before: tree.position(value))
      try mistakes.collect { () throws(Problem) in
        try read(Kustomization.Entry(text: key, position: position), value)
      }
    }
    try mistakes.check()
  }

  /// A scalar as it was written, whatever it means to YAML; empty where it is none.
  func word(_ node: NodeID) -> Kustomization.Entry {
    Kustomization.Entry(
      text: tree.shape(node) == .scalar ? tree.string(node) : "", position: tree.position(node))
  }

  /// A list of texts, without their places.
  func strings(_ node: NodeID, for field: String) throws(Problem) -> [String] {
    try entries(node, for: field).map(\.text)
  }

  /// A mapping of strings to strings, sorted by key as Go's steps go through such maps.
  ///
  /// - Parameter asWritten: values are taken without the checks of `readable`.
  func pairs(
    _ node: NodeID, for field: String, asWritten: Bool = false
  ) throws(Problem) -> [Pair] {
    guard tree.shape(node) == .mapping else {
      throw wrongType(node, "a mapping of strings", for: field)
    }
    var result: [Pair] = []
    var mistakes = Mistakes()
    for child in lastOfEachKey(in: node) {
      try mistakes.collect { () throws(Problem) in
        let key = try key(of: child, for: field)
        let value = try string(child, for: "\(field).\(key)", asWritten: asWritten)
        result.append(Pair(key: key, value: value, position: tree.position(child)))
      }
    }
    try mistakes.check()
    return result.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// A boolean. The words of YAML 1.1 count (`yes`, `on`), but not in quotes: that is a string.
  func bool(_ node: NodeID, for field: String) throws(Problem) -> Bool {
    guard tree.shape(node) == .scalar, meaning(of: node) == .bool else {
      throw wrongType(node, "true or false", for: field)
        .hinting(plainHint(node) { ["true", "false", "yes", "no", "on", "off"].contains($0) })
    }
    return Self.isTrue(tree.string(node))
  }

  /// A whole number; `1.0` and `1e3` are such numbers, since they have the same text in JSON once
  /// Go has printed them.
  func integer(_ node: NodeID, for field: String) throws(Problem) -> Int64 {
    var digits: [UInt8] = []
    if tree.shape(node) == .scalar {
      switch meaning(of: node) {
      case .integer: tree.withText(node) { _ = appendNormalizedInteger($0, to: &digits) }
      case .float: tree.withText(node) { _ = appendNormalizedFloat($0, to: &digits) }
      default: break
      }
    }
    guard let value = Int64(String(decoding: digits, as: UTF8.self)) else {
      throw notWhole(node, for: field)
        .hinting(plainHint(node) { Int64($0) != nil })
    }
    return value
  }

  /// Text as it comes out of JSON that go-yaml v2 has read: kustomize hands the arguments of every
  /// step on in that form (internal/target/kusttarget.go `configureBuiltinPlugin`).
  ///
  /// A text that only passes through may so be refused or changed (`ScalarRepair`).
  private func readable(_ node: NodeID, for field: String) throws(Problem) -> String {
    let text = tree.text.span.extracting(tree.textRange(node))
    guard ScalarRepair.isReadable(text) else { throw controlCharacter(node, for: field) }
    guard let repaired = ScalarRepair.repaired(text) else { return tree.string(node) }
    return String(decoding: repaired, as: UTF8.self)
  }

  /// A key as JSON has it: YAML 1.1's booleans and numbers become their usual words.
  ///
  /// - Throws: for keys that JSON cannot have. Objects are stricter: there, a key that is not text
  ///   has been refused by the reader already.
  private func key(of child: NodeID, for field: String) throws(Problem) -> String {
    let written = tree.symbols.string(tree.key(child))
    if manner == .object {
      if tree[child].flags.contains(.keyIsNotText) { throw keyIsNotText(child, for: field) }
      return written
    }
    guard tree[child].flags.contains(.keyIsPlain) else { return written }
    let bytes = Array(written.utf8)
    var text: [UInt8] = []
    switch ScalarTag.plainYAML11(bytes.span) {
    case .bool: return Self.isTrue(written) ? "true" : "false"
    case .integer: _ = appendNormalizedInteger(bytes.span, to: &text)
    case .float: _ = appendNormalizedFloat(bytes.span, to: &text)
    case .null: throw nullKey(child, for: field)
    default: return written
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether a word that means a boolean means true.
  private static func isTrue(_ word: String) -> Bool {
    ["true", "yes", "on", "y"].contains(word.lowercased())
  }

  private func keysAscend(_ a: NodeID, _ b: NodeID) -> Bool {
    tree.symbols.precedes(tree.key(a), tree.key(b))
  }

  /// What a scalar is for sigs.k8s.io/yaml, which reads with YAML 1.1's words.
  ///
  /// An object of `transformers` was printed by kustomize before it is decoded, so YAML 1.2 has
  /// decided there.
  private func meaning(of node: NodeID) -> ScalarTag {
    let value = tree[node]
    if manner == .object { return tree.meaning(of: node) ?? .string }
    if value.flags.contains(.explicitTag) { return value.tag }
    if value.flags.contains(.quoted) { return .string }
    return tree.withText(node) { ScalarTag.plainYAML11($0) }
  }

  /// Only a file of `configurations` is read with go-yaml's strict mode.
  private func checkKeys(of node: NodeID, as what: String) throws(Problem) {
    var seen = NumberSet<Symbol>()
    for child in tree.children(of: node) where !seen.insert(tree.key(child)) {
      throw repeatedKey(tree.symbols.string(tree.key(child)), at: child, in: what)
    }
  }

  /// The fields of a mapping; of a key that stands twice, only the last.
  ///
  /// A repeated key is remarked, since kustomize ignores the first without a word.
  private func lastOfEachKey(in node: NodeID) -> [NodeID] {
    let all = tree.children(of: node)
    var result: [NodeID] = []
    var places = NumberTable<Symbol, Int>()
    // Most mappings are short, and then to compare all keys is less work than to make a table.
    let isShort = all.count <= 8
    for child in all {
      let key = tree.key(child)
      let known = isShort ? result.firstIndex { tree.key($0) == key } : places[key]
      if let known {
        remark(keyStandsTwice(result[known], child))
        result[known] = child
      } else {
        if !isShort { places.updateValue(result.count, forKey: key) }
        result.append(child)
      }
    }
    return result
  }
}

// MARK: - Words

extension FieldDecoder {
  private func otherCase(
    _ written: String, _ name: String, at field: NodeID, in what: String
  ) -> Problem {
    let position = sources.position(ofKey: written, before: tree.position(field))
    return Problem(
      .fieldCase, "the field of \(what) is spelled \"\(name)\", not \"\(written)\"", at: position,
      hint: "write \"\(name)\"; other tools than kustomize do not ignore case",
      fixes: [.renaming(written, to: name, at: position, isSafe: true)])
  }

  private func keyStandsTwice(_ first: NodeID, _ second: NodeID) -> Problem {
    let key = tree.symbols.string(tree.key(second))
    let before = sources.position(ofKey: key, before: tree.position(first))
    let line = sources.place(of: before).map { ", on line \($0.line)," } ?? ""
    return Problem(
      .duplicateKey, "\"\(key)\" is given twice; the first\(line) is ignored",
      at: sources.position(ofKey: key, before: tree.position(second)),
      hint: "put both into one"
    ).noting("the first is here", at: before)
  }

  /// - Parameter wanted: what the field should be, with its article: "a list".
  func wrongType(_ node: NodeID, _ wanted: String, for field: String) -> Problem {
    Problem(
      .wrongFieldType, "\(field) must be \(wanted)\(found(node))", at: tree.position(node))
  }

  /// How to turn what was written into a list. The field's shape in the table tells what its
  /// elements look like.
  private func listHint(_ node: NodeID, _ field: String) -> String? {
    switch tree.shape(node) {
    case .scalar:
      let text = tree.string(node)
      if text.isEmpty || text.utf8.contains(.lineFeed) { return nil }
      if hidesValues { return "write it as a list" }
      guard case .objects(let owner)? = KustomizationField(rawValue: field)?.row.shape else {
        return "write it as a list: [\(text)]"
      }
      let key = Self.mainField(of: owner.rows.map(\.name))
      return key.map { "write it as a list: [{\($0): \(text)}]" }
    case .mapping: return "put a dash in front of the first field of each entry"
    case .sequence: return nil
    }
  }

  /// A text in the place of a mapping is the value of the field that says most.
  private func mappingHint<Name: FieldSet>(_ node: NodeID, _: Name.Type) -> String? {
    if Name.self == KustomizationField.self {
      return tree.shape(node) == .sequence ? "write \"resources:\" above the list" : nil
    }
    guard tree.shape(node) == .scalar, let field = Self.mainField(of: Name.allCases.map(\.rawValue))
    else { return nil }
    return "write \"\(field): \(tree.string(node))\""
  }

  /// The field that somebody means who writes a text in the place of a mapping.
  private static func mainField(of names: [String]) -> String? {
    ["rule", "path", "kind", "name", "order"].first { names.contains($0) }
  }

  /// Somebody has written `{path: x}` or `{key: value}` where a plain text belongs.
  private func textHint(_ node: NodeID, _ field: String) -> String? {
    let children = tree.children(of: node)
    guard children.count == 1, let child = children.first, tree.shape(child) == .scalar else {
      return nil
    }
    if hidesValues { return tree.shape(node) == .mapping ? "write KEY=VALUE" : nil }
    let (key, text) = (tree.symbols.string(tree.key(child)), tree.string(child))
    if tree.shape(node) == .mapping {
      if field.ends(with: ".literals") { return "write \"\(key)=\(text)\"" }
      guard ["path", "file", "name"].contains(key) else { return nil }
    }
    return "write \"\(text)\" alone"
  }

  /// A value that would be right without its quotes.
  private func plainHint(_ node: NodeID, _ isRight: (String) -> Bool) -> String? {
    guard tree.shape(node) == .scalar, tree[node].flags.contains(.quoted) else { return nil }
    let text = tree.string(node)
    return isRight(text) ? "write it without quotes: \(text)" : nil
  }

  private func notWhole(_ node: NodeID, for field: String) -> Problem {
    let isNumber = tree.shape(node) == .scalar && [.integer, .float].contains(meaning(of: node))
    guard isNumber else { return wrongType(node, "a whole number", for: field) }
    return Problem(
      .wrongFieldType, "\(field) must be a whole number, not \(tree.string(node))",
      at: tree.position(node))
  }

  private func notText(_ node: NodeID, for field: String) -> Problem {
    let text = tree.string(node)
    return Problem(
      .fieldNotText, "\(field) must be a string\(found(node))", at: tree.position(node),
      hint: hidesValues ? "write it in quotes" : "write it in quotes: \"\(text)\"",
      fixes: [
        Problem.Fix(
          message: "write it in quotes", position: tree.position(node), original: text,
          replacement: "\"\(text)\"", isSafe: true)
      ])
  }

  private func controlCharacter(_ node: NodeID, for field: String) -> Problem {
    Problem(
      .controlCharacterInField, "\(field) has a control character, which is not allowed",
      at: tree.position(node))
  }

  private func repeatedKey(_ name: String, at field: NodeID, in what: String) -> Problem {
    Problem(
      .repeatedField, "\(what) has the key \"\(name)\" twice",
      at: sources.position(ofKey: name, before: tree.position(field)))
  }

  private func keyIsNotText(_ node: NodeID, for field: String) -> Problem {
    Problem(
      .fieldKeyNotText, "\(field) has a key that is not a string", at: tree.position(node),
      hint: "write the key in quotes")
  }

  private func nullKey(_ node: NodeID, for field: String) -> Problem {
    Problem(.fieldKeyNull, "\(field) has a key without text", at: tree.position(node))
  }

  /// The end of a message: ", not a list".
  private func found(_ node: NodeID) -> String {
    switch tree.shape(node) {
    case .mapping: return ", not a mapping"
    case .sequence: return ", not a list"
    case .scalar:
      switch meaning(of: node) {
      case .bool: return ", not a boolean"
      case .integer, .float: return ", not a number"
      case .null: return ", not null"
      default: return ", not a string"
      }
    }
  }
}

extension Problem.Fix {
  /// Another name for a field.
  static func renaming(
    _ name: String, to other: String, at position: Position, isSafe: Bool
  ) -> Problem.Fix {
    Problem.Fix(
      message: "replace \"\(name)\" with \"\(other)\"", position: position, original: name,
      replacement: other, isSafe: isSafe)
  }
}
