extension Rule {
  static let jsonPathSlash = Rule(
    .jsonPathSlash, .error,
    summary: "a path of a JSON patch does not begin with a slash",
    page: """
      kustomize cuts a path at its slashes and drops the first piece, which is empty in a path that begins with \
      a slash. In one that does not, the first field is lost: the value is written elsewhere, without a word.

          - op: add
            path: spec/replicas     # writes the field "replicas" of the object; write /spec/replicas
            value: 3
      """
  ) { inspection in
    for layer in inspection.build.layers {
      layer.forEachOperation { operation in
        if let path = operation.path { inspection.check(path, of: operation) }
        if let from = operation.from, operation.kind == .move || operation.kind == .copy {
          inspection.check(from, of: operation)
        }
      }
    }
  }
}

extension Inspection {
  fileprivate mutating func check(_ path: FieldPath, of operation: JSONPatch.Operation) {
    let isRight = build.symbols.withBytes(of: path.text) { text in
      text.isEmpty || text[0] == UInt8(ascii: "/")
    }
    if isRight { return }
    let text = build.symbols.string(path.text)
    if text.holdsVariable { return }
    report(.pathWithoutSlash(path, text, build), .error)
  }
}

extension Problem {
  fileprivate static func pathWithoutSlash(
    _ path: FieldPath, _ text: String, _ build: InspectedBuild
  ) -> Problem {
    let first = text.prefix { $0 != "/" }
    return Problem(
      .jsonPathSlash,
      "\"\(text)\" does not begin with a slash, so \"\(first)\" is not a part of the path",
      at: path.position, hint: "write \"/\(text)\"",
      fixes: [build.replacement(of: text, at: path.position, with: "/\(text)", isSafe: false)])
  }
}
