extension Rule {
  /// The merge notes the loss (`MergeCheck.note`). Elements that a directive deletes are not among
  /// them.
  static let itemLost = Rule(
    .itemLost, .warning,
    summary: "a patch loses elements of a list without a directive",
    page: """
      Lists with several merge keys lose elements in kustomize's strategic merge: of two ports with the same \
      number, one for TCP without `protocol` and one for UDP, only the last is left, whatever the patch says.

          ports:
          - containerPort: 53           # add protocol: TCP
          - containerPort: 53
            protocol: UDP

      Write all merge keys in every element of the list, or use a JSON patch.
      """
  ) { inspection in
    let build = inspection.build
    for remark in build.tree.ledger.remarks {
      guard case .elementsLost = remark.kind else { continue }
      inspection.report(.lostElements(remark, build), .warning)
    }
  }
}

extension Problem {
  fileprivate static func lostElements(_ remark: PatchRemark, _ build: InspectedBuild) -> Problem {
    let names = remark.losses.map { $0.words(in: build) }.joined(separator: ", ")
    let verb = remark.losses.count == 1 ? "is" : "are"
    return Problem(
      .itemLost,
      "the patch loses elements of \(build.symbols.string(remark.list)) that it does not delete: \(names) \(verb) gone",
      at: remark.position,
      hint: "write all keys by which elements are matched, also the default protocol"
    ).noting(remark.losses, in: build)
  }
}
