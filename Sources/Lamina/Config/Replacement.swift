/// One entry of `replacements`: a value of one resource, copied into fields of others
/// (api/types/replacement.go).
///
///     source:
///       kind: ConfigMap
///       name: settings
///       fieldPath: data.host
///     targets:
///     - select: {kind: Deployment}
///       fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=HOST].value"]
///       options: {create: true}
struct Replacement: Sendable {
  /// Exactly one of it and `sourceValue` must be there (`ReplacementStep`).
  var source: ReplacementSource?
  /// A text to copy instead of a resource's value; newer than the field `source`.
  var sourceValue: Kustomization.Entry?
  /// Nil where the file has none.
  var targets: [ReplacementTarget]?
  var position = Position.none
}

/// Where a replacement's value comes from.
struct ReplacementSource: Sendable {
  /// Texts, not expressions; an empty one matches anything.
  var selector = Selector()
  var fieldPath = Selector.Condition()
  var options = ReplacementOptions()
  var position = Position.none
}

/// Where a replacement's value goes to.
struct ReplacementTarget: Sendable {
  /// Nil where the file has none, which is an error when the replacement is run.
  var select: Selector?
  var reject: [Selector] = []
  /// Empty means the name of the resource.
  var fieldPaths: [Kustomization.Entry] = []
  var options = ReplacementOptions()
  var position = Position.none
}

/// Which part of a field is meant, and whether to make what is not there.
struct ReplacementOptions: Sendable {
  /// Cuts the field's text into parts; empty takes it whole.
  var delimiter = ""
  /// The part between delimiters, from 0; in a target, less than 0 puts the value in front of all
  /// and too much behind them.
  var index: Int64 = 0
  var create = false
  /// The options that are written, and where; some have no effect, which a rule says.
  var written: [(option: ReplacementOptionField, position: Position)] = []
}

/// An entry of a kustomization's `replacements`: the replacement itself, or a file that holds it.
struct ReplacementEntry: Sendable {
  /// Nil where the entry is the replacement itself.
  var path: Kustomization.Entry?
  var replacement = Replacement()
}

// MARK: - Reading

/// Reads replacements, be it from a kustomization or from a file that it names.
struct ReplacementReader {
  let decoder: FieldDecoder

  /// Reads the list of a kustomization, where an entry may name a file
  /// (api/types/replacementfield.go).
  func entries(_ list: NodeID) throws(Problem) -> [ReplacementEntry] {
    var result: [ReplacementEntry] = []
    try decoder.eachItem(of: list, for: "replacements") { (item) throws(Problem) in
      result.append(try entry(item))
    }
    return result
  }

  /// Reads an entry: a replacement, or the name of a file that is read later (`ReplacementLoader`).
  private func entry(_ node: NodeID) throws(Problem) -> ReplacementEntry {
    var entry = ReplacementEntry()
    entry.replacement.position = decoder.tree.position(node)
    try decoder.element(node, of: "replacements") {
      (field: ReplacementField, value) throws(Problem) in
      try read(field, value, into: &entry)
    }
    // On the way to the transformer an empty list is left out, which makes it none.
    if decoder.manner != .object, entry.replacement.targets?.isEmpty == true {
      entry.replacement.targets = nil
    }
    try check(entry)
    return entry
  }

  /// Reads the document of a file: one replacement or a list of them
  /// (builtins/ReplacementTransformer.go `Config`).
  func replacements(inFile root: NodeID?, _ path: Kustomization.Entry) throws(Problem)
    -> [Replacement]
  {
    guard let root, decoder.tree.shape(root) != .scalar else {
      throw .noReplacements(path)
    }
    guard decoder.tree.shape(root) == .sequence else { return [try replacement(root)] }
    var result: [Replacement] = []
    try decoder.eachItem(of: root, for: "replacements") { (item) throws(Problem) in
      result.append(try replacement(item))
    }
    return result
  }

  /// A file and a replacement of its own exclude each other.
  private func check(_ entry: ReplacementEntry) throws(Problem) {
    guard let path = entry.path else { return }
    if entry.replacement.source != nil || entry.replacement.targets != nil {
      throw .pathAndReplacement(at: path.position)
    }
  }

  /// A replacement of a file, which cannot name another file.
  private func replacement(_ node: NodeID) throws(Problem) -> Replacement {
    var entry = ReplacementEntry()
    entry.replacement.position = decoder.tree.position(node)
    try decoder.element(node, of: "replacements", without: ReplacementField.path) {
      (field: ReplacementField, value) throws(Problem) in
      try read(field, value, into: &entry)
    }
    return entry.replacement
  }

