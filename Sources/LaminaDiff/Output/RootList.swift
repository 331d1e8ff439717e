internal import Lamina

/// A list of roots in words.
enum RootList {
  /// How many roots are named where there is little room.
  static let usualLimit = 10

  /// `in 12 roots: a, b and 10 more`; of a single one `in a`.
  static func words(_ names: [String], limit: Int = usualLimit) -> String {
    let shown = names.map(ShownText.line)
    if shown.count == 1 { return "in \(shown[0])" }
    return "in \(shown.count) roots: \(list(shown, limit: limit))"
  }

  /// `a, b and 10 more`
  static func list(_ names: [String], limit: Int = usualLimit) -> String {
    let more = names.count - limit
    // To say that there is one more takes as much room as its name.
    if more <= 1 { return names.joined(separator: ", ") }
    return "\(names.prefix(limit).joined(separator: ", ")) and \(more) more"
  }
}
