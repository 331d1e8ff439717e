/// Fields of one object that get a replacement's value
/// (api/filters/replacement/replacement.go `copyValueToTarget`).
///
/// A path may lead into a scalar that holds YAML or JSON. kustomize tries that first and falls back
/// to the plain path if anything fails (`setValueInStructuredData`), and so does `write`.
struct ReplacedField {
  /// A path in the two ways in which kyaml reads it.
  struct Path: Sendable {
    /// For the fields that are written (`EveryMatcher`).
    let ofMatches: FieldPath
    /// The same steps without the blanks around them, for a scalar on the way whose text is YAML
    /// (`PathGetter`).
    let ofText: FieldPath
    /// The quick way, where there is one.
    let plain: PlainMatch?

    init(_ written: Kustomization.Entry, symbols: inout SymbolTable) {
      ofMatches = FieldPath(
        replacement: written.text, blanks: .kept, at: written.position, symbols: &symbols)
      ofText = FieldPath(
        replacement: written.text, blanks: .ignored, at: written.position, symbols: &symbols)
      plain = PlainMatch(ofMatches, ofText, symbols)
    }
  }

  private let path: FieldPath
  private let pathOfText: FieldPath
  private let plain: PlainMatch?
  /// `create`, and the delimiter with the index of the part that is replaced.
  let options: ReplacementOptions
  /// v5.8.1 ignores `options.delimiter` in YAML and JSON that a scalar holds
  /// (`UpstreamChange.delimiterInEmbeddedText`).
  let compatibility: Compatibility
  /// The edit that puts the value there.
  let writer: Writer

  init(
    path: Path, options: ReplacementOptions, compatibility: Compatibility, writer: Writer
  ) {
    self.path = path.ofMatches
    pathOfText = path.ofText
    plain = path.plain
    self.options = options
    self.compatibility = compatibility
    self.writer = writer
  }

  /// Writes a copy of the value to every field that the path leads to.
  ///
  /// - Returns: whether the delimiter was ignored where it would have made a difference.
  func write(
    _ value: NodeID, to root: NodeID, in tree: inout Tree
  ) throws(Problem) -> Bool {
    if let field = plain?.find(below: root, in: tree) {
      try set(field, to: value, delimiter: options.delimiter, in: &tree)
      try tree.checkSize(at: path.position)
      return false
    }
    if let ignoredDelimiter = try writeInText(value, below: root, in: &tree) {
      return ignoredDelimiter
    }
    // What is made at the end of the path is of the shape of the value.
    let create = options.create ? tree.shape(value) : nil
    let fields: [NodeID]
    do {
      fields = try EveryMatch.values(at: path, of: root, create: create, by: writer, in: &tree)
    } catch {
      guard error.id == .pathLeadsElsewhere else { throw error }
      throw error.hinting(MissingFieldHint(path, of: root, in: tree).correction)
    }
    if fields.isEmpty {
      let hint = MissingFieldHint(path, of: root, in: tree).correction
      throw .noField(path, create: options.create, hint: hint, at: root, in: tree)
    }
    for field in fields {
      try set(field, to: value, delimiter: options.delimiter, in: &tree)
      try tree.checkSize(at: path.position)
    }
    return false
  }

  /// Puts the value into one field. Text stays what its field says, so that `"1"` in the place of a
  /// number is a number; a collection is replaced by whatever comes.
  private func set(
    _ field: NodeID, to value: NodeID, delimiter: String, in tree: inout Tree
  ) throws(Problem) {
    guard !delimiter.isEmpty else {
      if tree.shape(field) == .scalar {
        tree.replaceText(of: field, with: Array(tree.bytes(value)), by: writer)
      } else {
        try tree.assign(field, copyOf: value, by: writer)
      }
      return
    }
    guard tree.shape(field) == .scalar else {
      throw .delimiterInCollection(path, at: field, in: tree)
    }
    tree.replaceText(
      of: field, with: replacingPart(of: field, with: value, in: tree),
      by: tree.ledger.keepingSecret(writer, of: tree.writer(field)))
  }

  /// The text of a field in which the value takes the place of one part.
  private func replacingPart(of field: NodeID, with value: NodeID, in tree: Tree) -> [UInt8] {
    let old = tree.bytes(field)
    let text = tree.isNull(value) ? [] : tree.bytes(value)
    let delimiter = Array(options.delimiter.utf8)
    var new: [UInt8] = []
    if options.index < 0 {
      new = Array(text) + delimiter + old
    } else if let part = old.part(options.index, between: delimiter).range {
      new = Array(old[..<part.lowerBound]) + text + old[part.upperBound...]
    } else {
      new = Array(old) + delimiter + text
    }
    return new
  }

