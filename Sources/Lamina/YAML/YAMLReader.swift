/// Reads YAML text into a tree.
///
/// What comes out is what kyaml has after its `DeAnchor`: aliases replaced by copies of what they
/// name, merge keys (`<<`) worked in, comments and styles gone but for what decides whether a scalar
/// is text.
///
/// A document is first tried by `BlockText`, and read with libyaml if that gives up: the tree is
/// the same (`BlockTextTests`). The reader is made anew for each document; what a document leaves
/// in the tree is valid even if a later one fails.
struct YAMLReader {
  /// The levels that Go's parser reads (go-yaml v3 scannerc.go `max_flow_level`, `max_indents`).
  static let maximumDepth = 10_000
  /// The number of nodes that the aliases of one document may make.
  static let maximumAliasNodes = 4_000_000

  /// What becomes of aliases and merge keys.
  private enum References {
    /// They are worked in, as kyaml does it with resources.
    case resolved
    /// The same, but a merge key must not bring what is there already (go-yaml v2 decode.go
    /// `setMapIndex` with `strict`).
    case resolvedStrictly
    /// Aliases are marked, and `<<` is a key like any other, as kyaml does it with whatever is no
    /// resource. Then blocks have not been printed and read again either.
    case marked
  }

  /// The lines of the file that the text is part of.
  let lines: SourceLines
  /// The line of the file that the text begins on.
  let firstLine: Int
  /// The collections that are open, the innermost last.
  private var frames: [Frame] = []
  /// By name. An anchor may be defined again: from then on aliases mean the later one.
  private var anchors: [[UInt8]: Anchor] = [:]
  /// How many nodes aliases have made, for `maximumAliasNodes`.
  private var aliasNodes = 0
  private var root: NodeID?
  private let references: References
  private var dialect = GoDialect([])
  /// The bytes of the document.
  private let text: ArraySlice<UInt8>
  /// Where the lines of the whole text begin, if `BlockText` is to have a try.
  private let lineStarts: [UInt32]?
  /// The last scalar of the document, if it is a block, and the line behind it.
  private var lastScalar: (node: NodeID, line: Int)?

  /// An open collection.
  private struct Frame {
    let node: NodeID
    let isMapping: Bool
    let isFlow: Bool
    /// The name under which aliases may ask for the collection once it is complete.
    let anchor: [UInt8]?
    var key: Key?
    /// The value of `<<`, where the mapping has one.
    var merge: NodeID?
    var hasMerge = false
    /// A key `<<` in quotes, which is no merge key.
    var hasQuotedMergeKey = false
  }

  /// A key whose value is still to come.
  private struct Key {
    var symbol: Symbol
    var flags: Node.Flags
    var isMerge: Bool
  }

  /// An alias within the collection that it names would have no end, so open ones are told apart.
  private enum Anchor {
    case open(NodeID)
    case closed(NodeID)
  }

  /// Reads every document of a file, as kyaml's reader means it: empty ones are left out.
  ///
  /// - Parameters:
  ///   - onlyWithLibyaml: also documents that are simple enough for `BlockText`.
  ///   - thread: reads a part of a large file.
  static func documents(
    ofFile file: Int, into tree: inout Tree, sources: SourceMap, onlyWithLibyaml: Bool = false,
    on thread: SecondThread = SecondThread()
  ) throws(Problem) -> [NodeID] {
    let text = DocumentText(sources.files[file])
    let lines = sources.lines(ofFile: file)
    let pieces = try DocumentSplitter.pieces(of: text) { lines.position(line: $0, column: 0) }
    @Sendable func read(_ place: Int, into tree: inout Tree) throws(Problem) -> NodeID? {
      let piece = pieces[place]
      var reader = YAMLReader(
        lines: lines, firstLine: piece.firstLine, text: text.bytes[piece.range],
        lineStarts: onlyWithLibyaml ? nil : text.lineStarts)
      let root = try reader.read(into: &tree)
      return root.flatMap { tree.isNull($0) ? nil : $0 }
    }
    var ahead: TextsAhead?
    if pieces.count > 1, text.bytes.count >= thread.fewestBytes {
      ahead = TextsAhead(count: pieces.count, on: thread, like: tree) { place, tree in
        do { return TextsAhead.Part(try read(place, into: &tree).map { [$0] } ?? []) } catch {
          return nil
        }
      }
    }
    var roots: [NodeID] = []
    var mistakes: Mistakes?
    for place in pieces.indices {
      if let ahead, let part = ahead.part(place),
        let known = ahead.take(part, into: &tree, movedBy: 0)
      {
        roots += known
        continue
      }
      do {
        if let root = try read(place, into: &tree) { roots.append(root) }
      } catch {
        // What is wrong with one document says nothing about the others.
        var known = mistakes ?? Mistakes()
        known.add(error)
        if known.isFull { try known.check() }
        mistakes = known
      }
    }
    try mistakes?.check()
    return roots
  }

