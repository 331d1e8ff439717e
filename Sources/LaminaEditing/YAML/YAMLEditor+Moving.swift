import LaminaSyntax

extension YAMLEditor {
  /// Moves all items of one list of the document to another one, with the comments between them, and removes
  /// the list that they came from. Where there is no other one yet, the list only gets its name.
  ///
  /// - Parameter atFront: the items come before those that are there, and not behind them.
  mutating func moveItems(
    of source: String, to target: String, atFront: Bool = false
  ) throws(EditError) {
    guard let items = value[source]?.items, !items.isEmpty else { return }
    guard let present = value[target]?.items, !present.isEmpty else {
      if value[target] != nil { try remove([.key(target)]) }
      return try rename([.key(source)], to: target)
    }
    let all = atFront ? items + present : present + items
    let expected = value.replacing([.key(target)], with: .sequence(all))
      .replacing([.key(source)], with: nil)
    if let from = try own([.key(source)], replacesAll: true), let to = try own([.key(target)]),
      let splices = movingSplices(
        from: find([.key(source)]) ?? from, to: find([.key(target)]) ?? to, atFront)
    {
      do { return try apply(firstOf: [splices], expecting: expected) } catch {}
    }
    // Lists in brackets, or of other layouts, are written anew.
    if atFront {
      try set(.sequence(all), at: [.key(target)])
    } else {
      try append(items, to: [.key(target)])
    }
    try remove([.key(source)])
  }

  /// Cuts the lines of a list and puts them into another one, with the indentation of that.
  ///
  /// Comments above the key and behind it come along, in front of the items. Nil where one of the
  /// lists stands in brackets, or beside its key.
  private func movingSplices(from: Place, to: Place, _ atFront: Bool) -> [Splice]? {
    guard case .sequence(let old, isFlow: false) = tree[from.id].content,
      case .sequence(let present, isFlow: false) = tree[to.id].content,
      let first = old.first?.dash, let last = old.last, let end = present.last,
      let column = present.first?.dash.map(lines.column(of:)),
      let colon = startOfValue(from), let targetColon = startOfValue(to),
      case .mapping(let entries, _)? = from.parent.map({ tree[$0].content })
    else { return nil }
    let key = startOfEntry(entries[from.number])
    let body = lines.next(after: colon)
    guard lines.isFirst(key), lines.isFirst(first), body <= first else { return nil }
    let start = commentStart(above: key)
    let stop = lines.next(after: endOfItem(last))
    var text: [String] = sourceLines(start..<lines.start(of: key)).map { shifted($0, to: column) }
    if let comment = comment(behind: colon) {
      text.append(String(repeating: " ", count: column) + comment)
    }
    let shift = column - lines.column(of: first)
    text += sourceLines(body..<stop).map { shifted($0, by: shift) }
    let place = atFront ? lines.next(after: targetColon) : lines.next(after: endOfItem(end))
    let isCut = place == tree.bytes.count && !lines.endsWithLineBreak
    let joined = text.joined(separator: layout.lineEnd)
    return [
      Splice(start..<stop, ""),
      Splice(place..<place, isCut ? layout.lineEnd + joined : joined + layout.lineEnd),
    ]
  }

  /// The lines of a range, without what ends them.
  func sourceLines(_ range: Range<Int>) -> [String] {
    var text = tree.bytes[range]
    if text.last == UInt8(ascii: "\n") { text = text.dropLast() }
    if text.isEmpty { return [] }
    return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self)
    }
  }

  /// The comment on the rest of a line.
  func comment(behind offset: Int) -> String? {
    let end = lines.next(after: offset)
    guard let mark = tree.bytes[offset..<end].firstIndex(of: UInt8(ascii: "#")),
      tree.token(at: mark)?.kind == .comment
    else { return nil }
    return sourceLines(mark..<end).first
  }

  /// A line moved to the right, or to the left as far as it has spaces.
  func shifted(_ line: String, by count: Int) -> String {
    if line.isEmpty { return line }
    if count >= 0 { return String(repeating: " ", count: count) + line }
    let blank = line.prefix { $0 == " " }.count
    return String(line.dropFirst(min(-count, blank)))
  }

  /// A line that begins at a column.
  private func shifted(_ line: String, to column: Int) -> String {
    String(repeating: " ", count: column) + line.drop { $0 == " " || $0 == "\t" }
  }
}
