/// The path to a value of a resource, cut into steps.
///
/// Every user of paths writes them in its own way. Each syntax has one initializer, in a file of its own:
///
/// | syntax | example | file |
/// |---|---|---|
/// | field specs | `spec/template/spec/containers[]/image` | `FieldPath+FieldSpec` |
/// | value additions | `spec/containers/[name=web]/image` | `FieldPath+DelimitedSteps` |
/// | replacements | `spec.containers.[name=web].env.0` | `FieldPath+DelimitedSteps` |
/// | vars | `spec.ports[0].port` | `FieldPath+DelimitedSteps` |
/// | JSON patches | `/metadata/annotations/a.b~1c` | `FieldPath+JSONPointer` |
///
/// A path says what was written; what a step leads to is up to the traversal. `FieldWalk` and
/// `EveryMatch` lead to every value that a path matches, `OneMatch` to one, and `FirstMissing` to the first
/// step that leads nowhere.
struct FieldPath: Sendable {
  struct Step: Hashable, Sendable {
    let kind: Kind
    /// The kind is `key`, as nearly always. Stored, since walks of field specs ask it at every step, and an
    /// enum of seven cases takes more than one comparison.
    let isKey: Bool
    /// The step as it was written, which is a key unless the traversal knows a step of this kind.
    let key: Symbol

    init(kind: Kind, key: Symbol) {
      self.kind = kind
      isKey = kind == .key
      self.key = key
    }
  }

  let steps: [Step]
  /// The whole path as it was written, for comparisons and messages.
  let text: Symbol
  /// Where the path was written.
  let position: Position
}

extension FieldPath.Step {
  /// What a step can be besides a key.
  enum Kind: Hashable, Sendable {
    case key
    /// `containers[]` in a field spec: a key whose value is expected to be a list.
    case keyOfList
    /// Nothing but blanks in a field spec: the mapping itself.
    case itself
    /// The element of this number. Negative numbers are an error, a key, or count from the end of the
    /// list.
    case index(Int)
    /// `-`: the last element of a list, or in a JSON patch the place behind it.
    case end
    /// `*`: every element of a list.
    case wildcard
    /// `[field=value]`: the elements whose field has this value, or `[=value]`: those that are it.
    case element(field: Symbol, value: Symbol)
    /// `[text]`, which is never the way to anything.
    case brackets
  }

  /// A step of this kind can only lead into a list.
  var isOfList: Bool {
    switch kind {
    case .key, .keyOfList, .itself: false
    case .index, .end, .wildcard, .element, .brackets: true
    }
  }
}

// MARK: - Reading steps

extension FieldPath.Step {
  /// Reads a step as kyaml does (kyaml/yaml/fns.go `getFilter`).
  init(_ part: Span<UInt8>, symbols: inout SymbolTable) {
    self.init(kind: Self.kind(of: part, symbols: &symbols), key: symbols.intern(part))
  }

  /// Reads a step without the blanks around it, as kyaml's `PathGetter` does (kyaml/yaml/fns.go
  /// `cleanPath`).
  init(trimming part: Span<UInt8>, symbols: inout SymbolTable) {
    let isTrimmed = part.isEmpty || part[0].isVisibleASCII && part[part.count - 1].isVisibleASCII
    if isTrimmed {
      self.init(part, symbols: &symbols)
      return
    }
    let text = String(decoding: part.indices.map { part[$0] }, as: UTF8.self)
    let trimmed = Array(text.withoutOuterWhiteSpace.utf8)
    self.init(trimmed.span, symbols: &symbols)
  }

  /// What a step is to kyaml, found by its first byte.
  private static func kind(of part: Span<UInt8>, symbols: inout SymbolTable) -> Kind {
    if part.isEmpty { return .key }
    switch part[0] {
    case UInt8(ascii: "*") where part.count == 1: return .wildcard
    case UInt8(ascii: "-") where part.count == 1: return .end
    case UInt8(ascii: "[") where part[part.count - 1] == UInt8(ascii: "]"):
      return element(part.extracting(1..<(part.count - 1)), symbols: &symbols)
    default: return GoInteger.decimal(part).map { .index($0) } ?? .key
    }
  }

  /// The inside of brackets: `field=value`, cut at the first `=`.
  private static func element(_ inner: Span<UInt8>, symbols: inout SymbolTable) -> Kind {
    guard let sign = inner.indices.first(where: { inner[$0] == UInt8(ascii: "=") }) else {
      return .brackets
    }
    return .element(
      field: symbols.intern(inner.extracting(0..<sign)),
      value: symbols.intern(inner.extracting((sign + 1)..<inner.count)))
  }
}

extension UInt8 {
  fileprivate var isVisibleASCII: Bool { (0x21...0x7E).contains(self) }
}
