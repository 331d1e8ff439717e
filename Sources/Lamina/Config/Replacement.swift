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
  var select: Selector?
  var reject: [Selector] = []
  var fieldPaths: [Kustomization.Entry] = []
  var options = ReplacementOptions()
  var position = Position.none
}

/// Which part of a field is meant, and whether to make what is not there.
struct ReplacementOptions: Sendable {
  /// Cuts the field's text into parts; empty takes it whole.
  var delimiter = ""
  var index: Int64 = 0
  var create = false
}

/// An entry of a kustomization's `replacements`: the replacement itself, or a file that holds it.
struct ReplacementEntry: Sendable {
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
    for item in try decoder.items(list, for: "replacements") {
      var entry = ReplacementEntry()
      entry.replacement.position = decoder.tree.position(item)
      if !decoder.tree.isNull(item) {
        for field in try decoder.fields(
          of: item, as: "replacements", known: ["path", "source", "targets", "sourceValue"])
        {
          if field.name == "path" {
            let path = try decoder.entry(field.value, for: "replacements.path")
            if !path.text.isEmpty { entry.path = path }
          } else {
            try read(field, into: &entry.replacement)
          }
        }
      }
      // On the way to the transformer an empty list is left out, which makes it none.
      if decoder.manner != .object, entry.replacement.targets?.isEmpty == true {
        entry.replacement.targets = nil
      }
      try check(entry)
      result.append(entry)
    }
    return result
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
    for item in decoder.tree.children(of: root) { result.append(try replacement(item)) }
    return result
  }

  private func check(_ entry: ReplacementEntry) throws(Problem) {
    guard let path = entry.path else { return }
    if entry.replacement.source != nil || entry.replacement.targets != nil {
      throw .pathAndReplacement(at: path.position)
    }
  }

  private func replacement(_ node: NodeID) throws(Problem) -> Replacement {
    var result = Replacement(position: decoder.tree.position(node))
    if decoder.tree.isNull(node) { return result }
    for field in try decoder.fields(
      of: node, as: "replacements", known: ["source", "targets", "sourceValue"])
    {
      try read(field, into: &result)
    }
    return result
  }

  private func read(
    _ field: FieldDecoder.Field, into replacement: inout Replacement
  ) throws(Problem) {
    switch field.name {
    case "source": replacement.source = try source(field.value)
    case "sourceValue":
      replacement.sourceValue = try decoder.entry(field.value, for: "replacements.sourceValue")
    default:
      var targets: [ReplacementTarget] = []
      for item in try decoder.items(field.value, for: "replacements.targets") {
        targets.append(try target(item))
      }
      replacement.targets = targets
    }
  }

  private func source(_ node: NodeID) throws(Problem) -> ReplacementSource {
    let what = "replacements.source"
    var source = ReplacementSource(position: decoder.tree.position(node))
    let known = ["group", "version", "kind", "name", "namespace", "fieldPath", "options"]
    for field in try decoder.fields(of: node, as: what, known: known) {
      if field.name == "options" {
        source.options = try options(field.value)
        continue
      }
      let condition = Selector.Condition(
        text: try (field.name == "fieldPath" ? decoder : decoder.embedded)
          .string(field.value, for: "\(what).\(field.name)"),
        position: decoder.tree.position(field.value))
      switch field.name {
      case "group": source.selector.group = condition
      case "version": source.selector.version = condition
      case "kind": source.selector.kind = condition
      case "name": source.selector.name = condition
      case "namespace": source.selector.namespace = condition
      default: source.fieldPath = condition
      }
    }
    return source
  }

  private func target(_ node: NodeID) throws(Problem) -> ReplacementTarget {
    let what = "replacements.targets"
    var target = ReplacementTarget(position: decoder.tree.position(node))
    if decoder.tree.isNull(node) { return target }
    let known = ["select", "reject", "fieldPaths", "options"]
    for field in try decoder.fields(of: node, as: what, known: known) {
      switch field.name {
      case "select":
        target.select = try Selector.read(field.value, for: "\(what).select", with: decoder)
      case "reject":
        for item in try decoder.items(field.value, for: "\(what).reject") {
          if decoder.tree.isNull(item) { throw .emptyReject(at: decoder.tree.position(item)) }
          target.reject.append(try Selector.read(item, for: "\(what).reject", with: decoder))
        }
      case "fieldPaths":
        target.fieldPaths = try decoder.entries(field.value, for: "\(what).fieldPaths")
      default: target.options = try options(field.value)
      }
    }
    return target
  }

  private func options(_ node: NodeID) throws(Problem) -> ReplacementOptions {
    var options = ReplacementOptions()
    let known = ["delimiter", "index", "encoding", "create"]
    for field in try decoder.fields(of: node, as: "replacements.options", known: known) {
      let what = "replacements.options.\(field.name)"
      switch field.name {
      case "delimiter": options.delimiter = try decoder.string(field.value, for: what)
      case "index": options.index = try decoder.integer(field.value, for: what)
      // kustomize reads the field, and does nothing with it.
      case "encoding": _ = try decoder.string(field.value, for: what)
      default: options.create = try decoder.bool(field.value, for: what)
      }
    }
    return options
  }
}

extension Problem {
  fileprivate static func pathAndReplacement(at position: Position) -> Problem {
    Problem(
      .invalidKustomization,
      "an entry of replacements has both a path and a replacement of its own", at: position,
      hint: "make two entries of it")
  }

  fileprivate static func noReplacements(_ path: Kustomization.Entry) -> Problem {
    Problem(
      .invalidKustomization,
      "\"\(path.text)\" holds neither a replacement nor a list of replacements",
      at: path.position)
  }

  fileprivate static func emptyReject(at position: Position) -> Problem {
    Problem(
      .invalidKustomization, "an entry of replacements.targets.reject is empty", at: position)
  }
}
