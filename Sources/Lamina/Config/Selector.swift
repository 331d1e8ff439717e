internal import Pattern

/// Which resources a patch or a replacement is meant for, as a kustomization writes it.
///
///     target:
///       kind: Deployment
///       name: web-.*
///       labelSelector: tier in (front, back)
///
/// All conditions have to hold; an empty one always does. Group, version, kind, name and namespace
/// are regular expressions that have to match the whole text (api/types/selector.go).
struct Selector: Sendable {
  var group = Condition()
  var version = Condition()
  var kind = Condition()
  var name = Condition()
  var namespace = Condition()
  var labelSelector = Condition()
  var annotationSelector = Condition()
  var position = Position.none

  /// A text of the file and where it stands.
  struct Condition: Sendable {
    var text = ""
    var position = Position.none
  }
}

extension Selector {
  /// Reads a selector; `field` is where it stands, such as `patches.target`.
  static func read(
    _ node: NodeID, for field: String, with decoder: FieldDecoder
  ) throws(Problem) -> Selector {
    var selector = Selector(position: decoder.tree.position(node))
    try decoder.fields(of: node, as: field) { (name: SelectorField, value) throws(Problem) in
      let condition = Condition(
        text: try (name.isEmbedded ? decoder.embedded : decoder).string(
          value, for: "\(field).\(name.rawValue)"),
        position: decoder.tree.position(value))
      switch name {
      case .group: selector.group = condition
      case .version: selector.version = condition
      case .kind: selector.kind = condition
      case .name: selector.name = condition
      case .namespace: selector.namespace = condition
      case .labelSelector: selector.labelSelector = condition
      case .annotationSelector: selector.annotationSelector = condition
      }
    }
    return selector
  }
}

extension SelectorField {
  /// The field is one of the resource id that kustomize's type embeds (see `FieldDecoder.embedded`).
  fileprivate var isEmbedded: Bool {
    switch self {
    case .group, .version, .kind, .name, .namespace: true
    case .annotationSelector, .labelSelector: false
    }
  }
}

extension Selector.Condition {
  /// The expression matches only its own text.
  ///
  /// The list of characters is short on purpose: names with a dot are expressions, in which the dot
  /// is any character.
  fileprivate var isLiteral: Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

/// A selector ready to be tried on resources.
struct CompiledSelector: Sendable {
  /// Nil where the selector does not ask; so with those that follow.
  let group: NamePattern?
  let version: NamePattern?
  let kind: NamePattern?
  let name: NamePattern?
  /// The one name that the expression matches, if there is no more to it.
  let onlyName: Symbol?
  let namespace: NamePattern?
  let labels: LabelCondition
  let annotations: LabelCondition

  /// Throws where an expression is wrong; a wrong label selector throws only when it is asked, since
  /// kustomize reads it anew for each resource that all else holds for.
  init(_ selector: Selector, symbols: inout SymbolTable) throws(Problem) {
    group = try NamePattern(selector.group, symbols: &symbols)
    version = try NamePattern(selector.version, symbols: &symbols)
    kind = try NamePattern(selector.kind, symbols: &symbols)
    name = try NamePattern(selector.name, symbols: &symbols)
    onlyName = selector.name.isLiteral ? symbols.intern(selector.name.text) : nil
    namespace = try NamePattern(selector.namespace, symbols: &symbols)
    labels = LabelCondition(selector.labelSelector, symbols: &symbols)
    annotations = LabelCondition(selector.annotationSelector, symbols: &symbols)
  }

  /// Whether group, version and kind meet their conditions.
  func matchesType(_ type: GroupVersionKind, _ symbols: SymbolTable) -> Bool {
    (group?.matches(type.group, symbols) ?? true)
      && (version?.matches(type.version, symbols) ?? true)
      && (kind?.matches(type.kind, symbols) ?? true)
  }

  /// One of the names has to match: the one a resource began with, or the one it has.
  func matchesName(_ names: Symbol..., in symbols: SymbolTable) -> Bool {
    guard let name else { return true }
    return names.contains { name.matches($0, symbols) }
  }

  /// One of the namespaces has to match, as with names.
  func matchesNamespace(_ namespaces: Symbol..., in symbols: SymbolTable) -> Bool {
    guard let namespace else { return true }
    return namespaces.contains { namespace.matches($0, symbols) }
  }
}

/// A regular expression that has to match the whole of a text. Most match just their own.
enum NamePattern: Sendable {
  /// Compared as a symbol, without looking at text.
  case literal(Symbol)
  /// Anchored at both ends, as kustomize anchors it (types/selector.go `anchorRegex`).
  case expression(Pattern)

  /// Nil for an empty expression, which matches anything.
  init?(_ condition: Selector.Condition, symbols: inout SymbolTable) throws(Problem) {
    guard !condition.text.isEmpty else { return nil }
    if condition.isLiteral {
      self = .literal(symbols.intern(condition.text))
      return
    }
    let anchored = Array("^(?:\(condition.text))$".utf8)
    do {
      self = .expression(try Pattern(anchored.span))
    } catch {
      throw .badPattern(error, at: condition.position)
    }
  }

  func matches(_ symbol: Symbol, _ symbols: SymbolTable) -> Bool {
    switch self {
    case .literal(let wanted): wanted == symbol
    case .expression(let pattern): symbols.withBytes(of: symbol) { pattern.matches($0) }
    }
  }
}

/// A label selector, or the reason why it is none.
enum LabelCondition: Sendable {
  case selector(LabelSelector)
  /// The error is thrown when the selector is first asked, and not for a build in which it never
  /// is.
  case failed(Problem)

  init(_ condition: Selector.Condition, symbols: inout SymbolTable) {
    do {
      self = .selector(
        try LabelSelector(condition.text, at: condition.position, symbols: &symbols))
    } catch { self = .failed(error) }
  }

  /// Whether a mapping of labels or annotations meets the condition; nil is an empty one.
  func matches(_ mapping: NodeID?, in tree: Tree) throws(Problem) -> Bool {
    switch self {
    case .selector(let selector): return selector.matches(mapping, in: tree)
    case .failed(let problem): throw problem
    }
  }
}

extension Problem {
  fileprivate static func badPattern(_ error: PatternError, at position: Position) -> Problem {
    Problem(.invalidSelectorPattern, "\(error)", at: position)
  }
}
