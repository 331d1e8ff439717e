internal import Lamina

/// A line of a file, as messages write it: `overlays/prod/patch.yaml:7` or `…:7:12`.
package struct LineArgument: Sendable {
  package let file: String
  package let line: Int
  package let column: Int?

  package init?(_ text: String) {
    var parts = text.parts(at: ":", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.popLast().flatMap({ Int($0) }), last > 0 else {
      return nil
    }
    if parts.count > 1, let line = parts.last.flatMap({ Int($0) }), line > 0 {
      (self.line, column) = (line, last)
      parts.removeLast()
    } else {
      (line, column) = (last, nil)
    }
    file = parts.joined(separator: ":")
    if file.isEmpty { return nil }
  }
}
