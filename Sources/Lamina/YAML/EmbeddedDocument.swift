/// YAML or JSON that is the text of one scalar, such as a file in a config map.
///
/// Its nodes live in the build's tree, so that paths lead through them as through any object. What
/// the tree does not keep of a node is kept here, for the text is printed in the style it had.
///
/// The tree drops comments, anchors and unusual tags, because resources are printed without them; a
/// config map's file must keep them.
struct EmbeddedDocument {
  /// What go-yaml v3 keeps of a node besides its value.
  struct Style {
    /// The tag as the text names it.
    var tag: [UInt8]?
    var anchor: [UInt8]?
    /// The node is an alias, `*name`, which the node's text is.
    var isAlias = false
  }

  /// Nil for a text without a value, such as an empty one.
  fileprivate(set) var root: NodeID?
  fileprivate(set) var styles: [NodeID: Style] = [:]
  var comments = EmbeddedComments([], entries: [], scalars: [])
  /// Where nodes, and the keys of values, stand; only where a caller asks for it.
  fileprivate(set) var places: [NodeID: NodeDetails.Place] = [:]
  fileprivate(set) var keyPlaces: [NodeID: NodeDetails.Place] = [:]

  /// Reads the first document of a text.
  ///
  /// Throws where the text is not YAML; the problem stands at `position`, since a value's lines
  /// cannot be told from its text.
  static func read(
    _ text: [UInt8], at position: Position, keepingPlaces: Bool = false, into tree: inout Tree
  ) throws(Problem) -> EmbeddedDocument {
    var reader = EmbeddedReader(text: text[...], position: position)
    reader.keepsPlaces = keepingPlaces
    var document = try reader.read(into: &tree)
    if text.contains(UInt8(ascii: "#")) {
      document.comments = EmbeddedComments(
        text, entries: reader.entries, scalars: reader.scalars)
    }
    return document
  }
}

/// The state of one reading.
private struct EmbeddedReader {
  let text: ArraySlice<UInt8>
  /// Of the scalar; all nodes get it.
  let position: Position
  var keepsPlaces = false
  var document = EmbeddedDocument()
  /// The collections that are open, the innermost last.
  var frames: [Frame] = []
  /// Names that aliases may use. Aliases are not resolved here: they are printed as aliases.
  var anchors: Set<[UInt8]> = []
  /// Refuses what Go's parser would.
  var dialect: GoDialect
  /// For comments: the entries of blocks, and where scalars stand.
  var entries: [EmbeddedComments.Entry] = []
  var scalars: [EmbeddedComments.Stretch] = []

  /// An open collection.
  struct Frame {
    let node: NodeID
    let isMapping: Bool
    let isFlow: Bool
    let column: Int
    /// The entry that holds the collection.
    let entry: Int?
    /// The key whose value comes next; nil in lists, and before a key.
    var key: Key?
  }

  /// A key whose value has not come yet.
  struct Key {
    let symbol: Symbol
    let flags: Node.Flags
    let place: (line: Int, column: Int)
  }

  init(text: ArraySlice<UInt8>, position: Position) {
    self.text = text
    self.position = position
    dialect = GoDialect(text)
  }

  /// A closure can throw one type of error only; both ways to fail are in it.
  enum Failure: Error {
    case syntax(YAMLEvents.Failure)
    case meaning(Problem)
  }

  /// Says of libyaml's refusals where the value stands.
  mutating func read(into tree: inout Tree) throws(Problem) -> EmbeddedDocument {
    do {
      return try text.withUnsafeBufferPointer { buffer throws(Failure) in
        var events = YAMLEvents(buffer)
        return try read(&events, into: &tree)
      }
    } catch {
      switch error {
      case .syntax(let failure): throw .notYAML(failure.message, at: position)
      case .meaning(let problem): throw problem
      }
    }
  }

  /// Takes events up to the end of the first document; what follows is not looked at.
  private mutating func read(
    _ events: inout YAMLEvents, into tree: inout Tree
  ) throws(Failure) -> EmbeddedDocument {
    while true {
      let event: YAMLEvents.Event
      do { event = try events.next() } catch { throw .syntax(error) }
      do {
        try tree.checkSize(at: position)
        switch event {
        case .documentStart, .other: break
        case .documentEnd, .streamEnd: return document
        case .alias(let name):
          try readAlias(Array(name), at: (events.line, events.column), into: &tree)
        case .scalar(let text, let properties, let style):
          if style == .doubleQuoted { try dialect.checkEscapes(events.characters, at: position) }
          if style == .plain, frames.last?.isFlow == true {
            try dialect.checkFlowText(text, at: position)
          }
          noteStretch(style, events)
          readScalar(text, properties, style, at: (events.line, events.column), into: &tree)
        case .sequenceStart(let properties, let isFlow):
          try open(
            .sequence, properties, isFlow: isFlow, at: (events.line, events.column), into: &tree)
        case .mappingStart(let properties, let isFlow):
          try open(
            .mapping, properties, isFlow: isFlow, at: (events.line, events.column), into: &tree)
        case .sequenceEnd, .mappingEnd:
          if let frame = frames.popLast() { attach(frame.node, to: &tree) }
        }
      } catch { throw .meaning(error) }
    }
  }

