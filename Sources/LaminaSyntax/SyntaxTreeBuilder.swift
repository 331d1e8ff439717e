/// Makes a tree of libyaml's events, and tokens of these and of the gaps between them.
///
/// libyaml's events come in the order of the text. Before each, the gap up to it is read, and what
/// stands there is noted for the collection that is open.
struct SyntaxTreeBuilder {
  /// A sequence or mapping whose end has not come yet.
  private struct Open {
    let id: Int
    let isSequence: Bool
    let isFlow: Bool
    /// Its bracket is written; `a: b` in `[a: b]` is a mapping without.
    let hasBracket: Bool
    var items: [SyntaxNode.Item] = []
    var entries: [SyntaxNode.Entry] = []
    /// The indicators that belong to the next item or entry.
    var dash: Int?
    var question: Int?
    var key: SyntaxNode.ID?
    var colon: Int?
  }

  private(set) var tokens: [SyntaxToken] = []
  private(set) var documents: [SyntaxTree.Document] = []
  private(set) var nodes: [SyntaxNode] = []

  private let text: [UInt8]
  private let lexer: GapLexer
  /// The first byte that is in no token yet.
  private var cursor = 0
  /// The collections around the cursor, the innermost last.
  private var open: [Open] = []
  /// The node of each name; a later anchor of the same name takes its place, as YAML has it.
  private var anchors: [ArraySlice<UInt8>: SyntaxNode.ID] = [:]
  /// The last `---` that was read.
  private var startMark: Range<Int>?
  /// Where a document ends that has no mark of its own: at the first mark or directive behind it.
  private var boundary: Int?

  init(_ text: [UInt8]) {
    self.text = text
    lexer = GapLexer(text)
  }

  /// Takes the next event.
  mutating func add(_ event: ParserEvents.Event) throws(SyntaxError) {
    switch event.kind {
    case .documentStart(let isExplicit): startDocument(event.range, isExplicit: isExplicit)
    case .documentEnd(let isExplicit): endDocument(event.range, isExplicit: isExplicit)
    case .alias(let name): try addAlias(name[...], event.range)
    case .scalar(let style, let text): addScalar(style, text, event.range)
    case .sequenceStart(let isFlow): start(event, isSequence: true, isFlow: isFlow)
    case .mappingStart(let isFlow): start(event, isSequence: false, isFlow: isFlow)
    case .sequenceEnd, .mappingEnd: end(event.range)
    }
  }

  /// Takes the rest of the text.
  mutating func finish() {
    readGap(to: text.count)
    closeDocument(at: boundary ?? text.count)
  }

  // MARK: - Documents

  /// Anchors end with their document.
  private mutating func startDocument(_ range: Range<Int>, isExplicit: Bool) {
    if isExplicit { readGap(to: range.upperBound) }
    closeDocument(at: boundary ?? range.lowerBound)
    boundary = nil
    anchors = [:]
    // A document without a mark begins behind the last one's, so that comments above it belong to it.
    let start = isExplicit ? range.upperBound : documents.last?.endMark?.upperBound ?? 0
    documents.append(
      SyntaxTree.Document(
        range: start..<text.count, startMark: isExplicit ? startMark : nil, endMark: nil,
        root: SyntaxNode.ID(index: nodes.count)))
  }

  /// Without a `...` the end shows only when something else begins (`boundary`).
  private mutating func endDocument(_ range: Range<Int>, isExplicit: Bool) {
    guard isExplicit, let last = documents.indices.last else { return }
    readGap(to: range.upperBound)
    let mark = range.upperBound - 3..<range.upperBound
    documents[last].endMark = mark
    documents[last].range = documents[last].range.lowerBound..<mark.lowerBound
    boundary = nil
  }

  /// Says where the last document ends, if no `...` has said so.
  private mutating func closeDocument(at offset: Int) {
    guard let last = documents.indices.last, documents[last].endMark == nil else { return }
    let start = documents[last].range.lowerBound
    documents[last].range = start..<max(start, offset)
  }

  // MARK: - Nodes