  /// Reads one field of an entry, or of a replacement in a file.
  private func read(
    _ field: ReplacementField, _ value: NodeID, into entry: inout ReplacementEntry
  ) throws(Problem) {
    switch field {
    case .path:
      let path = try decoder.entry(value, for: "replacements.path")
      if !path.text.isEmpty { entry.path = path }
    case .source: entry.replacement.source = try source(value)
    case .sourceValue:
      entry.replacement.sourceValue = try decoder.entry(value, for: "replacements.sourceValue")
    case .targets:
      var targets: [ReplacementTarget] = []
      try decoder.eachItem(of: value, for: "replacements.targets") { (item) throws(Problem) in
        targets.append(try target(item))
      }
      entry.replacement.targets = targets
    }
  }

  /// The id is embedded in Go's type (api/types/replacement.go `SourceSelector`), hence `embedded`
  /// for its parts.
  private func source(_ node: NodeID) throws(Problem) -> ReplacementSource {
    let what = "replacements.source"
    var source = ReplacementSource(position: decoder.tree.position(node))
    try decoder.fields(of: node, as: what) {
      (field: ReplacementSourceField, value) throws(Problem) in
      let name = "\(what).\(field.rawValue)"
      switch field {
      case .group: source.selector.group = try condition(value, name, decoder.embedded)
      case .version: source.selector.version = try condition(value, name, decoder.embedded)
      case .kind: source.selector.kind = try condition(value, name, decoder.embedded)
      case .name: source.selector.name = try condition(value, name, decoder.embedded)
      case .namespace: source.selector.namespace = try condition(value, name, decoder.embedded)
      case .fieldPath: source.fieldPath = try condition(value, name, decoder)
      case .options: source.options = try options(value)
      }
    }
    return source
  }

  /// - Parameter decoder: the embedded one for parts of the resource id.
  private func condition(
    _ node: NodeID, _ name: String, _ decoder: FieldDecoder
  ) throws(Problem) -> Selector.Condition {
    Selector.Condition(
      text: try decoder.string(node, for: name), position: decoder.tree.position(node))
  }

  /// Reads where a value goes to. What is missing is told of when the replacement is run.
  private func target(_ node: NodeID) throws(Problem) -> ReplacementTarget {
    let what = "replacements.targets"
    var target = ReplacementTarget(position: decoder.tree.position(node))
    try decoder.element(node, of: what) { (field: ReplacementTargetField, value) throws(Problem) in
      switch field {
      case .select:
        target.select = try Selector.read(value, for: "\(what).select", with: decoder)
      case .reject:
        try decoder.eachItem(of: value, for: "\(what).reject") { (item) throws(Problem) in
          if decoder.tree.isNull(item) { throw .emptyReject(at: decoder.tree.position(item)) }
          target.reject.append(try Selector.read(item, for: "\(what).reject", with: decoder))
        }
      case .fieldPaths:
        target.fieldPaths = try decoder.entries(value, for: "\(what).fieldPaths")
      case .options: target.options = try options(value)
      }
    }
    return target
  }

  /// Notes which options are written, for the rule that tells of those without effect.
  private func options(_ node: NodeID) throws(Problem) -> ReplacementOptions {
    var options = ReplacementOptions()
    try decoder.fields(of: node, as: "replacements.options") {
      (field: ReplacementOptionField, value) throws(Problem) in
      let what = "replacements.options.\(field.rawValue)"
      options.written.append((field, decoder.tree.position(value)))
      switch field {
      case .delimiter: options.delimiter = try decoder.string(value, for: what)
      case .index: options.index = try decoder.integer(value, for: what)
      // kustomize reads the field, and does nothing with it.
      case .encoding: _ = try decoder.string(value, for: what)
      case .create: options.create = try decoder.bool(value, for: what)
      }
    }
    return options
  }
}

extension Problem {
  fileprivate static func pathAndReplacement(at position: Position) -> Problem {
    Problem(
      .replacementWithPath,
      "an entry of replacements has both a path and a replacement of its own", at: position,
      hint: "make two entries of it")
  }

  fileprivate static func noReplacements(_ path: Kustomization.Entry) -> Problem {
    Problem(
      .fileWithoutReplacements,
      "\"\(path.text)\" holds neither a replacement nor a list of replacements",
      at: path.position)
  }

  fileprivate static func emptyReject(at position: Position) -> Problem {
    Problem(
      .emptyReplacementReject, "an entry of replacements.targets.reject is empty", at: position)
  }
}
