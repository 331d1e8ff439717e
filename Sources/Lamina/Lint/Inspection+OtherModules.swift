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

extension Inspection {
  /// A list that a strategic merge patch has replaced, in an object of a kind that the schema of the build knows.
  package struct ReplacedList {
    package let apiVersion: String
    package let kind: String
    /// The keys that lead to the list.
    package let path: [String]
    /// What was lost with the list, in words.
    package let losses: [String]
    fileprivate let remark: PatchRemark
  }

  /// The lists that patches have replaced with losses.
  package var replacedLists: [ReplacedList] {
    let tree = build.tree
    return tree.ledger.remarks.compactMap { remark in
      guard case .listReplaced(let path, let object, isKnown: true) = remark.kind else {
        return nil
      }
      func text(_ key: Symbol) -> String { tree.field(key, of: object).map(tree.string) ?? "" }
      return ReplacedList(
        apiVersion: text(.apiVersion), kind: text(.kind), path: path.map(tree.symbols.string),
        losses: remark.losses.map { $0.words(in: build) }, remark: remark)
    }
  }

  /// Reports what a patch has replaced, at the list in the patch.
  package mutating func report(
    _ list: ReplacedList, _ message: String, hint: String, as rule: DiagnosticID, _ level: LintLevel
  ) {
    report(
      Problem(
        rule, message,
        at: build.sources.position(
          ofKey: list.path.last ?? "", before: list.remark.position), hint: hint
      ).noting(list.remark.losses, in: build), level)
  }
}