  /// The next scalar of the mapping is a key.
  private var expectsKey: Bool {
    guard let frame = frames.last else { return false }
    return frame.isMapping && frame.key == nil
  }

  /// Takes a scalar as the key or the value that is expected.
  private mutating func readScalar(
    _ text: YAMLEvents.Text, _ properties: YAMLEvents.Properties, _ style: YAMLEvents.ScalarStyle,
    at place: (line: Int, column: Int), into tree: inout Tree
  ) {
    let (tag, flags) = YAMLReader.tag(of: text, properties, style)
    if expectsKey {
      frames[frames.count - 1].key = Key(
        symbol: tree.symbols.intern(text.span), flags: YAMLReader.keyFlags(tag, style), place: place
      )
      return
    }
    let node = tree.addScalar(text.span, tag: tag, flags: flags, at: position)
    note(properties, of: node)
    notePlaces(of: node, at: place)
    _ = noteEntry(node, at: place)
    attach(node, to: &tree)
  }

  /// Adds a node that stands for an alias; its text is the name.
  private mutating func readAlias(
    _ name: [UInt8], at place: (line: Int, column: Int), into tree: inout Tree
  ) throws(Problem) {
    guard anchors.contains(name) else {
      throw .notYAML("unknown anchor '\(String(decoding: name, as: UTF8.self))'", at: position)
    }
    if expectsKey { throw .notYAML("an alias is a key", at: position) }
    let node = tree.addScalar(name.span, tag: .custom, at: position)
    document.styles[node, default: .init()].isAlias = true
    notePlaces(of: node, at: place)
    attach(node, to: &tree)
  }

  /// Begins a collection.
  private mutating func open(
    _ shape: Node.Shape, _ properties: YAMLEvents.Properties, isFlow: Bool,
    at place: (line: Int, column: Int), into tree: inout Tree
  ) throws(Problem) {
    if expectsKey { throw .notYAML("a collection is a key", at: position) }
    if frames.count >= YAMLReader.maximumDepth { throw .notYAML("too much nesting", at: position) }
    let node = tree.addCollection(shape, at: position)
    if isFlow { tree.addFlags(.flow, to: node) }
    note(properties, of: node)
    notePlaces(of: node, at: place)
    let entry = noteEntry(node, at: place)
    frames.append(
      Frame(
        node: node, isMapping: shape == .mapping, isFlow: isFlow, column: place.column,
        entry: entry))
  }

  private mutating func notePlaces(of node: NodeID, at place: (line: Int, column: Int)) {
    guard keepsPlaces else { return }
    document.places[node] = NodeDetails.Place(line: place.line, column: place.column)
    guard let key = frames.last?.key else { return }
    document.keyPlaces[node] = NodeDetails.Place(line: key.place.line, column: key.place.column)
  }

  /// Remembers where an entry of a block stands; returns its place, or that of the entry around it.
  private mutating func noteEntry(_ node: NodeID, at place: (line: Int, column: Int)) -> Int? {
    guard let frame = frames.last else { return nil }
    if frame.isFlow { return frame.entry }
    let place = frame.isMapping ? frame.key?.place ?? place : (place.line, frame.column)
    entries.append(
      EmbeddedComments.Entry(
        node: node, line: place.0, column: place.1, isElement: !frame.isMapping,
        parent: frame.entry))
    return entries.count - 1
  }

  /// Remembers where a scalar stands; what is behind the mark of a block may be a comment.
  private mutating func noteStretch(
    _ style: YAMLEvents.ScalarStyle, _ events: borrowing YAMLEvents
  ) {
    let isBlock = style == .literal || style == .folded
    scalars.append(
      EmbeddedComments.Stretch(
        start: isBlock ? (events.line + 1, 0) : (events.line, events.column),
        end: (events.endLine, events.endColumn)))
  }

  /// Keeps anchor and tag for printing. The tag `!` alone means "not resolved" and is not kept.
  private mutating func note(_ properties: YAMLEvents.Properties, of node: NodeID) {
    if let anchor = properties.anchor {
      anchors.insert(Array(anchor))
      document.styles[node, default: .init()].anchor = Array(anchor)
    }
    if let tag = properties.tag, !(tag.count == 1 && tag[0] == UInt8(ascii: "!")) {
      document.styles[node, default: .init()].tag = Array(tag)
    }
  }

  /// Puts a complete value into the collection around it.
  private mutating func attach(_ node: NodeID, to tree: inout Tree) {
    guard let last = frames.indices.last else {
      document.root = node
      return
    }
    if let key = frames[last].key {
      frames[last].key = nil
      tree.setKey(key.symbol, writtenAs: key.flags, of: node)
    }
    tree.append(node, to: frames[last].node)
  }
}

extension Problem {
  fileprivate static func notYAML(_ reason: String, at position: Position) -> Problem {
    Problem(.embeddedTextNotYaml, "the text of this value is not YAML: \(reason)", at: position)
  }
}
