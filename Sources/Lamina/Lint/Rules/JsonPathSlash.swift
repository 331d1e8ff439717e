extension Rule {
  /// An error, since such an operation never does what it says. Paths with variables of other tools
  /// are passed over.
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
    inspection.build.forEachOperation { operation in
      if let path = operation.path { inspection.check(path, of: operation) }
      if let from = operation.from, operation.kind == .move || operation.kind == .copy {
        inspection.check(from, of: operation)
      }
    }
  }
}

extension Inspection {
  /// Reports a path that neither is empty nor begins with a slash.
  fileprivate mutating func check(_ path: FieldPath, of operation: JSONPatch.Operation) {
    if build.hasSlash(path) { return }
    let text = build.symbols.string(path.text)
    if text.holdsVariable { return }
    report(.pathWithoutSlash(path, text, build), .error)
  }
}

extension InspectedBuild {
  /// A path begins as it should. The empty one is that of the whole object.
  fileprivate func hasSlash(_ path: FieldPath) -> Bool {
    symbols.withBytes(of: path.text) { $0.isEmpty || $0[0] == UInt8(ascii: "/") }
  }

  /// Whether an operation without a slash wrote a field of an object: what is to be said of it is said at the path.
  package func isWrittenWithoutSlash(_ field: NodeID) -> Bool {
    let name = symbols.string(tree.key(field))
    var isSo = false
    forEachOperation { operation in
      guard !isSo, let path = operation.path, !hasSlash(path) else { return }
      let parts = symbols.string(path.text).parts(at: "/", omittingEmptySubsequences: false)
      guard parts.count > 1, parts[1].hasBytes(of: name) else { return }
      isSo = operation.value.map { holds(tree.position($0), in: field) } ?? true
    }
    return isSo
  }

  /// Whether a value of the patch is part of a field: values keep their positions when they are
  /// copied.
  private func holds(_ position: Position, in node: NodeID) -> Bool {
    var stack = [node]
    while let next = stack.popLast() {
      if tree.position(next) == position { return true }
      if tree.shape(next) != .scalar { stack += tree.children(of: next) }
    }
    return false
  }
}

extension Problem {
  fileprivate static func pathWithoutSlash(
    _ path: FieldPath, _ text: String, _ build: InspectedBuild
  ) -> Problem {
    let first = text.cut(at: "/")?.before ?? text[...]
    return Problem(
      .jsonPathSlash,
      "\"\(text)\" does not begin with a slash, so \"\(first)\" is not a part of the path",
      at: path.position, hint: "write \"/\(text)\"",
      fixes: [build.replacement(of: text, at: path.position, with: "/\(text)", isSafe: false)])
  }
}
