/// The way to a field, as field specs write it: `spec/template/spec/containers[]/image`.
struct FieldPath: Hashable, Sendable {
  struct Step: Hashable, Sendable {
    let key: Symbol
    /// The spec says `[]`: the field should hold a list.
    let isSequence: Bool
  }

  let steps: [Step]
  /// The whole path as it was written, for comparisons and messages.
  let text: Symbol

  /// Cuts a path at its slashes; `\/` is a slash within a key, and one slash may stand in front
  /// (kyaml utils/pathsplitter.go).
  init(_ path: ArraySlice<UInt8>, symbols: inout SymbolTable) {
    text = symbols.intern(path)
    var parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Array($0) }
    if parts.count > 1, parts[0].isEmpty { parts.removeFirst() }
    var joined: [[UInt8]] = []
    for part in parts {
      if let last = joined.last, last.last == UInt8(ascii: "\\") {
        joined[joined.count - 1] = last.dropLast() + [UInt8(ascii: "/")] + part
      } else {
        joined.append(part)
      }
    }
    var steps: [Step] = []
    for part in joined {
      let isSequence = part.suffix(2).elementsEqual("[]".utf8)
      let key = symbols.intern(isSequence ? part.dropLast(2) : part[...])
      steps.append(Step(key: key, isSequence: isSequence))
    }
    self.steps = steps
  }

  init(_ path: String, symbols: inout SymbolTable) {
    self.init(Array(path.utf8)[...], symbols: &symbols)
  }
}
