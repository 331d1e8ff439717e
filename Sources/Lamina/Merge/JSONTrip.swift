/// The trip of an object through JSON.
///
/// kustomize prints the object as YAML, reads that into Go values and prints these as JSON; the patch
/// library works on that text; the result is read into Go values, where every number is a `float64`,
/// printed as YAML and parsed (filters/patchjson6902/patchjson6902.go, kyaml/yaml/rnode.go
/// `MarshalJSON` and `UnmarshalJSON`). Nothing of this happens here in text. Between `marshal` and
/// `unmarshal` an object is in *JSON form*:
///
/// - strings have the tag `string` and no flags, numbers are spelled as JSON spells them;
/// - `custom` marks a string that a patch spells otherwise than Go would (see `JSONReader`);
/// - a null that a patch has put there is flagged, since `test` sees a difference.
///
/// Keys are not sorted: printers do that, and nothing else depends on their order.
enum JSONTrip {
  // MARK: - To JSON

  /// Brings an object into JSON form.
  ///
  /// - Throws: for what JSON cannot hold (`.inf`, `.nan`, keys below the top that are no text), for
  ///   repeated keys, and for values that contradict their tags.
  static func marshal(_ root: NodeID, in tree: inout Tree) throws(Problem) {
    // Go reads the fields of the object itself as strings, and leaves out a null key.
    var hasNullKey = false
    var child = tree.first(of: root)
    while let current = child {
      if tree[current].flags.contains(.keyIsNull) {
        hasNullKey = true
      } else {
        tree.removeFlags(.keyIsNotText, from: current)
      }
      child = tree.next(after: current)
    }
    if hasNullKey {
      tree.removeChildren(of: root) { tree, child in tree[child].flags.contains(.keyIsNull) }
    }
    try marshalValue(root, in: &tree)
  }

  /// Brings a value and all that is below it into JSON form. Twins are separated: each place of a
  /// shared label becomes a text of its own in JSON.
  ///
  /// - Parameter isInFlow: the value stands between brackets, where it is printed another way.
  static func marshalValue(
    _ node: NodeID, isInFlow: Bool = false, in tree: inout Tree
  ) throws(Problem) {
    tree.removeFlags(.twin, from: node)
    guard tree.shape(node) != .scalar else {
      return try marshalScalar(node, isInFlow: isInFlow, in: &tree)
    }
    try tree.stack.check(at: tree.position(node))
    let isInFlow = isInFlow || tree[node].flags.contains(.flow)
    tree.setFlags([], of: node)
    let isMapping = tree.shape(node) == .mapping
    if isMapping {
      if !isInFlow { try rereadKeys(of: node, in: &tree) }
      try checkKeys(of: node, in: tree)
    }
    var child = tree.first(of: node)
    while let current = child {
      try marshalValue(current, isInFlow: isInFlow, in: &tree)
      child = tree.next(after: current)
    }
  }

  /// Keys have been printed and read once more on the way, as texts have.
  private static func rereadKeys(of mapping: NodeID, in tree: inout Tree) throws(Problem) {
    var child = tree.first(of: mapping)
    while let current = child {
      try rereadKey(of: current, in: &tree)
      child = tree.next(after: current)
    }
  }

  /// Of nearly all keys the first byte says that nothing happens to them.
  private static func rereadKey(of field: NodeID, in tree: inout Tree) throws(Problem) {
    guard
      tree.symbols.withBytes(of: tree.key(field), { $0.count > 0 && $0[0] == UInt8(ascii: "\t") })
        || tree[field].flags.contains(.keyIsFolded)
    else { return }
    try tree.rereadKey(of: field, else: .patchedTextStartsWithTab)
  }

