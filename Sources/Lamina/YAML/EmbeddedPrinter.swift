/// Prints values as go-yaml v3 does with kyaml's settings: in the style they were written in, with
/// two spaces a level, lists not indented under their key, and no line folded
/// (kyaml/yaml/alias.go `NewEncoder`, go-yaml v3 encode.go and emitterc.go).
///
/// `TreePrinter` prints resources, which have lost their styles in kustomize's passes and have
/// sorted keys; here nothing is sorted, and quotes and comments are as they were. The two share the
/// printing of single scalars.
struct EmbeddedPrinter {
  private let tree: Tree
  /// Empty for values that come from a resource.
  private let styles: [NodeID: EmbeddedDocument.Style]
  private let comments: [NodeID: EmbeddedComments.Comments]
  private var output: [UInt8] = []
  /// Where a foot comment was printed; an empty line parts it from what follows there.
  private var footIndent: Int?

  /// The text of a value without the white space around it.
  static func text(of node: NodeID, in tree: Tree) throws(Problem) -> [UInt8] {
    var printer = EmbeddedPrinter(tree: tree, styles: [:], comments: [:])
    try printer.printRoot(node)
    return trimmed(printer.output)
  }

  /// The text of a document without the white space around it.
  static func text(
    of document: EmbeddedDocument, in tree: Tree
  ) throws(Problem) -> [UInt8] {
    guard let root = document.root else { return [] }
    let comments = document.comments
    var printer = EmbeddedPrinter(tree: tree, styles: document.styles, comments: comments.byNode)
    for line in comments.head { printer.printComment(line, indent: 0) }
    if !comments.head.isEmpty { printer.output.append(UInt8(ascii: "\n")) }
    let start = printer.output.count
    try printer.printRoot(root)
    if printer.output.count > start, printer.output.last != UInt8(ascii: "\n") {
      printer.output.append(UInt8(ascii: "\n"))
    }
    if !comments.foot.isEmpty { printer.output.append(UInt8(ascii: "\n")) }
    for line in comments.foot { printer.printComment(line, indent: 0) }
    return trimmed(printer.output)
  }

  private init(
    tree: Tree, styles: [NodeID: EmbeddedDocument.Style],
    comments: [NodeID: EmbeddedComments.Comments]
  ) {
    self.tree = tree
    self.styles = styles
    self.comments = comments
  }

