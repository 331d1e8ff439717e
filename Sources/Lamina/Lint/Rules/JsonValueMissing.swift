extension Rule {
  /// A null that is written is a value; only a missing field is reported.
  static let jsonValueMissing = Rule(
    .jsonValueMissing, .error,
    summary: "an operation of a JSON patch has no value",
    page: """
      `add` and `replace` without `value` write `null`, and `test` without one asks for a field that is missing. A \
      `null` that is meant is written: `value: null`.

          - op: add
            path: /spec/paused      # value: true

      To take a field away, write `op: remove`.
      """
  ) { inspection in
    inspection.build.forEachOperation { operation in
      guard operation.value == nil, let kind = operation.kind else { return }
      switch kind {
      case .add, .replace, .test:
        inspection.report(.operationWithoutValue(kind, at: operation.position), .error)
      case .remove, .move, .copy: break
      }
    }
  }
}

extension Problem {
  fileprivate static func operationWithoutValue(
    _ kind: JSONPatch.Operation.Kind, at position: Position
  ) -> Problem {
    let effect = kind == .test ? "asks for null" : "writes null"
    return Problem(
      .jsonValueMissing, "this operation has no \"value\", so '\(kind.rawValue)' \(effect)",
      at: position,
      hint: kind == .test ? "add value" : "add value, or write 'op: remove' to take the field away")
  }
}
