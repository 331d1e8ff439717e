internal import Lamina

/// Compares strings line by line, where they have lines.
enum TextComparison {
  /// JSON that is shorter is read as easily on one line.
  private static let shortestJSON = 60

  /// Nil for strings that are better shown whole. Text of several lines is compared as it is, JSON on
  /// one line is laid out first.
  ///
  /// - Parameter context: how many lines are kept around those that differ.
  static func lines(from old: String, to new: String, context: Int) -> LineDiff? {
    if let diff = laidOut(old, new, context: context) { return diff }
    guard hasLines(old) || hasLines(new) else { return nil }
    return LineDiff(old: Array(old.utf8), new: Array(new.utf8), context: context)
  }

  private static func hasLines(_ text: String) -> Bool {
    text.utf8.dropLast().contains(UInt8(ascii: "\n"))
  }

  /// Where two texts differ only in what laying out takes away, there is nothing to show of that.
  private static func laidOut(_ old: String, _ new: String, context: Int) -> LineDiff? {
    guard max(old.utf8.count, new.utf8.count) >= shortestJSON, !hasLines(old) || !hasLines(new),
      let left = ObjectReader.layOut(json: old), let right = ObjectReader.layOut(json: new)
    else { return nil }
    let diff = LineDiff(old: left, new: right, context: context, isLaidOut: true)
    return diff.hunks.isEmpty ? nil : diff
  }
}
