extension Rule {
  /// An error, since the elements before it are lost. The merge notes the elements
  /// (`MergeCheck.note`), and what is lost with them.
  static let mergeKeyMissing = Rule(
    .mergeKeyMissing, .error,
    summary: "an element of a list in a patch lacks the key by which elements are matched",
    page: """
      A strategic merge patch finds an element of a list by its merge key: a container by its `name`, a port by \
      its `containerPort`. An element without it matches nothing, and kustomize takes out the elements that stand \
      before it.

          spec:
            template:
              spec:
                containers:
                - nmae: web            # name
                  image: example/web:2.0
      """
  ) { inspection in
    let build = inspection.build
    for remark in build.tree.ledger.remarks {
      guard case .elementWithoutKey(let key, let fields) = remark.kind else { continue }
      inspection.report(.elementWithoutKey(key, fields, remark, build), .error)
    }
  }
}

extension Problem {
  fileprivate static func elementWithoutKey(
    _ key: Symbol, _ fields: [NodeID], _ remark: PatchRemark, _ build: InspectedBuild
  ) -> Problem {
    let symbols = build.symbols
    let name = symbols.string(key)
    let keys = fields.map { symbols.string(build.tree.key($0)) }
    let near = Suggestion.nearest(to: name, among: keys)
    let slip = zip(fields, keys).first { $1.hasBytes(of: near) }?.0
    let problem = Problem(
      .mergeKeyMissing,
      "this element of \(symbols.string(remark.list)) has no \"\(name)\", by which elements are matched",
      at: remark.position,
      hint: near.map { "did you mean \"\(name)\" for \"\($0)\"?" }
        ?? "add \"\(name)\", or use a JSON patch",
      fixes: slip.map {
        let key = symbols.string(build.tree.key($0))
        return [
          build.replacement(
            of: key, at: build.position(ofKeyOf: $0), with: name, isSafe: false)
        ]
      } ?? [])
    return problem.noting(remark.losses, in: build)
  }
}

extension Problem {
  /// The most elements that a finding names.
  private static let mostLosses = 5

  /// The problem with the places of what the output lacks.
  func noting(_ losses: [PatchRemark.Loss], in build: InspectedBuild) -> Problem {
    losses.prefix(Self.mostLosses).reduce(self) { problem, loss in
      problem.noting("\(loss.words(in: build)) is lost", at: loss.position)
    }
  }
}

extension PatchRemark.Loss {
  /// `"web"`, or `args of "web"`.
  func words(in build: InspectedBuild) -> String {
    let name = "\"\(build.symbols.string(element))\""
    return field.isEmpty ? name : "\(build.symbols.string(field)) of \(name)"
  }
}
