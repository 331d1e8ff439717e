internal import Pattern

/// A pattern for relative paths: `*` stands for any characters of one part, `?` for one of them, and a
/// part `**` for any number of parts.
package struct PathGlob: Sendable {
  private let pattern: Pattern

  /// Nil where the text is no path in or below the directory from which paths start.
  init?(_ text: String) {
    guard !text.isEmpty, Self.isBelow(text) else { return nil }
    var expression = "^"
    let parts = Path.clean(text).split(separator: "/")
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part == "**" {
        expression += isLast ? ".+" : "(?:[^/]+/)*"
      } else {
        expression += part.unicodeScalars.map(Self.expression).joined() + (isLast ? "" : "/")
      }
    }
    // Names may hold line feeds.
    let source = Array("(?s)\(expression)$".utf8)
    guard let pattern = try? Pattern(source.span) else { return nil }
    self.pattern = pattern
  }

  /// Whether a path in normal form is one of those that are meant.
  package func matches(_ path: String) -> Bool {
    let text = Array(path.utf8)
    return pattern.matches(text.span)
  }

  static func isBelow(_ path: String) -> Bool {
    let path = Path.clean(path)
    return !Path.isAbsolute(path) && path != ".." && !path.utf8.starts(with: "../".utf8)
  }

  private static func expression(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "*": "[^/]*"
    case "?": "[^/]"
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "/": String(scalar)
    case _ where scalar.isASCII: "\\x{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
}
