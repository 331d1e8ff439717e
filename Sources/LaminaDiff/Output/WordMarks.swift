internal import Lamina

/// Finds the words that differ between a line and the one that stands for it.
struct WordMarks {
  /// A part of a line.
  struct Piece: Equatable {
    var text: String
    /// The other line has something else here.
    let isChanged: Bool
  }

  /// Lines that have less than this in common, in percent of their letters, are different lines.
  private static let leastShare = 30
  /// Longer lines are not looked at: nobody would see a word in them.
  private static let longest = 4000

  /// The parts of two lines; nil where they have too little in common, or are the same.
  static func pieces(_ old: String, _ new: String) -> (old: [Piece], new: [Piece])? {
    guard !old.hasBytes(of: new), old.utf8.count <= longest, new.utf8.count <= longest else {
      return nil
    }
    let (left, right) = (words(of: old), words(of: new))
    var numbers: [ByteText: Int] = [:]
    func number(_ word: Substring) -> Int {
      let word = ByteText(word)
      let number = numbers[word, default: numbers.count]
      numbers[word] = number
      return number
    }
    let changes = SequenceDiff.changes(old: left.map(number), new: right.map(number))
    let oldPieces = pieces(of: left, changed: changes.map(\.old))
    let newPieces = pieces(of: right, changed: changes.map(\.new))
    let total = max(old.utf8.count, new.utf8.count)
    let common = oldPieces.reduce(0) { sum, piece in
      piece.isChanged ? sum : sum + piece.text.utf8.count { $0 != UInt8(ascii: " ") }
    }
    guard total > 0, 100 * common / total >= leastShare else { return nil }
    return (oldPieces, newPieces)
  }

  /// Runs of letters and digits, runs of blanks, and every other character by itself.
  private static func words(of line: String) -> [Substring] {
    enum Class { case letters, blanks, other }
    func kind(_ character: Character) -> Class {
      if character.isLetter || character.isNumber || character == "_" { return .letters }
      return character == " " ? .blanks : .other
    }
    var words: [Substring] = []
    var rest = line[...]
    while let first = rest.first {
      let kindOfFirst = kind(first)
      let word = kindOfFirst == .other ? rest.prefix(1) : rest.prefix { kind($0) == kindOfFirst }
      words.append(word)
      rest = rest.dropFirst(word.count)
    }
    return words
  }

  private static func pieces(of words: [Substring], changed: [Range<Int>]) -> [Piece] {
    var pieces: [Piece] = []
    var ranges = changed[...]
    for (place, word) in words.enumerated() {
      while let range = ranges.first, range.upperBound <= place { ranges.removeFirst() }
      let isChanged = ranges.first?.contains(place) ?? false
      if let last = pieces.last, last.isChanged == isChanged {
        pieces[pieces.count - 1].text += word
      } else {
        pieces.append(Piece(text: String(word), isChanged: isChanged))
      }
    }
    return pieces
  }

  /// For lines of a report, by their places: the parts of those that stand for one another. Removed lines
  /// and the added ones behind them are taken in pairs, if they are as many.
  static func marks(in lines: [ReportLine]) -> [Int: [Piece]] {
    var marks: [Int: [Piece]] = [:]
    var place = 0
    while place < lines.count {
      let removed = run(in: lines, from: place) {
        if case .removed(let text) = $0 { text } else { nil }
      }
      let middle = place + removed.count
      let added = run(in: lines, from: middle) {
        if case .added(let text) = $0 { text } else { nil }
      }
      if removed.count == added.count {
        for (index, (old, new)) in zip(removed, added).enumerated() {
          guard let pieces = pieces(old, new) else { continue }
          marks[place + index] = pieces.old
          marks[middle + index] = pieces.new
        }
      }
      place = max(middle + added.count, place + 1)
    }
    return marks
  }

  private static func run(
    in lines: [ReportLine], from start: Int, _ text: (ReportLine) -> String?
  ) -> [String] {
    var texts: [String] = []
    for line in lines[start...] {
      guard let text = text(line) else { break }
      texts.append(text)
    }
    return texts
  }
}
