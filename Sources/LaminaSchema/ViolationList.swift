internal import Lamina

/// The violations of one object, and the way to the value that is being looked at.
struct ViolationList {
  let tree: Tree
  /// The object's kind, for messages.
  let objectKind: String
  /// Texts of the object are secret, and stay out of messages.
  let isSecret: Bool
  var path = ObjectPath()
  private(set) var found: [SchemaViolation] = []

  init(of root: NodeID, in tree: Tree) {
    self.tree = tree
    objectKind = tree.field(.kind, of: root).map { tree.string($0) } ?? "object"
    isSecret = objectKind == "Secret"
  }

  /// Callers compare it to see whether a check has found anything.
  var count: Int { found.count }

  /// Takes the violations from a number on away.
  mutating func take(from start: Int) -> ArraySlice<SchemaViolation> {
    let taken = found[start...]
    found.removeSubrange(start...)
    return taken
  }

  /// Puts back what `take` has taken, or adds findings of another check.
  mutating func append(contentsOf violations: ArraySlice<SchemaViolation>) {
    found.append(contentsOf: violations)
  }

  /// Adds a violation at the present path.
  mutating func add(
    _ kind: SchemaViolation.Kind, _ node: NodeID, isAtKey: Bool = false, _ message: String,
    suggestion: String? = nil, help: [String] = []
  ) {
    found.append(
      SchemaViolation(
        kind: kind, node: node, isAtKey: isAtKey, path: path.text(in: tree), message: message,
        suggestion: suggestion, help: help))
  }

  // MARK: - Words

  /// `spec.template of Deployment`, or the kind alone.
  var place: String {
    path.isEmpty ? objectKind : "\(path.text(in: tree)) of \(objectKind)"
  }

  /// What a value is called in a message: `the string "3"`, `a list`.
  func description(of node: NodeID) -> String {
    switch TreeValue(node, in: tree) {
    case .null: return "null"
    case .boolean: return quoting(node, "a boolean") { "the boolean \($0)" }
    case .integer, .float: return quoting(node, "a number") { "the number \($0)" }
    case .string: return quoting(node, "a string") { "the string \(Self.quoted($0))" }
    case .mapping: return "a mapping"
    case .list: return "a list"
    }
  }

  /// The words, or those without the value where that is secret.
  private func quoting(
    _ node: NodeID, _ masked: String, _ words: (String) -> String
  ) -> String {
    isSecret ? masked : words(tree.string(node))
  }

  /// A text in quotes, cut where it is long.
  static func quoted(_ text: String) -> String {
    text.count > 60 ? "\"\(text.prefix(60))…\"" : "\"\(text)\""
  }

  /// `Always, IfNotPresent or Never`.
  static func alternatives(_ words: [String]) -> String {
    if words.count > 12 { return words.prefix(12).joined(separator: ", ") + ", …" }
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return "\(words.dropLast().joined(separator: ", ")) or \(last)"
  }
}
