/// The paths of JSON patches: `/spec/containers/0/image`.
extension FieldPath {
  /// Cuts a pointer at its slashes.
  ///
  /// What stands before the first slash means nothing, and a text without a slash has no steps and leads
  /// nowhere, the empty one included: the library that kustomize uses cuts at slashes and drops the first
  /// piece (json-patch v4 patch.go `findObject`).
  init(jsonPointer bytes: ArraySlice<UInt8>, at position: Position, symbols: inout SymbolTable) {
    text = symbols.intern(bytes)
    self.position = position
    var steps: [Step] = []
    for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst()
    {
      steps.append(Step(jsonPointer: part, symbols: &symbols))
    }
    self.steps = steps
  }

  /// Whether a value at this pointer lies at, above or below a path of keys.
  func touches(_ path: [Symbol]) -> Bool {
    steps.isEmpty || zip(path, steps).allSatisfy { $0 == $1.key }
  }
}

extension FieldPath.Step {
  /// A whole number is an index and a key, depending on where it leads: `GoInteger.decimal` reads
  /// it as `strconv.Atoi` does, with a sign and zeros in front.
  fileprivate init(jsonPointer part: ArraySlice<UInt8>, symbols: inout SymbolTable) {
    let text = Self.unescaped(part)
    let bytes = text.span
    let kind: Kind =
      if let index = GoInteger.decimal(bytes) {
        .index(index)
      } else {
        bytes.isWord("-") ? .end : .key
      }
    self.init(kind: kind, key: symbols.intern(bytes))
  }

  /// `~1` is a slash and `~0` a tilde, read in one go; any other tilde is itself.
  private static func unescaped(_ part: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      let isEscape = part[index] == UInt8(ascii: "~") && index + 1 < part.endIndex
      switch isEscape ? part[index + 1] : 0 {
      case UInt8(ascii: "0"):
        result.append(UInt8(ascii: "~"))
        index += 2
      case UInt8(ascii: "1"):
        result.append(UInt8(ascii: "/"))
        index += 2
      default:
        result.append(part[index])
        index += 1
      }
    }
    return result
  }
}