  /// Refuses repeated keys in all mappings of a value.
  ///
  /// For objects that kustomize decodes into Go values without changing them.
  static func checkAllKeys(of node: NodeID, in tree: Tree) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    if tree.shape(node) == .mapping { try checkKeys(of: node, in: tree) }
    var child = tree.first(of: node)
    while let current = child {
      try checkAllKeys(of: current, in: tree)
      child = tree.next(after: current)
    }
  }

  /// Refuses keys that are no text and keys that stand twice.
  ///
  /// Repetitions are found by looking up each key, which gives the first field that has it, up to
  /// 16 fields; with a table beyond that. Both find the same pair.
  private static func checkKeys(of mapping: NodeID, in tree: Tree) throws(Problem) {
    var many: NumberTable<Symbol, NodeID>?
    if tree.count(of: mapping) > 16 { many = NumberTable() }
    var child = tree.first(of: mapping)
    while let current = child {
      let key = tree.key(current)
      if tree[current].flags.contains(.keyIsNotText) {
        throw .keyIsNotText(
          .patchedKeyNotText, tree.symbols.string(key), of: tree[current],
          at: tree.position(current))
      }
      // Nearly all mappings have a handful of fields, and need no hash.
      let first =
        many == nil ? tree.field(key, of: mapping) : many?.updateValue(current, forKey: key)
      if let first, first != current {
        throw .duplicateKey(
          tree.symbols.string(key), at: tree.position(current), first: tree.position(first))
      }
      child = tree.next(after: current)
    }
  }

  /// What a scalar of the object becomes in JSON: the spelling that `encoding/json` gives to the Go
  /// value that go-yaml v3 reads.
  ///
  /// Between brackets go-yaml prints two things in another way: a null without text becomes `''`,
  /// hence an empty string, and a timestamp with a colon is quoted, hence stays text.
  private static func marshalScalar(
    _ node: NodeID, isInFlow: Bool, in tree: inout Tree
  ) throws(Problem) {
    guard let meaning = tree.meaning(of: node) else {
      throw .wrongTag(tree.string(node), at: tree.position(node))
    }
    switch meaning {
    case .string, .custom, .merge, .unresolved:
      try marshalText(node, isInFlow: isInFlow, in: &tree)
    case .null where isInFlow && tree.isWrittenAsNothing(node):
      setJSON(node, [], tag: .string, in: &tree)
    case .null: setJSON(node, Array("null".utf8), tag: .null, in: &tree)
    case .bool:
      let isTrue = tree.withText(node) { $0.count > 0 && $0[0] | 0x20 == UInt8(ascii: "t") }
      setJSON(node, Array((isTrue ? "true" : "false").utf8), tag: .bool, in: &tree)
    case .integer, .float: try marshalNumber(node, tag: meaning, in: &tree)
    case .timestamp where isInFlow && tree.withText(node) { $0.contains(UInt8(ascii: ":")) }:
      try marshalText(node, isInFlow: true, in: &tree)
    case .timestamp:
      var time: [UInt8] = []
      let isTime = tree.withText(node) { appendTimestampAsRFC3339($0, to: &time) }
      guard isTime else { throw .notInJSON(tree.string(node), at: tree.position(node)) }
      setJSON(node, time, tag: .string, in: &tree)
    case .binary:
      guard let bytes = tree.withText(node, { decodeBase64($0) }) else {
        throw .wrongTag(tree.string(node), at: tree.position(node))
      }
      setJSON(node, Array(String(decoding: bytes, as: UTF8.self).utf8), tag: .string, in: &tree)
    }
  }

  /// Block scalars have been printed and read once more on the way, unless they were between brackets.
  private static func marshalText(
    _ node: NodeID, isInFlow: Bool, in tree: inout Tree
  ) throws(Problem) {
    let flags = tree[node].flags
    let isBlock = !flags.isDisjoint(with: [.literal, .folded])
    let printsAsBlock =
      isBlock
      || (!flags.contains(.quoted) && tree.withText(node) { $0.contains(UInt8(ascii: "\n")) })
    if printsAsBlock, !isInFlow {
      let isFolded = flags.contains(.folded)
      switch tree.withText(node, { BlockRereading.outcome(of: $0, isFolded: isFolded) }) {
      case .unchanged: break
      case .changed(let text): return setJSON(node, text, tag: .string, in: &tree)
      case .unreadable: throw .startsWithTab(at: tree.position(node))
      }
    }
    tree.setTag(.string, of: node)
    tree.setFlags([], of: node)
  }

  /// Spells a number as JSON does. `isShortIntegerInJSON` decides for most without parsing: one to
  /// six digits, which `appendJSONNumber` would return as they are.
  private static func marshalNumber(
    _ node: NodeID, tag: ScalarTag, in tree: inout Tree
  ) throws(Problem) {
    if tree.withText(node, isShortIntegerInJSON) {
      tree.setTag(tag, of: node)
      tree.keepKeyFlags(of: node)
      return
    }
    var token: [UInt8] = []
    guard tree.withText(node, { appendJSONNumber($0, tag: tag, to: &token) }) == .written else {
      throw .notInJSON(tree.string(node), at: tree.position(node))
    }
    setJSON(node, token, tag: tag, in: &tree)
  }

  /// Puts a text into a scalar unless it is there already.
  ///
  /// Flags of the scalar go, those of its key stay: they say how the key was written, and are read
  /// when it is marshalled. Comparing first keeps texts that do not change from being stored again.
  static func setJSON(_ node: NodeID, _ text: [UInt8], tag: ScalarTag, in tree: inout Tree) {
    let isSame = tree.withText(node) { bytes in
      bytes.count == text.count && bytes.indices.allSatisfy { bytes[$0] == text[$0] }
    }
    tree.keepKeyFlags(of: node)
    if isSame {
      tree.setTag(tag, of: node)
    } else {
      tree.setScalar(node, text.span, tag: tag, by: tree.writer(node))
      switch tag {
      case .bool, .integer, .float: tree.ledger.noteRespelled()
      default: break
      }
    }
  }

  // MARK: - From JSON

  /// Makes of an object in JSON form what kyaml parses it to.
  ///
  /// - Parameter isParsed: false where the object is left as Go values, so that whatever cannot be
  ///   printed and parsed does no harm.
  /// - Returns: whether another trip leaves all blocks of text as they are.
  @discardableResult
  static func unmarshal(
    _ root: NodeID, in tree: inout Tree, isParsed: Bool = true
  ) throws(Problem) -> Bool {
    guard tree.shape(root) == .mapping else { throw .notAnObject(at: tree.position(root)) }
    let isSettled = try unmarshalValue(root, in: &tree, isParsed)
    tree.markRemade(root)
    return isSettled
  }

  /// Turns JSON form into what kyaml reads after go-yaml has printed the Go values
  /// (kyaml/yaml/rnode.go `FromMap`). The result is that of `unmarshal`.
  static func unmarshalValue(
    _ node: NodeID, in tree: inout Tree, _ isParsed: Bool = true
  ) throws(Problem) -> Bool {
    tree.ledger.noteNodeInJSON()
    guard tree.shape(node) == .scalar else {
      try tree.stack.check(at: tree.position(node))
      // An empty collection comes out of go-yaml as {} or [], and what is put into it later is
      // written between these brackets.
      tree.setFlags(tree.isEmptyCollection(node) ? .flow : [], of: node)
      var isSettled = true
      var child = tree.first(of: node)
      while let current = child {
        if try !unmarshalValue(current, in: &tree, isParsed) { isSettled = false }
        if isParsed { try rereadKey(of: current, in: &tree) }
        child = tree.next(after: current)
      }
      return isSettled
    }
    switch tree[node].tag {
    case .integer, .float: try unmarshalNumber(node, in: &tree)
    case .null, .bool: tree.setFlags([], of: node)
    default: return try unmarshalText(node, in: &tree, isParsed)
    }
    return true
  }

  /// Gives a string the quotes or the block that go-yaml v3 would print it with: they decide what
  /// later steps make of it. A string that go-yaml prints as a block but cannot read back fails the
  /// build (`BlockRereading`).
  private static func unmarshalText(
    _ node: NodeID, in tree: inout Tree, _ isParsed: Bool
  ) throws(Problem) -> Bool {
    if tree[node].tag == .custom {
      let text = tree.withText(node) { JSONString.decoded($0) }
      setJSON(node, text, tag: .string, in: &tree)
    }
    let flags = tree.withText(node) { EncodedStringStyle.flags($0) }
    tree.setTag(.string, of: node)
    tree.setFlags(flags, of: node)
    guard isParsed, flags.contains(.literal) else { return true }
    switch tree.withText(node, { BlockRereading.outcome(of: $0, isFolded: false) }) {
    case .unchanged: return true
    case .changed: return false
    case .unreadable: throw .startsWithTab(at: tree.position(node))
    }
  }

  /// A number becomes a `float64`, and go-yaml writes that with an exponent from a million on. The
  /// text counts: replacements and annotations take it as it is.
  private static func unmarshalNumber(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    tree.setFlags([], of: node)
    if tree.withText(node, isShortInteger) {
      tree.setTag(.integer, of: node)
      return
    }
    // `1e400` is valid JSON; Go's `encoding/json` refuses to store it in a float64.
    guard let value = Double(tree.string(node)), value.isFinite else {
      throw .numberTooLarge(tree.string(node), at: tree.position(node))
    }
    var text: [UInt8] = []
    appendGeneral(FloatDigits(value), to: &text)
    setJSON(node, text, tag: ScalarTag.plain(text.span), in: &tree)
  }

  /// Tells whether a number is spelled as JSON spells it, and is a whole one of at most six digits
  /// without a sign: most are, and need no look at their value.
  private static func isShortIntegerInJSON(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, isShortInteger(text) else { return false }
    return text.count == 1
      ? text[0] != UInt8(ascii: "-") : text[0] >= UInt8(ascii: "1")
  }

  /// Tells whether a JSON number is a whole one of at most six digits: it stays as it is.
  ///
  /// With seven digits go-yaml may write the `float64` with an exponent (`1e+06`), which
  /// `appendGeneral` decides.
  private static func isShortInteger(_ text: Span<UInt8>) -> Bool {
    guard text.count <= 6 else { return false }
    for index in text.indices where !text.isDigit(at: index) {
      guard index == 0, text[0] == UInt8(ascii: "-") else { return false }
    }
    return true
  }
}

