extension Rule {
  /// The patch notes it when it adds (`JSONPatchRun.replace`). Where some targets of a patch have
  /// the field and others do not, adding is meant, and the notes are taken back
  /// (`Ledger.keepAdditions`).
  static let jsonReplaceAdds = Rule(
    .jsonReplaceAdds, .warning,
    summary: "'replace' of a JSON patch adds a field that is not there",
    page: """
      RFC 6902 wants the target of `replace` to exist. kustomize adds it instead, so that a misspelt field is \
      written beside the right one.

          - op: replace
            path: /spec/replicsa    # the object has spec.replicas
            value: 3

      Every build warns where a field of nearly the same name stands beside the new one. Otherwise it is a \
      finding of `lint` only; write `op: add`, which also replaces what is there.
      """
  ) { inspection in
    let build = inspection.build
    for remark in build.tree.ledger.remarks {
      guard case .replaceAdded(let pointer, let key, let mapping) = remark.kind else { continue }
      let path = build.symbols.string(pointer)
      // What `json-path-slash` says already.
      if !path.begins(with: "/") || path.holdsVariable { continue }
      let near = build.slip(for: key, in: mapping)
      inspection.report(
        .replaceAdds(path, near, at: remark.position, build), near == nil ? .lint : .warning)
    }
  }
}

extension InspectedBuild {
  /// A field beside a key whose name is so near that one of the two is a slip. Names that people choose, such as
  /// those of labels, may well be near to one another.
  fileprivate func slip(for key: Symbol, in mapping: NodeID) -> String? {
    let chosen: [Symbol] = [.labels, .annotations, .data, .stringData, .binaryData]
    let isFree =
      chosen.contains(tree.key(mapping)) || symbol("matchLabels") == tree.key(mapping)
      || symbol("nodeSelector") == tree.key(mapping)
    let name = symbols.string(key)
    if isFree || name.utf8.count < 4 { return nil }
    let siblings = tree.children(of: mapping).map { tree.key($0) }.filter { $0 != key }
    return Suggestion.nearest(to: name, among: siblings.map { symbols.string($0) })
  }
}

extension Problem {
  fileprivate static func replaceAdds(
    _ path: String, _ near: String?, at position: Position, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .jsonReplaceAdds, "\"\(path)\" is not there, so 'replace' adds it", at: position,
      hint: near.map { "did you mean \"\($0)\"?" } ?? "write 'op: add' if that is meant",
      fixes: near.map { name in
        let parent = path.utf8.dropLast(path.parts(at: "/").last?.utf8.count ?? 0)
        return [
          build.replacement(
            of: path, at: position, with: String(Substring(parent)) + name, isSafe: false)
        ]
      } ?? [])
  }
}
