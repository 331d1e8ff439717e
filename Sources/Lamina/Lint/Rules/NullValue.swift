extension Rule {
  /// The text of the file is asked, because a settled tree has `null` for all spellings.
  static let nullValue = Rule(
    .nullValue, .off,
    summary: "a field without a value becomes null in the output",
    page: """
      A key with nothing behind its colon is a null, and is printed as `null`. Kubernetes drops such fields, so it \
      is seldom wrong; it is often a value that somebody forgot.

          spec:
            size:         # prints "size: null"

      A null that is written, as `null` or `~`, is not reported.
      """
  ) { inspection in
    let build = inspection.build
    for resource in build.resources {
      for field in build.emptyFields(of: resource) {
        inspection.report(.emptyField(field, build), .warning, of: resource)
      }
    }
  }
}

extension InspectedBuild {
  /// The fields of a resource that are null because a file has nothing there.
  fileprivate func emptyFields(of resource: Resource) -> [NodeID] {
    var found: [NodeID] = []
    var stack = [resource.root]
    while let node = stack.popLast() {
      for child in tree.children(of: node) {
        if tree.isNull(child), tree.shape(node) == .mapping, hasNothing(at: child) {
          found.append(child)
        }
        if tree.shape(child) != .scalar { stack.append(child) }
      }
    }
    return found
  }

  /// Nothing stands where a file has a null; only the tree before it was printed could tell without the file.
  private func hasNothing(at null: NodeID) -> Bool {
    guard tree.writer(null).position != nil else { return false }
    let position = tree.position(null)
    guard let file = sources.file(of: position), let offset = sources.byteOffset(of: position)
    else {
      return false
    }
    let rest = file.bytes[min(offset, file.bytes.count)...]
    let words: [StaticString] = ["null", "Null", "NULL", "~", "!"]
    return !words.contains { word in word.withUTF8Buffer { rest.starts(with: $0) } }
  }
}

extension Problem {
  fileprivate static func emptyField(_ field: NodeID, _ build: InspectedBuild) -> Problem {
    let name = build.symbols.string(build.tree.key(field))
    return Problem(
      .nullValue, "\"\(name)\" has no value, and is null in the output",
      at: build.position(ofKeyOf: field),
      hint: "write a value, or null if that is meant")
  }
}