  /// Whether a file is cut into several documents, of which all but one may be empty.
  static func isCut(file: Int, in sources: SourceMap) throws(Problem) -> Bool {
    let text = DocumentText(sources.files[file])
    return try DocumentSplitter.pieces(of: text) { _ in .none }.count > 1
  }

  /// The pieces of a file's text that are read as documents, each with the number of its first line.
  static func pieces(
    ofFile file: Int, in sources: SourceMap
  ) throws(Problem) -> [(text: ArraySlice<UInt8>, firstLine: Int)] {
    let text = DocumentText(sources.files[file])
    let pieces = try DocumentSplitter.pieces(of: text) { _ in .none }
    return pieces.map { (text.bytes[$0.range], $0.firstLine) }
  }

  /// Reads the first document of a file and looks no further, as sigs.k8s.io/yaml does.
  ///
  /// - Parameter mergesStrictly: refuses merge keys that bring a field which is there already.
  static func firstDocument(
    ofFile file: Int, into tree: inout Tree, sources: SourceMap, mergesStrictly: Bool = false
  ) throws(Problem) -> NodeID? {
    try document(
      file, into: &tree, sources, references: mergesStrictly ? .resolvedStrictly : .resolved)
  }

  /// Reads the first document of a file that is no resource: what aliases stand for is marked as
  /// such, and merge keys are left as they are (see `resolveMergeKeys`).
  static func markedDocument(
    ofFile file: Int, into tree: inout Tree, sources: SourceMap
  ) throws(Problem) -> NodeID? {
    try document(file, into: &tree, sources, references: .marked)
  }

  private static func document(
    _ file: Int, into tree: inout Tree, _ sources: SourceMap, references: References
  ) throws(Problem) -> NodeID? {
    let lines = sources.lines(ofFile: file)
    var reader = YAMLReader(
      lines: lines, firstLine: 0, text: sources.files[file].bytes[...], lineStarts: lines.starts,
      references: references)
    return try reader.read(into: &tree)
  }

  private init(
    lines: SourceLines, firstLine: Int, text: ArraySlice<UInt8>, lineStarts: [UInt32]?,
    references: References = .resolved
  ) {
    self.lines = lines
    self.firstLine = firstLine
    self.text = text
    self.lineStarts = lineStarts
    self.references = references
  }

  /// - Returns: the root; nil for a text without a value.
  private mutating func read(into tree: inout Tree) throws(Problem) -> NodeID? {
    if let lineStarts, readAsBlocks(lineStarts, into: &tree) { return root }
    dialect = GoDialect(text)
    do {
      return try text.withUnsafeBufferPointer { buffer throws(ReadFailure) in
        var events = YAMLEvents(buffer)
        return try read(&events, into: &tree)
      }
    } catch {
      throw problem(error)
    }
  }

  /// Reads a document without libyaml; false, with nothing done, where it is not as simple as that.
  private mutating func readAsBlocks(_ lineStarts: [UInt32], into tree: inout Tree) -> Bool {
    // Lines are counted in 32 bits.
    guard text.endIndex <= UInt32.max else { return false }
    let nodes = tree.nodes.count
    do {
      root = try text.withUnsafeBufferPointer { buffer throws(BlockText.Unusual) in
        try lineStarts.withUnsafeBufferPointer { starts throws(BlockText.Unusual) in
          let starts = UnsafeBufferPointer(rebasing: starts[min(firstLine, starts.count)...])
          let own = BlockLines(buffer, at: text.startIndex, starts: starts)
          var blocks = BlockText(own, firstLine: firstLine, of: lines)
          return try blocks.read(into: &tree)
        }
      }
      return true
    } catch {
      tree.dropNodes(from: nodes)
      return false
    }
  }

  /// Errors on the way out of the closure that holds libyaml's input.
  private enum ReadFailure: Error {
    case syntax(YAMLEvents.Failure)
    case meaning(Problem)
  }

