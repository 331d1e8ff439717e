/// Finds the known word that a misspelt one was probably meant to be.
package enum Suggestion {
  /// The candidate that differs in the fewest letters, if that is few enough to be a slip. The word itself
  /// is none: whoever wrote it meant it, and something else is wrong.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = Array(word.lowercased().utf8)
    // The distance takes time with the product of both lengths.
    guard wanted.count < 100 else { return nil }
    var best: (candidate: String, distance: Int)?
    // In a word of three letters, two other ones make another word.
    let most = wanted.count <= 3 ? min(wanted.count - 1, 1) : max(2, wanted.count / 4)
    for candidate in candidates where abs(candidate.utf8.count - word.utf8.count) <= most {
      guard candidate.utf8.count < 100, !candidate.hasBytes(of: word) else { continue }
      let distance = distance(wanted, Array(candidate.lowercased().utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= most else { return nil }
    return best.candidate
  }

  /// The same as the hint of a message.
  package static func hint(for word: String, among candidates: [String]) -> String? {
    nearest(to: word, among: candidates).map { "did you mean \"\($0)\"?" }
  }

  /// How many letters must be changed, added, taken out or swapped with the next one.
  ///
  /// The Damerau-Levenshtein distance in its restricted form, row by row: a letter is swapped once
  /// at most.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var above: [Int] = []
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var next = [i + 1]
      next.reserveCapacity(row.count)
      for (j, other) in b.enumerated() {
        var least = min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other {
          least = min(least, above[j - 1] + 1)
        }
        next.append(least)
      }
      (above, row) = (row, next)
    }
    return row[b.count]
  }
}
