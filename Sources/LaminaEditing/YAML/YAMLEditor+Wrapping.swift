internal import Lamina
import LaminaSyntax

extension YAMLEditor {
  /// Makes each text of a list the value of a key of its own: `- p.yaml` becomes `- path: p.yaml`.
  ///
  /// - Parameter key: is asked of each text, and gives the key for it.
  mutating func wrapItems(
    of field: String, key: (String) -> String
  ) throws(EditError) {
    guard let items = value[field]?.items, let place = try own([.key(field)], replacesAll: true),
      case .sequence(let written, let isFlow) = tree[place.id].content
    else { return }
    var splices: [Splice] = []
    var wrapped: [YAMLValue] = []
    for (item, text) in zip(written, items) {
      let name = key(text.text ?? "")
      wrapped.append(.mapping([.init(name, text)]))
      splices += wrap(tree[item.value].fullRange, name, isFlow: isFlow)
    }
    try apply(
      firstOf: [splices], expecting: value.replacing([.key(field)], with: .sequence(wrapped)))
  }

  /// The splices for one item: the key in front and, between brackets, braces around.
  private func wrap(_ range: Range<Int>, _ key: String, isFlow: Bool) -> [Splice] {
    let start = range.lowerBound..<range.lowerBound
    let end = range.upperBound..<range.upperBound
    if isFlow { return [Splice(start, "{\(key): "), Splice(end, "}")] }
    // Further lines of a text have to stand to the right of the key.
    var splices = [Splice(start, "\(key): ")]
    var line = lines.next(after: range.lowerBound)
    while line < range.upperBound {
      if !lines.isEmpty(lineAt: line) { splices.append(Splice(line..<line, "  ")) }
      line = lines.next(after: line)
    }
    return splices
  }

  /// Makes a mapping of labels the pairs of an entry of a list: `app: x` becomes
  /// `- includeSelectors: true` with `pairs` of it. The field gets another name.
  ///
  /// Labels on lines of their own move to the right; those in braces, or an alias, follow `pairs:`
  /// on its line.
  ///
  /// - Parameter entry: what the one item of the list is to mean.
  mutating func nestPairs(of field: String, as name: String, _ entry: YAMLValue) throws(EditError) {
    guard let place = try own([.key(field)], replacesAll: true),
      let colon = startOfValue(place), let column = columnOfHolder(place),
      let index = value.entries.lastIndex(where: { $0.key.hasBytes(of: field) })
    else { return }
    var entries = value.entries
    entries[index] = .init(name, .sequence([entry]))
    let node = tree[place.id]
    let blank = String(repeating: " ", count: column + layout.listIndent)
    let head = "\(blank)- includeSelectors: true\(layout.lineEnd)\(blank)  pairs:"
    var splices: [Splice] = []
    if case .mapping(let pairs, isFlow: false) = node.content, let first = pairs.first,
      lines.isFirst(startOfEntry(first))
    {
      let body = lines.next(after: colon)
      let stop = lines.next(after: node.fullRange.upperBound)
      let shift = column + layout.listIndent + 4 - lines.column(of: startOfEntry(first))
      let text = sourceLines(body..<stop).map { shifted($0, by: shift) }
      let isCut = stop == tree.bytes.count && !lines.endsWithLineBreak
      splices = [
        Splice(
          body..<stop,
          ([head] + text).joined(separator: layout.lineEnd) + (isCut ? "" : layout.lineEnd))
      ]
    } else {
      let source = String(decoding: tree[node.fullRange], as: UTF8.self)
      splices = [Splice(colon..<node.fullRange.upperBound, "\(layout.lineEnd)\(head) \(source)")]
    }
    if case .mapping(let fields, _)? = place.parent.map({ tree[$0].content }) {
      splices.append(Splice(tree[fields[place.number].key].range, name))
    }
    try apply(firstOf: [splices], expecting: .mapping(entries))
  }
}