  /// libyaml's parser does not look whether an anchor is there; that is left to who reads its
  /// events.
  private mutating func addAlias(
    _ name: ArraySlice<UInt8>, _ range: Range<Int>
  ) throws(SyntaxError) {
    readGap(to: range.lowerBound)
    guard let target = anchors[name] else {
      let name = String(decoding: name, as: UTF8.self)
      throw .at(range.lowerBound, in: text, "unknown anchor '\(name)' referenced")
    }
    tokens.append(SyntaxToken(kind: .alias, range: range))
    cursor = range.upperBound
    let isInside = open.contains { $0.id == target.index }
    append(
      SyntaxNode(content: .alias(of: isInside ? nil : target), range: range, anchor: nil, tag: nil))
  }

  /// An empty value gets a node without a token. The text is a range of the file where quotes and
  /// folding have changed nothing.
  private mutating func addScalar(
    _ style: SyntaxNode.Style, _ value: [UInt8], _ range: Range<Int>
  ) {
    readGap(to: range.lowerBound)
    let properties = readProperties(end: range.upperBound, count: 2)
    let start = cursor
    let end = trimmedEnd(of: start..<max(start, range.upperBound), style)
    if end > start {
      tokens.append(SyntaxToken(kind: .scalar, range: start..<end))
      cursor = end
    }
    let inner = style == .plain ? start..<end : start + 1..<max(start + 1, end - 1)
    let isSource = end > start && inner.upperBound <= text.count && text[inner].elementsEqual(value)
    let content = SyntaxNode.Content.scalar(
      style, text: isSource ? .source(inner) : .decoded(value))
    append(
      SyntaxNode(
        content: content, range: start..<end, anchor: properties.anchor, tag: properties.tag))
  }

  /// The end of a scalar without what libyaml takes in behind the text of a block scalar.
  private func trimmedEnd(of range: Range<Int>, _ style: SyntaxNode.Style) -> Int {
    guard style == .literal || style == .folded else { return range.upperBound }
    let header = text[range].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    var end = range.upperBound
    let keepsBlankLines =
      header.prefix { $0 != UInt8(ascii: "#") }.contains(UInt8(ascii: "+"))
    if keepsBlankLines { return max(header.endIndex, withoutLineBreak(end, from: header.endIndex)) }
    while end > header.endIndex, isBlank(text[end - 1]) { end -= 1 }
    // Blanks behind the last line's text belong to it.
    while end < range.upperBound, text[end] == UInt8(ascii: " ") || text[end] == UInt8(ascii: "\t")
    {
      end += 1
    }
    return end
  }

