internal import Pattern

/// A selector that selected no resource, and the resource that it misses by the least.
///
/// Resources are looked at when the build has ended, under all ids that they ever had: a prefix or a namespace
/// that a layer gave later is known by its absence in an earlier id.
struct TargetSearch {
  /// One condition of a selector.
  enum Part: String, CaseIterable {
    case kind
    case name
    case namespace
    case group
    case version
    case labels
    case annotations
  }

  /// The resource that fits best, and the conditions that it does not meet.
  struct Nearest {
    let resource: Resource
    let missed: [Part]
  }

  private let build: InspectedBuild
  private let selector: Selector
  private let patterns: [Part: Pattern]
  private let labels: LabelSelector?
  private let annotations: LabelSelector?

  init(_ selector: Selector, in build: InspectedBuild) {
    self.build = build
    self.selector = selector
    var patterns: [Part: Pattern] = [:]
    for part in [Part.kind, .name, .namespace, .group, .version] {
      let text = selector.condition(part).text
      if text.isEmpty { continue }
      patterns[part] = try? Pattern(Array("^(?:\(text))$".utf8).span)
    }
    self.patterns = patterns
    // Symbols that no object of the build has match nothing in it, so a copy of the table is as good.
    var symbols = build.symbols
    func read(_ condition: Selector.Condition) -> LabelSelector? {
      if condition.text.isEmpty { return nil }
      return try? LabelSelector(condition.text, at: condition.position, symbols: &symbols)
    }
    labels = read(selector.labelSelector)
    annotations = read(selector.annotationSelector)
  }

  /// The resource that meets the most conditions; nil if none has the kind, or no condition that tells it apart.
  var nearest: Nearest? {
    var best: Nearest?
    for resource in build.resources {
      let missed = missedParts(of: resource)
      // A resource of which neither kind nor name fit has nothing to do with the selector, unless its kind is
      // nearly the one that is asked for.
      if missed.contains(.kind), missed.contains(.name) || selector.name.text.isEmpty,
        !hasSimilarKind(resource)
      {
        continue
      }
      if missed.count < best?.missed.count ?? .max {
        best = Nearest(resource: resource, missed: missed)
      }
    }
    return best
  }

  private func hasSimilarKind(_ resource: Resource) -> Bool {
    let kind = build.symbols.string(resource.id.type.kind)
    return Suggestion.nearest(to: selector.kind.text, among: [kind]) != nil
  }

  private func missedParts(of resource: Resource) -> [Part] {
    let type = resource.id.type
    var (kinds, names, namespaces) = ([type.kind], [resource.id.name], [resource.id.namespace])
    for former in resource.formerIDs {
      kinds.append(former.kind)
      names.append(former.name)
      namespaces.append(former.namespace)
    }
    var missed: [Part] = []
    for part in Part.allCases {
      let isMet =
        switch part {
        case .group: fits(part, [type.group])
        case .version: fits(part, [type.version])
        case .kind: fits(part, kinds)
        case .name: fits(part, names)
        case .namespace: fits(part, namespaces)
        case .labels: matches(labels, of: resource, .labels)
        case .annotations: matches(annotations, of: resource, .annotations)
        }
      if !isMet { missed.append(part) }
    }
    return missed
  }

  private func fits(_ part: Part, _ texts: [Symbol]) -> Bool {
    guard let pattern = patterns[part] else { return true }
    for text in texts where build.symbols.withBytes(of: text, pattern.matches) { return true }
    return false
  }

  private func matches(_ selector: LabelSelector?, of resource: Resource, _ field: Symbol) -> Bool {
    guard let selector else { return true }
    let metadata = build.tree.field(.metadata, of: resource.root)
    return selector.matches(metadata.flatMap { build.tree.field(field, of: $0) }, in: build.tree)
  }

  // MARK: - Words

  /// `Deployment "web" in namespace "prod"`, after the conditions of the selector.
  var description: String {
    let kind = selector.kind.text.isEmpty ? "object" : selector.kind.text
    var words = selector.name.text.isEmpty ? kind : "\(kind) \"\(selector.name.text)\""
    let type = [selector.group.text, selector.version.text].filter { !$0.isEmpty }
    if !type.isEmpty { words += " of \(type.joined(separator: "/"))" }
    if !selector.namespace.text.isEmpty {
      words += " in namespace \"\(selector.namespace.text)\""
    }
    if !selector.labelSelector.text.isEmpty {
      words += " with labels \"\(selector.labelSelector.text)\""
    }
    if !selector.annotationSelector.text.isEmpty {
      words += " with annotations \"\(selector.annotationSelector.text)\""
    }
    return words
  }

  /// What a resource is in the field that the selector misses, such as `is in namespace "shop"`.
  func words(for part: Part, of resource: Resource) -> String {
    let symbols = build.symbols
    let id = resource.id
    func text(_ symbol: Symbol) -> String { symbols.string(symbol) }
    switch part {
    case .kind: return "is a \(text(id.type.kind))"
    case .name: return "is called \"\(text(resource.formerIDs.first?.name ?? id.name))\""
    case .namespace:
      let first = resource.formerIDs.first?.namespace ?? id.namespace
      return first.isEmpty || first == .notANamespace
        ? "has no namespace" : "is in namespace \"\(text(first))\""
    case .group:
      return id.type.group.isEmpty ? "has no group" : "is of group \(text(id.type.group))"
    case .version: return "is of version \(text(id.type.version))"
    case .labels: return "does not have these labels"
    case .annotations: return "does not have these annotations"
    }
  }
}

extension TargetSearch {
  /// What to write so that the selector meets a resource in a part that it misses; nil where nothing comes to
  /// mind.
  func correction(of part: Part, for resource: Resource) -> String? {
    let (symbols, id) = (build.symbols, resource.id)
    func writing(_ symbol: Symbol) -> String {
      symbol.isEmpty ? "leave it out" : "write \"\(symbols.string(symbol))\""
    }
    switch part {
    case .kind: return writing(id.type.kind)
    case .group: return writing(id.type.group)
    case .version: return writing(id.type.version)
    case .namespace: return writing(resource.formerIDs.first?.namespace ?? id.namespace)
    case .name:
      let first = symbols.string(resource.formerIDs.first?.name ?? id.name)
      return Suggestion.nearest(to: selector.name.text, among: [first]).map {
        "did you mean \"\($0)\"?"
      }
    case .labels, .annotations: return nil
    }
  }
}

extension Selector {
  /// The condition of a part, as it was written.
  func condition(_ part: TargetSearch.Part) -> Condition {
    switch part {
    case .group: group
    case .version: version
    case .kind: kind
    case .name: name
    case .namespace: namespace
    case .labels: labelSelector
    case .annotations: annotationSelector
    }
  }
}
