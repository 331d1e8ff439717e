/// The source of a replacement that is no resource, and the condition that no resource meets.
///
/// Only made when a build fails, so it may look at all resources. The first of these is reported: a
/// name nearly like the wanted one; a resource of the name that differs in kind, group, version or
/// namespace; an unknown kind.
struct MissingSource {
  private let source: ReplacementSource
  private let resources: Resources
  private let tree: Tree

  init(_ source: ReplacementSource, in resources: Resources, _ workspace: Workspace) {
    self.source = source
    self.resources = resources
    tree = workspace.tree
  }

  /// Points at the condition that no resource meets, or at the source where no single one is to
  /// blame.
  var problem: Problem {
    let selector = source.selector
    let (name, kind) = (selector.name, selector.kind)
    if !name.text.isEmpty {
      if let nearest = nearest(to: name.text, ofKind: kind.text) {
        return problem(at: name, hint: nearest.hint, nearest.resource)
      }
      // The same name in another type or namespace.
      if let namesake = namesake(name.text, kind.text) { return problem(of: namesake) }
      return problem(at: name, hint: nil, nil)
    }
    guard !kind.text.isEmpty else { return problem(at: .init(), hint: nil, nil) }
    // Suggestions compare the word with each; the limit bounds the time of a message.
    let kinds = resources.all.prefix(2000).map { tree.symbols.string($0.id.type.kind) }
    return problem(at: kind, hint: Suggestion.hint(for: kind.text, among: kinds), nil)
  }

  /// A resource of the name: one of the kind first, then one of nearly the kind.
  private func namesake(_ name: String, _ kind: String) -> Resource? {
    let all = resources.all.filter { tree.symbols.string($0.id.name).hasBytes(of: name) }
    let kinds = all.map { tree.symbols.string($0.id.type.kind) }
    let nearest = Suggestion.nearest(to: kind, among: kinds)
    let index = kinds.firstIndex(bytesOf: kind) ?? nearest.flatMap { kinds.firstIndex(bytesOf: $0) }
    return index.map { all[$0] } ?? all.first
  }

  /// Nil where a resource of the kind already has the name.
  private func nearest(to name: String, ofKind kind: String) -> NearestResource? {
    let candidates = resources.all.filter {
      kind.isEmpty || tree.symbols.string($0.id.type.kind).hasBytes(of: kind)
    }
    // One that has the name differs in something else.
    if candidates.contains(where: { tree.symbols.string($0.id.name).hasBytes(of: name) }) {
      return nil
    }
    return NearestResource(to: name, among: candidates, tree.symbols)
  }

  /// A resource has the name: the first condition that it does not meet.
  private func problem(of namesake: Resource) -> Problem {
    let (selector, id, symbols) = (source.selector, namesake.id, tree.symbols)
    let parts: [(Selector.Condition, String, String)] = [
      (selector.kind, symbols.string(id.type.kind), "kind"),
      (selector.group, symbols.string(id.type.group), "group"),
      (selector.version, symbols.string(id.type.version), "version"),
      (selector.namespace, symbols.string(id.namespace), "namespace"),
    ]
    for (condition, found, part) in parts
    where !condition.text.isEmpty && !condition.text.hasBytes(of: found) {
      let name = symbols.string(id.name)
      let slip = part == "kind" ? Suggestion.hint(for: condition.text, among: [found]) : nil
      let hint =
        slip
        ?? (found.isEmpty
          ? "\"\(name)\" has no \(part)" : "\"\(name)\" has the \(part) \"\(found)\"")
      return problem(at: condition, hint: hint, namesake)
    }
    return problem(at: selector.name, hint: nil, nil)
  }

  private func problem(
    at condition: Selector.Condition, hint: String?, _ nearest: Resource?
  ) -> Problem {
    let position = condition.position == .none ? source.position : condition.position
    let problem = Problem.noSource(source, at: position, hint: hint)
    guard let nearest else { return problem }
    return problem.noting(
      "\"\(tree.symbols.string(nearest.id.name))\" is here", at: tree.position(nearest.root))
  }
}

extension ReplacementSource {
  /// What a message says of the resource that is looked for.
  var words: String {
    let parts = [
      ("kind", selector.kind), ("group", selector.group), ("version", selector.version),
      ("name", selector.name), ("namespace", selector.namespace),
    ]
    let said = parts.filter { !$0.1.text.isEmpty }.map { "\($0.0) \"\($0.1.text)\"" }
    return said.isEmpty ? "no condition" : said.joined(separator: ", ")
  }
}

extension Problem {
  fileprivate static func noSource(
    _ source: ReplacementSource, at position: Position, hint: String?
  ) -> Problem {
    Problem(
      .replacementSourceMissing, "no resource is the source of this replacement: \(source.words)",
      at: position, hint: hint)
  }
}
