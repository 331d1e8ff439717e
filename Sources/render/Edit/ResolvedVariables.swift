internal import Lamina

/// Tells whether two renderings differ only in variables that the first one did not resolve.
///
/// kustomize looks for `$(NAME)` in the fields of its `varReference` table alone, and leaves it anywhere else.
/// `edit fix --vars` makes replacements of these as well, as kustomize's does: whoever wrote `$(NAME)` there
/// wanted its value.
struct ResolvedVariables {
  private var values: [ByteText: Substring] = [:]
  private let names: [String]

  /// - Parameter names: of all variables.
  init(names: [String]) { self.names = names }

  mutating func explain(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    let old = lines(old)
    let new = lines(new)
    guard old.count == new.count else { return false }
    let changed = zip(old, new).filter { !$0.hasBytes(of: $1) }
    for (line, other) in changed { learn(line, other) }
    return changed.allSatisfy { resolved($0).hasBytes(of: $1) }
  }

  private func lines(_ text: [UInt8]) -> [Substring] {
    Substring(decoding: text, as: UTF8.self).parts(
      at: "\n", omittingEmptySubsequences: false)
  }

  /// A line with one variable shows its value.
  private mutating func learn(_ old: Substring, _ new: Substring) {
    for name in names {
      let parts = Self.parts(of: old, around: "$(\(name))")
      guard parts.count == 2, new.begins(with: parts[0]), new.ends(with: parts[1]),
        new.utf8.count >= parts[0].utf8.count + parts[1].utf8.count
      else { continue }
      let value = Substring(
        new.dropping(start: parts[0]).utf8.dropLast(parts[1].utf8.count))
      if values[name] == nil { values[name] = value }
    }
  }

  private static func parts(of text: Substring, around reference: String) -> [Substring] {
    Array(text.utf8).split(separator: Array(reference.utf8), omittingEmptySubsequences: false)
      .map { Substring(decoding: $0, as: UTF8.self) }
  }

  private func resolved(_ line: Substring) -> Substring {
    var text = line
    for (name, value) in values {
      let parts = Self.parts(of: text, around: "$(\(name))")
      if parts.count > 1 { text = Substring(parts.joined(separator: value)) }
    }
    return text
  }
}