  // MARK: - YAML and JSON held in text

  /// Writes into the YAML or JSON that a scalar on the way holds, and prints that anew.
  ///
  /// A failure after the document has been changed does no harm: it is a copy, and only printed
  /// into the scalar at the end.
  ///
  /// - Returns: whether a delimiter was ignored that would have made a difference; nil where something
  ///   went wrong. kustomize then ignores the failure and tries the path as if the text were no YAML.
  private func writeInText(
    _ value: NodeID, below root: NodeID, in tree: inout Tree
  ) throws(Problem) -> Bool? {
    guard let holder = try TextHolder.find(on: pathOfText, below: root, in: &tree) else {
      return nil
    }
    guard let root = holder.document.root else { return nil }
    return try Problem.forgiving { () throws(Problem) in
      try write(value, into: holder, from: root, in: &tree)
    } ?? nil
  }

  /// Does so in the document of a scalar that has been found; nil where the rest of the path leads
  /// to nothing in it.
  private func write(
    _ value: NodeID, into holder: TextHolder, from root: NodeID, in tree: inout Tree
  ) throws(Problem) -> Bool? {
    var document = holder.document
    let ignoresDelimiter = compatibility == .stable && !options.delimiter.isEmpty
    var isDifferent = false
    var match = EveryMatch(path, create: options.create ? tree.shape(value) : nil, by: writer)
    let found = try match.values(from: holder.nextStep, of: root, in: &tree)
    guard let found, !found.isEmpty else { return nil }
    for field in found {
      if tree.shape(field) != .scalar { document.comments.dropLine(of: field) }
      if ignoresDelimiter, !isDifferent {
        isDifferent = differsWithDelimiter(field, value, in: tree)
      }
      try set(field, to: value, delimiter: ignoresDelimiter ? "" : options.delimiter, in: &tree)
    }
    let text = try EmbeddedText.printed(document, like: holder.node, in: &tree)
    tree.replaceText(
      of: holder.node, with: text,
      by: tree.ledger.keepingSecret(writer, of: tree.writer(holder.node)))
    return isDifferent
  }

  /// Whether the delimiter decides what a field becomes.
  private func differsWithDelimiter(_ field: NodeID, _ value: NodeID, in tree: Tree) -> Bool {
    tree.shape(field) != .scalar
      || !tree.bytes(value).elementsEqual(replacingPart(of: field, with: value, in: tree))
  }
}

extension ArraySlice<UInt8> {
  /// Finds a part, counted from 0, between the places where a delimiter stands, as Go's `strings.Split`
  /// cuts; nil, and the number of parts, where there are not so many.
  func part(
    _ wanted: Int64, between delimiter: [UInt8]
  ) -> (range: Range<Int>?, count: Int64) {
    guard let first = delimiter.first else { return (wanted == 0 ? indices : nil, 1) }
    var count: Int64 = 0
    var (start, index) = (startIndex, startIndex)
    while index + delimiter.count <= endIndex {
      guard self[index] == first,
        self[index..<(index + delimiter.count)].elementsEqual(delimiter)
      else {
        index += 1
        continue
      }
      if count == wanted { return (start..<index, count) }
      count += 1
      index += delimiter.count
      start = index
    }
    return (count == wanted ? start..<endIndex : nil, count + 1)
  }
}

extension Problem {
  static func delimiterInCollection(
    _ path: FieldPath, at found: NodeID, in tree: Tree
  ) -> Problem {
    Problem(
      .delimiterInCollection,
      "options.delimiter needs a text at '\(tree.symbols.string(path.text))', not a mapping or a list",
      at: path.position
    ).noting("the value is here", at: tree.position(found))
  }

  fileprivate static func noField(
    _ path: FieldPath, create: Bool, hint: String?, at root: NodeID, in tree: Tree
  ) -> Problem {
    Problem(
      .replacementFieldMissing,
      "unable to find\(create ? " or create" : "") field '\(tree.symbols.string(path.text))' in a replacement's target",
      at: path.position, hint: hint ?? (create ? nil : "options.create makes what is missing")
    ).noting("the target is here", at: tree.position(root))
  }
}
