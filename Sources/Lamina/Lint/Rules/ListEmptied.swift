extension Rule {
  /// The merge notes it, in both of its ways (`StrategicMerge+PlainLists.swift`, `MergeCheck`).
  static let listEmptied = Rule(
    .listEmptied, .warning,
    summary: "a patch leaves nothing of a list",
    page: """
      A strategic merge patch that leaves no element of a list leaves the list itself: `containers: []` is \
      applied to the cluster, which refuses it. That happens where `$patch: delete` takes the last container, and \
      where an element without its merge key throws out all others.

          containers:
          - name: web
            $patch: delete      # the only one

      Delete the object instead, or replace the element.
      """
  ) { inspection in
    let build = inspection.build
    for remark in build.tree.ledger.remarks {
      guard case .listEmptied(let byDirective) = remark.kind else { continue }
      // Other lists may be empty, and whoever deletes the last element wants that.
      if byDirective, remark.list != .containers { continue }
      inspection.report(.emptiedList(remark, build), .warning)
    }
  }
}

extension Problem {
  fileprivate static func emptiedList(_ remark: PatchRemark, _ build: InspectedBuild) -> Problem {
    let names = remark.losses.map { $0.words(in: build) }.joined(separator: ", ")
    return Problem(
      .listEmptied,
      "the patch leaves \(build.symbols.string(remark.list)) empty: \(names) \(remark.losses.count == 1 ? "is" : "are") lost",
      at: remark.position, hint: "leave an element, or delete the object"
    ).noting(remark.losses, in: build)
  }
}
