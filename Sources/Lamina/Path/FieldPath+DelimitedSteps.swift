/// The paths of replacements, vars and value additions, whose steps are those of kyaml's `PathGetter`
/// and `PathMatcher`.
extension FieldPath {
  /// `spec.containers.[name=web].env.0`, as replacements write it.
  ///
  /// - Parameter blanks: whether blanks around a step belong to it. They do for kyaml's `PathMatcher`,
  ///   which finds targets, and not for its `PathGetter`, which finds sources.
  init(
    replacement path: String, blanks: Blanks, at position: Position, symbols: inout SymbolTable
  ) {
    let parts = Self.dottedParts(of: path)
    self.init(path, parts: parts, blanks: blanks, at: position, symbols: &symbols)
  }

  /// `spec.ports[0].port`, as the `fieldref` of a var writes it: a step may end with a place in a list
  /// (kyaml/yaml/rnode.go `GetFieldValue`).
  init(variable path: String, at position: Position, symbols: inout SymbolTable) {
    let parts = Self.dottedParts(of: path).flatMap { Self.withIndexApart($0) }
    self.init(path, parts: parts, blanks: .ignored, at: position, symbols: &symbols)
  }

  /// `spec/containers/[name=web]/image`, as the targets of a `ValueAddTransformer` write it.
  init(valueAddition path: String, at position: Position, symbols: inout SymbolTable) {
    let parts = Self.split(Array(path.utf8)[...], at: UInt8(ascii: "/"))
    self.init(path, parts: parts, blanks: .ignored, at: position, symbols: &symbols)
  }

  enum Blanks: Sendable {
    /// For paths that `PathMatcher` follows.
    case kept
    /// For paths that `PathGetter` follows.
    case ignored
  }

  /// Reads parts as steps. The whole text is kept for messages.
  private init(
    _ path: String, parts: [[UInt8]], blanks: Blanks, at position: Position,
    symbols: inout SymbolTable
  ) {
    text = symbols.intern(path)
    self.position = position
    var steps: [Step] = []
    for part in parts {
      steps.append(
        blanks == .ignored
          ? Step(trimming: part.span, symbols: &symbols) : Step(part.span, symbols: &symbols))
    }
    self.steps = steps
  }

  // MARK: - Cutting

  /// Cuts a path at a delimiter; a backslash makes it a part of a key, and one may stand in front
  /// (kyaml/utils/pathsplitter.go `PathSplitter`).
  static func split(_ path: ArraySlice<UInt8>, at delimiter: UInt8) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var part: [UInt8] = []
    for byte in path.dropFirst(path.first == delimiter ? 1 : 0) {
      if byte != delimiter {
        part.append(byte)
      } else if part.last == UInt8(ascii: "\\") {
        part[part.count - 1] = delimiter
      } else {
        result.append(part)
        part = []
      }
    }
    result.append(part)
    return result
  }

  /// Cuts a path at its dots, but for those between brackets. Brackets without `=` are only there to
  /// protect the dots, and go (kyaml/utils/pathsplitter.go `SmarterPathSplitter`).
  private static func dottedParts(of path: String) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var rest = split(Array(path.utf8)[...], at: UInt8(ascii: "."))[...]
    while var part = rest.popFirst() {
      guard part.first == openingBracket, part.last != closingBracket else {
        result.append(part)
        continue
      }
      // A dot within brackets has cut the part in two: they are joined again.
      while part.last != closingBracket, let next = rest.popFirst() {
        part += [UInt8(ascii: ".")] + next
      }
      result.append(part.contains(UInt8(ascii: "=")) ? part : withoutBrackets(part))
    }
    return result
  }

  /// All brackets at both ends go (`strings.Trim`).
  private static func withoutBrackets(_ part: [UInt8]) -> [UInt8] {
    let isBracket = { (byte: UInt8) in byte == openingBracket || byte == closingBracket }
    return Array(part.drop(while: isBracket).reversed().drop(while: isBracket).reversed())
  }

  /// `ports[0]` becomes `ports` and `0`.
  private static func withIndexApart(_ part: [UInt8]) -> [[UInt8]] {
    guard part.last == closingBracket, let open = part.lastIndex(of: openingBracket) else {
      return [part]
    }
    let digits = part[(open + 1)...].dropLast()
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return [part] }
    return (open == 0 ? [] : [Array(part[..<open])]) + [Array(digits)]
  }

  private static let openingBracket = UInt8(ascii: "[")
  private static let closingBracket = UInt8(ascii: "]")

  // MARK: - Printing

  /// A key as a step of a dotted path: with its dots escaped.
  static func dotted(_ key: String) -> String {
    key.parts(at: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
  }
}
