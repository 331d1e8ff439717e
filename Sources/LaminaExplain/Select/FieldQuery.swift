internal import Lamina

/// A path that a user wrote: `spec.containers[name=web].image`, `spec.ports[0]`, `/spec/ports/0`.
///
/// It means a field and all that is below it. Keys with dots may stand in brackets, with or without quotes, or as
/// they are: `metadata.annotations.example.com/owner`.
package struct FieldQuery: Sendable {
  package let text: String
  private let steps: [Step]

  private enum Step: Sendable, Equatable {
    /// A key, or the place of an element.
    case word(String)
    /// Any key and any element.
    case any
    /// An element with these texts under these keys.
    case element([ByteText: String])
  }

  /// Reads a path; nil where a bracket or a quote is not closed.
  package init?(_ text: String) {
    self.text = text
    if text.begins(with: "/") {
      steps = text.dropFirst().parts(at: "/", omittingEmptySubsequences: false).map {
        .word(Self.unescaped(pointer: $0))
      }
      return
    }
    var reader = Reader(text)
    guard let steps = reader.steps() else { return nil }
    self.steps = steps
  }

  private static func unescaped(pointer: Substring) -> String {
    var result = String.UnicodeScalarView()
    var rest = pointer.unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "~", let code = rest.first, code == "0" || code == "1" {
        rest.removeFirst()
        result.append(code == "0" ? "~" : "/")
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The first key; nil for a pattern.
  package var firstKey: String? {
    if case .word(let word)? = steps.first { word } else { nil }
  }

  /// Whether a way leads to the field or below it.
  package func matches(_ way: Explainer.Way) -> Bool { matches(steps[...], way.steps[...]) }

  private func matches(
    _ wanted: ArraySlice<Step>, _ way: ArraySlice<Explainer.Way.Step>
  ) -> Bool {
    guard let first = wanted.first else { return true }
    guard let step = way.first else { return false }
    let (later, rest) = (wanted.dropFirst(), way.dropFirst())
    switch (first, step) {
    case (.any, _): return matches(later, rest)
    case (.word(let word), .key(let key)):
      if word.hasBytes(of: key) { return matches(later, rest) }
      return matchesDotted(word, later, key, rest)
    case (.word(let word), .element(let index, _)):
      return word == "\(index)" && matches(later, rest)
    case (.element(let wanted), .element(_, let fields)):
      return wanted.allSatisfy { fields[$0.key].hasBytes(of: $0.value) } && matches(later, rest)
    case (.element(let wanted), .key(let key)):
      // `annotations[a=b]` may be a key.
      return wanted.count == 1
        && wanted.first.map { "\($0.key)=\($0.value)".hasBytes(of: key) } ?? false
        && matches(later, rest)
    }
  }

  /// Several words may be one key that has dots.
  private func matchesDotted(
    _ word: String, _ later: ArraySlice<Step>, _ key: String,
    _ rest: ArraySlice<Explainer.Way.Step>
  ) -> Bool {
    var (word, later) = (word, later)
    while key.begins(with: "\(word)."), case .word(let next)? = later.first {
      word += ".\(next)"
      later = later.dropFirst()
      if word.hasBytes(of: key) { return matches(later, rest) }
    }
    return false
  }
}

extension FieldQuery {
  /// Reads the steps between dots and brackets.
  ///
  /// Scalar by scalar, since a key may begin with an accent, which Swift takes for a part of the bracket before it.
  private struct Reader {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = text[...].unicodeScalars }

    mutating func steps() -> [Step]? {
      var steps: [Step] = []
      while let scalar = rest.first {
        switch scalar {
        case ".": rest.removeFirst()
        case "[":
          rest.removeFirst()
          guard let step = bracket() else { return nil }
          steps.append(step)
        default: steps.append(word())
        }
      }
      return steps.isEmpty ? nil : steps
    }

    private mutating func word() -> Step {
      var scalars = String.UnicodeScalarView()
      while let scalar = rest.first, scalar != ".", scalar != "[" {
        rest.removeFirst()
        scalars.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
      }
      let word = String(scalars)
      return Self.isWildcard(word) ? .any : .word(word)
    }

    private static func isWildcard(_ word: String) -> Bool {
      word == "*"
    }

    private mutating func bracket() -> Step? {
      if let quote = rest.first, quote == "\"" || quote == "'" {
        guard let key = quoted(), rest.popFirst() == "]" else { return nil }
        return .word(key)
      }
      var pairs: [ByteText: String] = [:]
      var isFirst = true
      while true {
        let key = take { $0 == "=" || $0 == "," || $0 == "]" }
        guard let mark = rest.popFirst() else { return nil }
        if mark == "]", isFirst { return Self.isWildcard(key) ? .any : .word(key) }
        guard mark == "=" else { return nil }
        isFirst = false
        var value = ""
        if rest.first == "\"" {
          guard let text = quoted() else { return nil }
          value = text
        } else {
          value = take { $0 == "," || $0 == "]" }
        }
        pairs[key] = value
        guard let end = rest.popFirst() else { return nil }
        if end == "]" { return .element(pairs) }
      }
    }

    private mutating func take(until ends: (Unicode.Scalar) -> Bool) -> String {
      let text = rest.prefix { !ends($0) }
      rest = rest[text.endIndex...]
      return String(text)
    }

    private mutating func quoted() -> String? {
      guard let quote = rest.popFirst() else { return nil }
      var text = String.UnicodeScalarView()
      while let scalar = rest.popFirst() {
        if scalar == quote { return String(text) }
        text.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
      }
      return nil
    }
  }
}
