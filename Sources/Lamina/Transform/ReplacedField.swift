/// Fields of one object that get a replacement's value
/// (api/filters/replacement/replacement.go `copyValueToTarget`).
struct ReplacedField {
  let path: DottedPath
  let options: ReplacementOptions
  /// v5.8.1 ignores `options.delimiter` in YAML and JSON that a scalar holds
  /// (`UpstreamChange.delimiterInEmbeddedText`).
  let compatibility: Compatibility

  /// Writes a copy of the value to every field that the path leads to.
  ///
  /// - Returns: whether the delimiter was ignored where it would have made a difference.
  func write(
    _ value: NodeID, to root: NodeID, in tree: inout Tree
  ) throws(Problem) -> Bool {
    if let ignoredDelimiter = writeInText(value, below: root, in: &tree) { return ignoredDelimiter }
    let create = options.create ? tree.shape(value) : nil
    let fields = try PathMatch.values(at: path, of: root, create: create, in: &tree)
    if fields.isEmpty { throw .noField(path, create: options.create, tree.position(root)) }
    for field in fields { try set(field, to: value, delimiter: options.delimiter, in: &tree) }
    return false
  }

  /// Puts the value into one field. Text stays what its field says, so that `"1"` in the place of a
  /// number is a number; a collection is replaced by whatever comes.
  private func set(
    _ field: NodeID, to value: NodeID, delimiter: String, in tree: inout Tree
  ) throws(Problem) {
    guard !delimiter.isEmpty else {
      if tree.shape(field) == .scalar {
        tree.replaceText(of: field, with: Array(tree.bytes(value)), at: path.position)
      } else {
        tree.assign(field, copyOf: value)
      }
      return
    }
    guard tree.shape(field) == .scalar else {
      throw .delimiterInCollection(path, tree.position(field))
    }
    tree.replaceText(
      of: field, with: replacingPart(of: field, with: value, in: tree), at: path.position)
  }

  /// The text of a field in which the value takes the place of one part.
  private func replacingPart(of field: NodeID, with value: NodeID, in tree: Tree) -> [UInt8] {
    let delimiter = Array(options.delimiter.utf8)
    let text = tree.isNull(value) ? [] : Array(tree.bytes(value))
    var parts = Array(tree.bytes(field)).split(at: delimiter)
    if options.index < 0 {
      parts.insert(text, at: 0)
    } else if options.index >= parts.count {
      parts.append(text)
    } else {
      parts[Int(options.index)] = text
    }
    return Array(parts.joined(separator: delimiter))
  }

  // MARK: - YAML and JSON held in text

  /// Writes into the YAML or JSON that a scalar on the way holds, and prints that anew.
  ///
  /// - Returns: whether a delimiter was ignored that would have made a difference; nil where something
  ///   went wrong. kustomize then ignores the failure and tries the path as if the text were no YAML.
  private func writeInText(
    _ value: NodeID, below root: NodeID, in tree: inout Tree
  ) -> Bool? {
    guard let holder = textHolder(below: root, in: &tree) else { return nil }
    var document = holder.document
    guard let root = document.root else { return nil }
    let ignoresDelimiter = compatibility == .stable && !options.delimiter.isEmpty
    var isDifferent = false
    var match = PathMatch(path, create: options.create ? tree.shape(value) : nil)
    do {
      let found = try match.values(from: holder.nextPart, of: root, in: &tree)
      guard let found, !found.isEmpty else { return nil }
      for field in found {
        if tree.shape(field) != .scalar { document.comments.dropLine(of: field) }
        if ignoresDelimiter, !isDifferent {
          isDifferent = differsWithDelimiter(field, value, in: tree)
        }
        try set(
          field, to: value, delimiter: ignoresDelimiter ? "" : options.delimiter, in: &tree)
      }
      let text = try EmbeddedText.printed(document, like: holder.node, in: &tree)
      tree.replaceText(of: holder.node, with: text, at: path.position)
      return isDifferent
    } catch { return nil }
  }

  /// Whether the delimiter decides what a field becomes.
  private func differsWithDelimiter(_ field: NodeID, _ value: NodeID, in tree: Tree) -> Bool {
    tree.shape(field) != .scalar
      || !tree.bytes(value).elementsEqual(replacingPart(of: field, with: value, in: tree))
  }

  private struct TextHolder {
    let node: NodeID
    let document: EmbeddedDocument
    /// The first part of the path that leads into the text.
    let nextPart: Int
  }

  /// The first scalar on the way, not at its end, whose text is YAML.
  private func textHolder(below root: NodeID, in tree: inout Tree) -> TextHolder? {
    var node = root
    for (index, part) in path.parts.dropLast().enumerated() {
      guard let next = try? PathLookup.step(part, from: node, path, in: &tree) else { return nil }
      node = next
      guard tree.shape(node) == .scalar else { continue }
      let text = Array(tree.bytes(node))
      let position = tree.position(node)
      guard let document = try? EmbeddedDocument.read(text, at: position, into: &tree) else {
        continue
      }
      return TextHolder(node: node, document: document, nextPart: index + 1)
    }
    return nil
  }
}

extension Tree {
  /// Gives a scalar another text and nothing else: what it is stays, even where the text does not
  /// fit. kustomize then prints the tag, and cannot read what it printed.
  mutating func replaceText(of node: NodeID, with text: [UInt8], at position: Position) {
    let tag = self[node].tag
    switch tag {
    case .integer, .float, .bool, .null, .timestamp, .binary, .merge:
      if ScalarTag.plain(text.span) != tag { self[node].flags.insert(.explicitTag) }
    case .unresolved, .string, .custom: break
    }
    setScalar(node, text.span, tag: tag, at: position)
  }

  /// Makes of a node a copy of another one, style and all; its key stays.
  mutating func assign(_ node: NodeID, copyOf other: NodeID) {
    let copy = self[self.copy(other)]
    let kept = self[node].flags.intersection(.ofKey.union(.twin))
    self[node].shape = copy.shape
    self[node].tag = copy.tag
    self[node].flags = copy.flags.subtracting(.ofKey).union(kept)
    self[node].first = copy.first
    self[node].last = copy.last
    self[node].position = copy.position
  }
}

extension [UInt8] {
  /// The parts between the places where a delimiter stands, as Go's `strings.Split` cuts.
  func split(at delimiter: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var start = 0
    var index = 0
    while index + delimiter.count <= count {
      if self[index..<index + delimiter.count].elementsEqual(delimiter) {
        parts.append(Array(self[start..<index]))
        index += delimiter.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(Array(self[start...]))
    return parts
  }
}

extension Problem {
  static func delimiterInCollection(_ path: DottedPath, _ found: Position) -> Problem {
    Problem(
      .invalidTransformation,
      "options.delimiter needs a text at '\(path.text)', not a mapping or a list",
      at: path.position
    ).noting("the value is here", at: found)
  }

  fileprivate static func noField(
    _ path: DottedPath, create: Bool, _ root: Position
  ) -> Problem {
    Problem(
      .noMatch,
      "unable to find\(create ? " or create" : "") field '\(path.text)' in a replacement's target",
      at: path.position, hint: create ? nil : "options.create makes what is missing"
    ).noting("the target is here", at: root)
  }
}