extension Problem {
  fileprivate static func duplicateKey(
    _ key: String, at position: Position, first: Position
  ) -> Problem {
    Problem(
      .patchedKeyTwice,
      "mapping key \"\(key)\" already defined", at: position
    ).noting("it is first defined here", at: first)
  }

  fileprivate static func wrongTag(_ text: String, at position: Position) -> Problem {
    Problem(
      .patchedTagWrong,
      "cannot read `\(text)` as what its tag says", at: position)
  }

  fileprivate static func notInJSON(_ text: String, at position: Position) -> Problem {
    Problem(
      .patchedValueNotInJson,
      "`\(text)` is not a value that JSON can hold", at: position,
      hint: "write it in quotes if it is meant as text")
  }

  fileprivate static func numberTooLarge(_ text: String, at position: Position) -> Problem {
    Problem(
      .patchedNumberTooLarge, "number \(text) is too large for a float64", at: position)
  }

  fileprivate static func startsWithTab(at position: Position) -> Problem {
    Problem(
      .patchedTextStartsWithTab,
      "text of several lines that begins with a tab cannot be turned into JSON and back",
      at: position,
      hint: "kustomize fails here as well; put a line break in front")
  }

  fileprivate static func notAnObject(at position: Position) -> Problem {
    Problem(
      .patchLeavesList, "the patch leaves a list where an object has to be", at: position)
  }
}