  /// (api/filters/replacement/replacement.go `serializeAsYAML`.)
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    return Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }

  // MARK: - Blocks

  /// A root may have an anchor or a tag, which stands on a line above a block.
  private mutating func printRoot(_ node: NodeID) throws(Problem) {
    guard printsAsBlock(node) else {
      try printInLine(node, indent: 0, isInFlow: false)
      return
    }
    let start = output.count
    printProperties(of: node)
    if output.count > start { output.append(UInt8(ascii: "\n")) }
    try printBlock(node, indent: 0)
  }

  /// Empty collections and those written in brackets are printed in brackets.
  private func printsAsBlock(_ node: NodeID) -> Bool {
    tree.shape(node) != .scalar && tree.first(of: node) != nil
      && !tree[node].flags.contains(.flow)
  }

  /// The first entry goes where the output stands, the others on lines of their own.
  private mutating func printBlock(_ node: NodeID, indent: Int) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    let isMapping = tree.shape(node) == .mapping
    var isFirst = true
    var child = tree.first(of: node)
    while let current = child {
      child = tree.next(after: current)
      if !isFirst {
        if footIndent == indent { output.append(UInt8(ascii: "\n")) }
        footIndent = nil
        output.append(spaces: indent)
      }
      isFirst = false
      printHead(of: current, indent: indent)
      if isMapping {
        try printEntry(current, indent: indent)
      } else {
        output.append(UInt8(ascii: "-"))
        try printBehindMark(current, indent: indent)
      }
      printFoot(of: current, indent: indent)
    }
  }

  // MARK: - Comments

  /// Prints a comment on a line of its own; the output stands at the beginning of one.
  private mutating func printComment(_ text: [UInt8], indent: Int) {
    if !text.isEmpty {
      output.append(spaces: indent)
      output += text
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// Prints the comments above an entry, whose indentation has been printed.
  private mutating func printHead(of node: NodeID, indent: Int) {
    guard let head = comments[node]?.head, !head.isEmpty else { return }
    for line in head {
      if line.isEmpty { output.removeLast(indent) } else { output += line }
      output.append(UInt8(ascii: "\n"))
      output.append(spaces: indent)
    }
  }

  /// Prints the comments below an entry, indented like it.
  private mutating func printFoot(of node: NodeID, indent: Int) {
    guard let foot = comments[node]?.foot, !foot.isEmpty else { return }
    for line in foot { printComment(line, indent: indent) }
    footIndent = indent
  }

  /// Puts the comment behind a value into the line that began at `start`.
  private mutating func printLineComment(of node: NodeID, lineFrom start: Int) {
    guard let comment = comments[node]?.line else { return }
    let end = output[start...].firstIndex(of: UInt8(ascii: "\n")) ?? output.endIndex
    output.insert(contentsOf: [UInt8(ascii: " ")] + comment, at: end)
  }

  /// Prints a key and its value. A key that is too long or has line breaks is introduced by `?`.
  private mutating func printEntry(_ value: NodeID, indent: Int) throws(Problem) {
    guard isSimpleKey(value) else {
      output.append(UInt8(ascii: "?"))
      output.append(UInt8(ascii: " "))
      printKey(value, isSimple: false, indent: indent, isInFlow: false)
      if output.last != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
      output.append(spaces: indent)
      output.append(UInt8(ascii: ":"))
      return try printBehindMark(value, indent: indent)
    }
    printKey(value, isSimple: true, indent: indent, isInFlow: false)
    output.append(UInt8(ascii: ":"))
    guard printsAsBlock(value) else { return try printLineEnd(value, indent: indent) }
    let start = output.count
    printProperties(of: value)
    if output.count > start { output.insert(UInt8(ascii: " "), at: start) }
    printLineComment(of: value, lineFrom: start)
    output.append(UInt8(ascii: "\n"))
    let inner = tree.shape(value) == .mapping ? indent + 2 : indent
    output.append(spaces: inner)
    try printBlock(value, indent: inner)
  }

  /// Prints a value behind `-`, where a collection begins on the same line.
  private mutating func printBehindMark(_ value: NodeID, indent: Int) throws(Problem) {
    guard printsAsBlock(value) else { return try printLineEnd(value, indent: indent) }
    output.append(UInt8(ascii: " "))
    let start = output.count
    printProperties(of: value)
    if output.count > start {
      output.append(UInt8(ascii: "\n"))
      output.append(spaces: indent + 2)
    }
    try printBlock(value, indent: indent + 2)
  }

  /// Prints a value that stays on the line of its key or dash, apart from block scalars, with the
  /// comment behind it.
  private mutating func printLineEnd(_ value: NodeID, indent: Int) throws(Problem) {
    let start = output.count
    output.append(UInt8(ascii: " "))
    try printInLine(value, indent: indent, isInFlow: false)
    if output.count == start + 1 { output.removeLast() }
    let isBlock =
      tree.shape(value) == .scalar && !tree[value].flags.isDisjoint(with: [.literal, .folded])
    if isBlock || !output[start...].contains(UInt8(ascii: "\n")) {
      printLineComment(of: value, lineFrom: start)
    }
    if output.last != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
  }

  // MARK: - Within a line

  /// Prints a scalar, or a collection in brackets.
  private mutating func printInLine(_ node: NodeID, indent: Int, isInFlow: Bool) throws(Problem) {
    try tree.checkOutput(output.count, at: tree.position(node))
    let start = output.count
    printProperties(of: node)
    if output.count > start { output.append(UInt8(ascii: " ")) }
    switch tree.shape(node) {
    case .scalar: printScalar(node, indent: indent, isInFlow: isInFlow)
    case .mapping: try printFlow(node, "{", "}", indent: indent)
    case .sequence: try printFlow(node, "[", "]", indent: indent)
    }
    if output.last == UInt8(ascii: " "), tree.shape(node) == .scalar, tree.textIsEmpty(node) {
      output.removeLast()
    }
  }

  /// Prints a collection in brackets, on one line whatever its length.
  private mutating func printFlow(
    _ node: NodeID, _ open: StaticString, _ close: StaticString, indent: Int
  ) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    output.append(word: open)
    var isFirst = true
    var child = tree.first(of: node)
    while let current = child {
      child = tree.next(after: current)
      if !isFirst { output.append(word: ", ") }
      isFirst = false
      if tree.shape(node) == .mapping {
        printKey(current, isSimple: true, indent: indent, isInFlow: true)
        output.append(word: ": ")
      }
      try printInLine(current, indent: indent, isInFlow: true)
    }
    output.append(word: close)
  }

  /// `&anchor` and `!tag`.
  private mutating func printProperties(of node: NodeID) {
    let style = styles[node]
    if let anchor = style?.anchor {
      output.append(UInt8(ascii: "&"))
      output += anchor
    }
    guard style?.isAlias != true, let tag = tag(of: node, style) else { return }
    if style?.anchor != nil { output.append(UInt8(ascii: " ")) }
    output += tag
  }

  /// The tag that has to be printed, in its short form.
  private func tag(of node: NodeID, _ style: EmbeddedDocument.Style?) -> [UInt8]? {
    if let tag = style?.tag { return Self.short(tag) }
    guard tree.shape(node) == .scalar else { return nil }
    // go-yaml v3 does not find out that the text alone would do.
    if tree[node].tag == .merge { return Array("!!merge".utf8) }
    guard tree[node].flags.contains(.explicitTag) else { return nil }
    switch tree[node].tag {
    case .string: return Array("!!str".utf8)
    case .integer: return Array("!!int".utf8)
    case .float: return Array("!!float".utf8)
    case .bool: return Array("!!bool".utf8)
    case .null: return Array("!!null".utf8)
    case .timestamp: return Array("!!timestamp".utf8)
    case .binary: return Array("!!binary".utf8)
    case .merge, .custom, .unresolved: return nil
    }
  }

  /// `tag:yaml.org,2002:str` is written `!!str`; other tags are printed as the text has them.
  private static func short(_ tag: [UInt8]) -> [UInt8] {
    let prefix = Array("tag:yaml.org,2002:".utf8)
    return tag.starts(with: prefix) ? Array("!!".utf8) + tag.dropFirst(prefix.count) : tag
  }

  // MARK: - Scalars

  /// Asks for the style that the scalar was written in. A plain string that would read back as
  /// something else gets quotes, one with line breaks becomes a block, as go-yaml does for nodes
  /// without a style (encode.go `node`).
  private mutating func printScalar(_ node: NodeID, indent: Int, isInFlow: Bool) {
    let value = tree[node]
    let bytes = Array(tree.bytes(node))
    let text = bytes.span
    if styles[node]?.isAlias == true {
      output.append(UInt8(ascii: "*"))
      output += bytes
      return
    }
    let flags = value.flags
    var wanted = EmbeddedScalar.Style.plain
    if flags.contains(.literal) {
      wanted = .literal
    } else if flags.contains(.folded) {
      wanted = .folded
    } else if flags.contains(.quoted) {
      wanted = flags.contains(.singleQuoted) ? .singleQuoted : .doubleQuoted
    } else if text.contains(UInt8(ascii: "\n")) {
      wanted = .literal
    } else if value.tag == .string, !flags.contains(.explicitTag),
      ScalarTag.plain(text) != .string
    {
      wanted = .doubleQuoted
    }
    EmbeddedScalar(text).append(
      wanted, text, isInFlow: isInFlow, isKey: false, indent: indent, to: &output)
  }

  /// Prints a key without its colon.
  private mutating func printKey(
    _ value: NodeID, isSimple: Bool, indent: Int, isInFlow: Bool
  ) {
    let flags = tree[value].flags
    var wanted = EmbeddedScalar.Style.plain
    if flags.contains(.keyIsSingleQuoted) { wanted = .singleQuoted }
    if flags.contains(.keyIsDoubleQuoted) { wanted = .doubleQuoted }
    if flags.contains(.keyIsLiteral) { wanted = .literal }
    if flags.contains(.keyIsFolded) { wanted = .folded }
    let key = Array(tree.symbols.bytes(tree.key(value)))
    if tree.key(value) == .mergeKey, flags.contains(.keyIsPlain) { output.append(word: "!!merge ") }
    let isBlock = wanted == .plain && key.contains(UInt8(ascii: "\n"))
    EmbeddedScalar(key.span).append(
      isBlock ? .literal : wanted, key.span, isInFlow: isInFlow, isKey: isSimple, indent: indent,
      to: &output)
  }

  /// Keys of more than 128 bytes, or of several lines, are not (emitterc.go
  /// `yaml_emitter_check_simple_key`).
  private func isSimpleKey(_ value: NodeID) -> Bool {
    tree.symbols.withBytes(of: tree.key(value)) {
      $0.count <= 128 && !EmbeddedScalar($0).isMultiline
    }
  }
}