  /// The place before the line break that ends at a place.
  private func withoutLineBreak(_ end: Int, from start: Int) -> Int {
    var end = end
    if end > start, text[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }

  /// Begins a collection. `a: b` between brackets begins a mapping that has no braces of its own.
  private mutating func start(_ event: ParserEvents.Event, isSequence: Bool, isFlow: Bool) {
    readGap(to: event.range.lowerBound)
    let properties = readProperties(end: text.count, count: event.propertyCount)
    let hasBracket = isFlow && !event.range.isEmpty && isBracket(at: cursor)
    let id = append(
      SyntaxNode(
        content: isSequence ? .sequence([], isFlow: isFlow) : .mapping([], isFlow: isFlow),
        range: cursor..<cursor, anchor: properties.anchor, tag: properties.tag))
    if hasBracket { readBracket() }
    open.append(Open(id: id, isSequence: isSequence, isFlow: isFlow, hasBracket: hasBracket))
  }

  /// Ends the innermost collection, which reaches to its bracket or to the end of its last part.
  private mutating func end(_ range: Range<Int>) {
    guard let top = open.last else { return }
    if top.hasBracket {
      readGap(to: max(cursor, range.upperBound - 1))
      readBracket()
    }
    guard let done = open.popLast() else { return }
    let start = nodes[done.id].range.lowerBound
    var end = cursor
    if done.isSequence {
      nodes[done.id].content = .sequence(done.items, isFlow: done.isFlow)
      if !done.hasBracket { end = done.items.last.map(end(of:)) ?? start }
    } else {
      nodes[done.id].content = .mapping(done.entries, isFlow: done.isFlow)
      if !done.hasBracket { end = done.entries.last.map(end(of:)) ?? start }
    }
    nodes[done.id].range = start..<max(start, end)
  }

  /// Behind the value, or behind the dash where that is missing.
  private func end(of item: SyntaxNode.Item) -> Int {
    max((item.dash ?? 0) + 1, nodes[item.value.index].fullRange.upperBound)
  }

  /// Behind the value, the colon or the key: whatever comes last.
  private func end(of entry: SyntaxNode.Entry) -> Int {
    let key = nodes[entry.key.index].fullRange.upperBound
    guard let colon = entry.colon else { return key }
    return max(key, colon + 1, nodes[entry.value.index].fullRange.upperBound)
  }

  /// Adds a node to the tree and to the collection that holds it; returns its index.
  @discardableResult
  private mutating func append(_ node: SyntaxNode) -> Int {
    let id = SyntaxNode.ID(index: nodes.count)
    nodes.append(node)
    if let anchor = node.anchor { anchors[text[anchor.dropFirst()]] = id }
    guard let top = open.indices.last else { return id.index }
    if open[top].isSequence {
      open[top].items.append(SyntaxNode.Item(dash: open[top].dash, value: id, comma: nil))
      open[top].dash = nil
    } else if let key = open[top].key {
      open[top].entries.append(
        SyntaxNode.Entry(
          question: open[top].question, key: key, colon: open[top].colon, value: id, comma: nil))
      open[top].key = nil
      open[top].question = nil
      open[top].colon = nil
    } else {
      open[top].key = id
    }
    return id.index
  }

  // MARK: - Gaps

  /// Reads the tokens up to a place, and notes the indicators for the innermost collection.
  private mutating func readGap(to end: Int) {
    while cursor < end {
      let token = lexer.token(at: cursor, end: text.count)
      note(token)
      tokens.append(token)
      cursor = token.range.upperBound
    }
  }

  /// Notes what a token in a gap says: where documents end, and which indicators belong to what
  /// comes next.
  private mutating func note(_ token: SyntaxToken) {
    let offset = token.range.lowerBound
    switch token.kind {
    case .documentStart:
      startMark = token.range
      if boundary == nil { boundary = offset }
      return
    case .directive, .documentEnd:
      if boundary == nil { boundary = offset }
      return
    default: break
    }
    guard let top = open.indices.last else { return }
    switch token.kind {
    case .dash: open[top].dash = offset
    case .question: open[top].question = offset
    case .colon: open[top].colon = offset
    case .comma:
      if let last = open[top].items.indices.last { open[top].items[last].comma = offset }
      if let last = open[top].entries.indices.last { open[top].entries[last].comma = offset }
    default: break
    }
  }

  /// Reads anchor and tag, and the blanks behind them.
  private mutating func readProperties(
    end: Int, count: Int
  ) -> (anchor: Range<Int>?, tag: Range<Int>?) {
    var result: (anchor: Range<Int>?, tag: Range<Int>?) = (nil, nil)
    var left = count
    while cursor < end {
      let isProperty = text[cursor] == UInt8(ascii: "&") || text[cursor] == UInt8(ascii: "!")
      let isGap = isBlank(text[cursor]) || text[cursor] == UInt8(ascii: "#")
      guard isProperty && left > 0 || isGap && left < count else { return result }
      let token = lexer.token(at: cursor, end: text.count)
      if isProperty { left -= 1 }
      if token.kind == .anchor { result.anchor = token.range }
      if token.kind == .tag { result.tag = token.range }
      tokens.append(token)
      cursor = token.range.upperBound
    }
    return result
  }

  private func isBracket(at index: Int) -> Bool {
    guard index < text.count else { return false }
    return text[index] == UInt8(ascii: "[") || text[index] == UInt8(ascii: "{")
  }

  /// Takes the bracket at the cursor.
  private mutating func readBracket() {
    guard cursor < text.count else { return }
    tokens.append(SyntaxToken(kind: .bracket, range: cursor..<cursor + 1))
    cursor += 1
  }
}
