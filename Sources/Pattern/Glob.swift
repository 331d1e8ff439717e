/// A pattern for names and paths: `*` stands for any text, also none, `?` for any character, and a
/// backslash before a character for the character itself.
///
///     checksum/*          a key of a resource, in an ignore rule
///     apps/**/prod-?      a directory, in the settings of golden files
///
/// The pattern of a path has a separator. There `*` and `?` stay within a part of the path, and a part
/// that is `**` stands for any number of parts; at the end of the pattern for at least one.
///
/// Patterns that people write for their own project. Those that kustomize takes are Go's
/// (`FilePattern`).
package struct Glob: Sendable, Hashable {
  /// What one character of a pattern stands for.
  private enum Element: Sendable, Hashable {
    case character(Unicode.Scalar)
    case anyCharacter
    case anyText
  }

  /// What one part of a pattern stands for.
  private enum Part: Sendable, Hashable {
    case name([Element])
    case anyParts
  }

  /// A single one where there is no separator.
  private let parts: [Part]
  private let separator: Unicode.Scalar?

  /// - Parameter separator: what stands between the parts of a path; nil for a text without parts.
  package init(_ text: String, separator: Unicode.Scalar? = nil) {
    self.separator = separator
    var parts: [Part] = []
    for part in Self.parts(of: text, separator) {
      let isAnyParts = separator != nil && part.elementsEqual("**".unicodeScalars)
      parts.append(isAnyParts ? .anyParts : .name(Self.elements(of: part)))
    }
    if parts.last == .anyParts { parts.append(.name([.anyText])) }
    self.parts = parts
  }

  /// A backslash at the end stands for itself.
  private static func elements(of part: ArraySlice<Unicode.Scalar>) -> [Element] {
    var elements: [Element] = []
    var rest = part
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": elements.append(.anyText)
      case "?": elements.append(.anyCharacter)
      case "\\": elements.append(.character(rest.popFirst() ?? scalar))
      default: elements.append(.character(scalar))
      }
    }
    return elements
  }

  /// Where there is no separator, all of the text is one part.
  private static func parts(
    of text: String, _ separator: Unicode.Scalar?
  ) -> [ArraySlice<Unicode.Scalar>] {
    let scalars = Array(text.unicodeScalars)
    guard let separator else { return [scalars[...]] }
    return scalars.split(separator: separator, omittingEmptySubsequences: false)
  }

  /// Whether the pattern stands for the whole text, compared by code points.
  ///
  /// The time taken grows at most with the product of the two lengths.
  package func matches(_ text: String) -> Bool {
    Self.matches(Self.parts(of: text, separator)[...], parts, isAny: { $0 == .anyParts }) {
      part, text in
      guard case .name(let elements) = part else { return false }
      return Self.matches(text, elements, isAny: { $0 == .anyText }) { element, scalar in
        element == .anyCharacter || element == .character(scalar)
      }
    }
  }

  /// Whether a sequence of things fits a sequence of wishes, of which some are for any number of things.
  ///
  /// Only the last of these is ever given more: an earlier one that took more would leave less for the rest.
  private static func matches<Thing, Wish>(
    _ things: ArraySlice<Thing>, _ wishes: [Wish], isAny: (Wish) -> Bool,
    fits: (Wish, Thing) -> Bool
  ) -> Bool {
    var (thing, wish) = (things.startIndex, 0)
    var retry: (thing: Int, wish: Int)?
    while thing < things.endIndex || wish < wishes.count {
      if wish < wishes.count, isAny(wishes[wish]) {
        wish += 1
        retry = (thing, wish)
      } else if wish < wishes.count, thing < things.endIndex, fits(wishes[wish], things[thing]) {
        (thing, wish) = (thing + 1, wish + 1)
      } else if let last = retry, last.thing < things.endIndex {
        (thing, wish) = (last.thing + 1, last.wish)
        retry = (thing, wish)
      } else {
        return false
      }
    }
    return true
  }
}
