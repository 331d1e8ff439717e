/// A pattern of names as Go's `filepath.Match` takes it: `*`, `?`, `[a-z]`, `[^a-z]` and `\`. `*` and `?` do
/// not cross a `/`; a set does, where it has one or is negated.
///
/// Go's `path/filepath/match.go` on systems other than Windows. `render edit` takes such patterns
/// for names of files, and `render edit remove` for entries of a list; the shell has often replaced
/// them before.
package struct FilePattern: Sendable {
  /// What one piece of the pattern stands for: a character, any character, any number of them, or
  /// one of some.
  private enum Part: Sendable {
    case scalar(Unicode.Scalar)
    case any
    case run
    case set([ScalarRange], isNegated: Bool)
  }

  /// The scalars of a set from one to another; none where they are the wrong way round (`[b-a]`), for which
  /// there is no `ClosedRange`.
  private struct ScalarRange: Sendable {
    let low, high: Unicode.Scalar

    func contains(_ scalar: Unicode.Scalar) -> Bool { low <= scalar && scalar <= high }
  }

  private let parts: [Part]

  /// Nil where the pattern is malformed.
  package init?(_ text: String) {
    var parts: [Part] = []
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": parts.append(.run)
      case "?": parts.append(.any)
      case "[":
        guard let set = Self.set(&rest) else { return nil }
        parts.append(set)
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        parts.append(.scalar(next))
      default: parts.append(.scalar(scalar))
      }
    }
    self.parts = parts
  }

  /// Reads what stands between brackets; `rest` begins behind the opening one.
  ///
  /// At least one member is needed, so that `[]` is malformed.
  private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) -> Part? {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var ranges: [ScalarRange] = []
    while let next = rest.first, next != "]" || ranges.isEmpty {
      guard let low = character(&rest) else { return nil }
      var high = low
      if rest.first == "-" {
        rest.removeFirst()
        guard let end = character(&rest) else { return nil }
        high = end
      }
      ranges.append(ScalarRange(low: low, high: high))
    }
    guard rest.popFirst() == "]" else { return nil }
    return .set(ranges, isNegated: isNegated)
  }

  /// One end of a range, as Go's `getEsc` reads it: `-` and `]` need a backslash.
  private static func character(_ rest: inout ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
    guard let scalar = rest.popFirst(), scalar != "-", scalar != "]" else { return nil }
    return scalar == "\\" ? rest.popFirst() : scalar
  }

  /// Whether the text holds something that is not only itself.
  ///
  /// Go's `hasMeta`. What is no pattern is looked up as it is, so that a missing file can be told
  /// of.
  package static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { [UInt8](#"*?[\"#.utf8).contains($0) }
  }

  /// Whether all of a text is of this pattern.
  ///
  /// All places are followed at once, so that many `*` take no exponential time.
  package func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    // The places in the text that the parts so far may lead to.
    var places: Set<Int> = [0]
    for part in parts {
      var next: Set<Int> = []
      for place in places {
        if case .run = part {
          var end = place
          next.insert(end)
          while end < text.count, text[end] != "/" {
            end += 1
            next.insert(end)
          }
        } else if place < text.count, Self.takes(part, text[place]) {
          next.insert(place + 1)
        }
      }
      places = next
    }
    return places.contains(text.count)
  }

  /// Whether a part, which is no run, stands for a character.
  private static func takes(_ part: Part, _ scalar: Unicode.Scalar) -> Bool {
    switch part {
    case .scalar(let wanted): wanted == scalar
    case .any: scalar != "/"
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    case .run: false
    }
  }
}
