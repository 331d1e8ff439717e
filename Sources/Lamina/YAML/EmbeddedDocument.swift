/// YAML or JSON that is the text of one scalar, such as a file in a config map.
///
/// Its nodes live in the build's tree, so that paths lead through them as through any object. What
/// the tree does not keep of a node is kept here, for the text is printed in the style it had.
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

  /// Reads the first document of a text.
  ///
  /// Throws where the text is not YAML; the problem stands at `position`, since a value's lines
  /// cannot be told from its text.
  static func read(
    _ text: [UInt8], at position: Position, into tree: inout Tree
  ) throws(Problem) -> EmbeddedDocument {
    var reader = EmbeddedReader(text: text[...], position: position)
    return try reader.read(into: &tree)
  }
}

/// The state of one reading.
private struct EmbeddedReader {
  let text: ArraySlice<UInt8>
  let position: Position
  var document = EmbeddedDocument()
  var frames: [Frame] = []
  var anchors: Set<[UInt8]> = []
  var dialect: GoDialect

  struct Frame {
    let node: NodeID
    let isMapping: Bool
    let isFlow: Bool
    var key: Key?
  }

  struct Key {
    let symbol: Symbol
    let flags: Node.Flags
  }

  init(text: ArraySlice<UInt8>, position: Position) {
    self.text = text
    self.position = position
    dialect = GoDialect(text)
  }

  enum Failure: Error {
    case syntax(YAMLEvents.Failure)
    case meaning(Problem)
  }

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

  private mutating func read(
    _ events: inout YAMLEvents, into tree: inout Tree
  ) throws(Failure) -> EmbeddedDocument {
    while true {
      let event: YAMLEvents.Event
      do { event = try events.next() } catch { throw .syntax(error) }
      do {
        switch event {
        case .documentStart, .other: break
        case .documentEnd, .streamEnd: return document
        case .alias(let name): try readAlias(Array(name), into: &tree)
        case .scalar(let text, let properties, let style):
          if style == .doubleQuoted { try dialect.checkEscapes(events.characters, at: position) }
          if style == .plain, frames.last?.isFlow == true {
            try dialect.checkFlowText(text, at: position)
          }
          readScalar(text, properties, style, into: &tree)
        case .sequenceStart(let properties, let isFlow):
          try open(.sequence, properties, isFlow: isFlow, into: &tree)
        case .mappingStart(let properties, let isFlow):
          try open(.mapping, properties, isFlow: isFlow, into: &tree)
        case .sequenceEnd, .mappingEnd:
          if let frame = frames.popLast() { attach(frame.node, to: &tree) }
        }
      } catch { throw .meaning(error) }
    }
  }

  private var expectsKey: Bool {
    guard let frame = frames.last else { return false }
    return frame.isMapping && frame.key == nil
  }

  private mutating func readScalar(
    _ text: YAMLEvents.Text, _ properties: YAMLEvents.Properties, _ style: YAMLEvents.ScalarStyle,
    into tree: inout Tree
  ) {
    let (tag, flags) = YAMLReader.tag(of: text, properties, style)
    if expectsKey {
      frames[frames.count - 1].key = Key(
        symbol: tree.symbols.intern(text.span), flags: YAMLReader.keyFlags(tag, style))
      return
    }
    let node = tree.addScalar(text.span, tag: tag, flags: flags, at: position)
    note(properties, of: node)
    attach(node, to: &tree)
  }

  private mutating func readAlias(_ name: [UInt8], into tree: inout Tree) throws(Problem) {
    guard anchors.contains(name) else {
      throw .notYAML("unknown anchor '\(String(decoding: name, as: UTF8.self))'", at: position)
    }
    if expectsKey { throw .notYAML("an alias is a key", at: position) }
    let node = tree.addScalar(name.span, tag: .custom, at: position)
    document.styles[node, default: .init()].isAlias = true
    attach(node, to: &tree)
  }

  private mutating func open(
    _ shape: Node.Shape, _ properties: YAMLEvents.Properties, isFlow: Bool, into tree: inout Tree
  ) throws(Problem) {
    if expectsKey { throw .notYAML("a collection is a key", at: position) }
    if frames.count >= YAMLReader.maximumDepth { throw .notYAML("too much nesting", at: position) }
    let node = tree.addCollection(shape, at: position)
    if isFlow { tree[node].flags.insert(.flow) }
    note(properties, of: node)
    frames.append(Frame(node: node, isMapping: shape == .mapping, isFlow: isFlow))
  }

  private mutating func note(_ properties: YAMLEvents.Properties, of node: NodeID) {
    if let anchor = properties.anchor {
      anchors.insert(Array(anchor))
      document.styles[node, default: .init()].anchor = Array(anchor)
    }
    if let tag = properties.tag, !(tag.count == 1 && tag[0] == UInt8(ascii: "!")) {
      document.styles[node, default: .init()].tag = Array(tag)
    }
  }

  private mutating func attach(_ node: NodeID, to tree: inout Tree) {
    guard let last = frames.indices.last else {
      document.root = node
      return
    }
    if let key = frames[last].key {
      frames[last].key = nil
      tree[node].key = key.symbol
      tree[node].flags.formUnion(key.flags)
    }
    tree.append(node, to: frames[last].node)
  }
}

extension Problem {
  fileprivate static func notYAML(_ reason: String, at position: Position) -> Problem {
    Problem(.malformedYAML, "the text of this value is not YAML: \(reason)", at: position)
  }
}