  private mutating func read(
    _ events: inout YAMLEvents, into tree: inout Tree
  ) throws(ReadFailure) -> NodeID? {
    while true {
      let event: YAMLEvents.Event
      do { event = try events.next() } catch { throw .syntax(error) }
      let position = lines.position(line: firstLine + events.line, column: events.column)
      do {
        try tree.checkSize(at: position)
        switch event {
        case .documentStart, .other: break
        case .documentEnd, .streamEnd:
          if references != .marked { lengthenLastBlock(in: &tree) }
          return root
        case .alias(let name): try readAlias(name, into: &tree, at: position)
        case .scalar(let text, let properties, let style):
          if style == .doubleQuoted { try dialect.checkEscapes(events.characters, at: position) }
          if style == .plain, isInFlow { try dialect.checkFlowText(text, at: position) }
          try readScalar(text, properties, style, into: &tree, at: position)
          lastScalar = style == .literal || style == .folded ? (tree.lastNode, events.endLine) : nil
        case .sequenceStart(let properties, let isFlow):
          try open(.sequence, properties, isFlow: isFlow, into: &tree, at: position)
        case .mappingStart(let properties, let isFlow):
          try open(.mapping, properties, isFlow: isFlow, into: &tree, at: position)
        case .sequenceEnd, .mappingEnd: try close(into: &tree)
        }
      } catch { throw .meaning(error) }
    }
  }

