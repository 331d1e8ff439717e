internal import Lamina

/// How large a value of a custom kind may be, how long, and how many it may hold.
///
/// A schema may state bounds for all sorts of values; those for another sort than the value have no
/// effect, as in JSON Schema.
struct CustomBounds: Sendable {
  private var minimum: Double?
  private var maximum: Double?
  private var isMinimumExclusive = false
  private var isMaximumExclusive = false
  private var multipleOf: Double?
  private var length = Counts()
  private var elements = Counts()
  private var fields = Counts()

  /// Both ends belong to the range; nil is no bound.
  private struct Counts: Sendable {
    var least: Int?
    var most: Int?

    /// What is wrong with a number of things, such as `at least 1 element`.
    func flaw(_ count: Int, _ one: String, _ several: String) -> String? {
      if let least, count < least { return "at least \(least) \(least == 1 ? one : several)" }
      if let most, count > most { return "at most \(most) \(most == 1 ? one : several)" }
      return nil
    }
  }

  /// Takes a keyword of a schema, if it is a bound.
  mutating func read(_ keyword: String, _ node: NodeID, in tree: Tree) {
    guard tree.shape(node) == .scalar else { return }
    let (number, count) = (Double(tree.string(node)), Int(tree.string(node)))
    switch keyword {
    case "minimum": minimum = number
    case "maximum": maximum = number
    case "exclusiveMinimum": isMinimumExclusive = tree.isTrue(node)
    case "exclusiveMaximum": isMaximumExclusive = tree.isTrue(node)
    case "multipleOf": multipleOf = number
    case "minLength": length.least = count
    case "maxLength": length.most = count
    case "minItems": elements.least = count
    case "maxItems": elements.most = count
    case "minProperties": fields.least = count
    case "maxProperties": fields.most = count
    default: break
    }
  }

  /// What a value must be or have instead; nil where it keeps to the bounds.
  func flaw(_ node: NodeID, in tree: Tree) -> String? {
    switch TreeValue(node, in: tree) {
    case .integer, .float:
      return Double(tree.string(node)).flatMap { flaw(ofNumber: $0) }.map { "must be \($0)" }
    case .string:
      let count = tree.string(node).unicodeScalars.count
      return length.flaw(count, "character", "characters").map { "must have \($0)" }
    case .list:
      return elements.flaw(tree.children(of: node).count, "element", "elements")
        .map { "must have \($0)" }
    case .mapping:
      return fields.flaw(tree.children(of: node).count, "field", "fields").map { "must have \($0)" }
    case .null, .boolean: return nil
    }
  }

  /// What a number must be instead. Multiples are judged with a tolerance, because 0.3 / 0.1 is not
  /// whole in a double.
  private func flaw(ofNumber number: Double) -> String? {
    if let minimum, number < minimum || (isMinimumExclusive && number == minimum) {
      return isMinimumExclusive ? "more than \(minimum.asText)" : "at least \(minimum.asText)"
    }
    if let maximum, number > maximum || (isMaximumExclusive && number == maximum) {
      return isMaximumExclusive ? "less than \(maximum.asText)" : "at most \(maximum.asText)"
    }
    if let multipleOf, multipleOf > 0 {
      let times = number / multipleOf
      if (times - times.rounded()).magnitude > 1e-9 { return "a multiple of \(multipleOf.asText)" }
    }
    return nil
  }
}
