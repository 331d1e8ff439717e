/// What rules of other modules report. They make no problems of their own.
extension Inspection {
  /// A mistake in a value of a resource.
  package struct ValueMistake {
    package let message: String
    /// What to do about it.
    package let hint: String?
    package let node: NodeID
    /// It is the key of the value that is wrong, or the mapping under the key that lacks something.
    package let isAtKey: Bool
    /// What should stand there instead, in YAML.
    package let replacement: String?

    package init(
      _ message: String, at node: NodeID, isAtKey: Bool = false, hint: String? = nil,
      replacement: String? = nil
    ) {
      self.message = message
      self.hint = hint
      self.node = node
      self.isAtKey = isAtKey
      self.replacement = replacement
    }
  }

  /// Reports a mistake in a resource at the place that the value goes back to.
  package mutating func report(
    _ mistake: ValueMistake, as rule: DiagnosticID, _ level: LintLevel,
    of resource: RenderedResource
  ) {
    let tree = build.tree
    let position =
      mistake.isAtKey ? build.position(ofKeyOf: mistake.node) : tree.position(mistake.node)
    let fixes = mistake.replacement.map { replacement in
      originals(mistake).map { original in
        Problem.Fix(
          message: "replace \(original) with \(replacement)", position: position,
          original: original, replacement: replacement, isSafe: false)
      }
    }
    report(
      Problem(rule, mistake.message, at: position, hint: mistake.hint, fixes: fixes ?? []), level,
      of: build.resources[resource.place])
  }

  /// How a key or scalar may be written in the file. Only the fix that finds its text there is kept.
  private func originals(_ mistake: ValueMistake) -> [String] {
    let tree = build.tree
    let text =
      mistake.isAtKey ? tree.symbols.string(tree.key(mistake.node)) : tree.string(mistake.node)
    return text.isEmpty ? [] : ["\"\(text)\"", "'\(text)'", text]
  }
}