  /// A comment that ends a document belongs to its last key for go-yaml v3, which prints it after an
  /// empty line; a block that keeps its empty lines (`|+`) so grows by one.
  private mutating func lengthenLastBlock(in tree: inout Tree) {
    guard let (node, line) = lastScalar else { return }
    let value = tree.bytes(node)
    let feed = UInt8(ascii: "\n")
    guard value.last == feed, value.count == 1 || value.dropLast().last == feed else { return }
    let rest = text.split(separator: feed, omittingEmptySubsequences: false).dropFirst(line)
    let isComment = rest.contains { $0.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#") }
    guard isComment else { return }
    tree.setScalar(
      node, (Array(value) + [feed]).span, tag: tree[node].tag, by: tree.writer(node))
  }

  // MARK: - Scalars

  /// Takes a scalar as the key or the value that is expected. A key may have an anchor: then a node
  /// is made for it that is part of no collection.
  mutating func readScalar(
    _ text: YAMLEvents.Text, _ properties: YAMLEvents.Properties, _ style: YAMLEvents.ScalarStyle,
    into tree: inout Tree, at position: Position
  ) throws(Problem) {
    let (tag, flags) = Self.tag(of: text, properties, style)
    if expectsKey {
      setKey(text, tag: tag, style, into: &tree)
      if let anchor = properties.anchor {
        anchors[Array(anchor)] = .closed(
          tree.addScalar(text.span, tag: tag, flags: flags, at: position))
      }
      return
    }
    let node = tree.addScalar(text.span, tag: tag, flags: flags, at: position)
    if let anchor = properties.anchor { anchors[Array(anchor)] = .closed(node) }
    attach(node, to: &tree)
  }

  // MARK: - Keys

  private var isInFlow: Bool { frames.last?.isFlow ?? false }

  /// The next scalar of the mapping is a key.
  private var expectsKey: Bool {
    guard let frame = frames.last else { return false }
    return frame.isMapping && frame.key == nil
  }

  /// Takes a key; its value is still to come.
  private mutating func setKey(
    _ text: YAMLEvents.Text, tag: ScalarTag, _ style: YAMLEvents.ScalarStyle,
    into tree: inout Tree
  ) {
    let flags = Self.keyFlags(tag, style)
    let key = Key(symbol: tree.symbols.intern(text.span), flags: flags, isMerge: tag == .merge)
    frames[frames.count - 1].key = key
  }

  // MARK: - Collections

  /// Begins a collection.
  ///
  /// - Throws: if it is a key, which Go's maps cannot have, or too deep.
  mutating func open(
    _ shape: Node.Shape, _ properties: YAMLEvents.Properties, isFlow: Bool, into tree: inout Tree,
    at position: Position
  ) throws(Problem) {
    if expectsKey { throw .complexKey(at: position) }
    if frames.count >= Self.maximumDepth { throw .tooDeep(at: position) }
    let node = tree.addCollection(shape, at: position)
    if isFlow { tree.addFlags(.flow, to: node) }
    let anchor = properties.anchor.map { Array($0) }
    if let anchor { anchors[anchor] = .open(node) }
    frames.append(
      Frame(node: node, isMapping: shape == .mapping, isFlow: isFlow, anchor: anchor))
  }

  /// Ends the innermost collection: its merge key is worked in now, when its own fields are known.
  mutating func close(into tree: inout Tree) throws(Problem) {
    guard let frame = frames.popLast() else { return }
    if references == .marked {
      // Both kinds of `<<` stay.
    } else if frame.hasMerge {
      guard let source = frame.merge else {
        throw .duplicateMergeKey(at: tree.position(frame.node))
      }
      try tree.mergeFields(
        of: source, into: frame.node, isStrict: references == .resolvedStrictly)
    } else if frame.hasQuotedMergeKey {
      // kyaml takes the field out by its name, without a look at the quotes (`removeMergeTags`).
      tree.removeField(.mergeKey, of: frame.node)
    }
    if let name = frame.anchor, case .open(frame.node) = anchors[name] {
      anchors[name] = .closed(frame.node)
    }
    attach(frame.node, to: &tree)
  }

  /// Puts a complete value into the collection around it. The value of a merge key is kept apart.
  private mutating func attach(_ node: NodeID, to tree: inout Tree) {
    guard let last = frames.indices.last else {
      root = node
      return
    }
    guard let key = frames[last].key else {
      tree.append(node, to: frames[last].node)
      return
    }
    frames[last].key = nil
    if key.isMerge, references != .marked {
      // A second merge key is found when the mapping closes.
      if frames[last].hasMerge { frames[last].merge = nil } else { frames[last].merge = node }
      frames[last].hasMerge = true
      return
    }
    if key.symbol == .mergeKey { frames[last].hasQuotedMergeKey = true }
    tree.setKey(key.symbol, writtenAs: key.flags, of: node)
    tree.append(node, to: frames[last].node)
  }

  // MARK: - Aliases

  /// Adds a copy of what an alias names. The copy's nodes keep the places where they are written.
  private mutating func readAlias(
    _ name: YAMLEvents.Text, into tree: inout Tree, at position: Position
  ) throws(Problem) {
    guard let anchor = anchors[Array(name)] else {
      throw .unknownAnchor(
        String(decoding: name, as: UTF8.self),
        known: anchors.keys.map { String(decoding: $0, as: UTF8.self) }.sortedByBytes(),
        at: position)
    }
    guard case .closed(let target) = anchor else {
      throw .anchorContainsItself(String(decoding: name, as: UTF8.self), at: position)
    }
    if expectsKey {
      try setKey(fromAlias: target, of: &tree, at: position)
      return
    }
    let before = tree.nodes.count
    let copy = try tree.copy(target, for: position)
    aliasNodes += tree.nodes.count - before
    if aliasNodes > Self.maximumAliasNodes { throw .tooManyAliases(at: position) }
    tree.setKey(.empty, of: copy)
    if references == .marked {
      tree.addFlags(.alias, to: copy)
      tree.setPosition(position, of: copy)
    }
    attach(copy, to: &tree)
  }

  /// Takes the scalar that an alias stands for as the next key; it may be of any type there.
  private mutating func setKey(
    fromAlias target: NodeID, of tree: inout Tree, at position: Position
  ) throws(Problem) {
    guard tree.shape(target) == .scalar else { throw .complexKey(at: position) }
    let tag = tree[target].tag
    var flags: Node.Flags = []
    if tag != .string { flags.insert(.keyIsNotText) }
    if tag == .null { flags.insert(.keyIsNull) }
    frames[frames.count - 1].key = Key(
      symbol: tree.symbol(of: target), flags: flags, isMerge: tag == .merge)
  }

  // MARK: - Words

  /// The problem to report: libyaml's words say what it did not expect, and `MalformedText` looks
  /// for what the author did.
  private func problem(_ failure: ReadFailure) -> Problem {
    let malformed = MalformedText(text)
    let finding: MalformedText.Finding
    switch failure {
    case .meaning(let problem):
      guard problem.id == .yamlComplexKey, let template = malformed.template else { return problem }
      finding = template
    case .syntax(let syntax): finding = malformed.finding(syntax)
    }
    func position(_ offset: Int) -> Position {
      let (line, column) = malformed.place(of: offset)
      return lines.position(line: firstLine + line, column: column)
    }
    let problem = Problem(
      finding.id, "malformed YAML: \(finding.message)", at: position(finding.offset),
      hint: finding.hint)
    guard let (words, offset) = finding.note else { return problem }
    return problem.noting(words, at: position(offset))
  }
}

extension Problem {
  fileprivate static func complexKey(at position: Position) -> Problem {
    Problem(.yamlComplexKey, "a key must be a string, not a mapping or a sequence", at: position)
  }

  fileprivate static func tooDeep(at position: Position) -> Problem {
    Problem(
      .yamlTooDeep, "more than \(YAMLReader.maximumDepth) levels of nesting", at: position)
  }

  fileprivate static func unknownAnchor(
    _ name: String, known: [String], at position: Position
  ) -> Problem {
    Problem(
      .unknownAnchor, "unknown anchor '\(name)' referenced", at: position,
      hint: Suggestion.hint(for: name, among: known)
        ?? "write it in quotes if it is text: \"*\(name)\"")
  }

  fileprivate static func anchorContainsItself(_ name: String, at position: Position) -> Problem {
    Problem(.anchorContainsItself, "anchor '\(name)' value contains itself", at: position)
  }

  fileprivate static func tooManyAliases(at position: Position) -> Problem {
    Problem(
      .tooManyAliases, "document contains excessive aliasing", at: position,
      hint: "the aliases of one document may stand for at most 4,000,000 values")
  }
}
