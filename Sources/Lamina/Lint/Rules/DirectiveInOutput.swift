extension Rule {
  /// Looks at the output and not at patches: what kustomize did not understand is what is left
  /// there.
  static let directiveInOutput = Rule(
    .directiveInOutput, .error,
    summary: "a directive of a patch is left in an object",
    page: """
      kustomize knows `$patch: merge`, `replace` and `delete` in strategic merge patches, and nothing else of what \
      Kubernetes knows: `$setElementOrder/…`, `$deleteFromPrimitiveList/…` and `$retainKeys` stay in the object. So \
      does `$patch` where there is nothing to patch, or in a list that is replaced as a whole. They would be \
      applied to the cluster as fields.

          metadata:
            $deleteFromPrimitiveList/finalizers: [example.com/x]   # use a JSON patch
      """
  ) { inspection in
    let build = inspection.build
    // Nearly always nothing in the whole tree has such a key.
    guard build.fieldsByWord.haveDirectives else { return }
    for resource in build.resources {
      build.forEachField(of: resource, outside: build.patchWords) { field in
        guard build.fieldsByWord.isDirective(build.tree.key(field)) else { return }
        inspection.report(.directiveLeft(field, build), .error, of: resource)
      }
    }
  }
}

extension InspectedBuild {
  /// Fields of objects that hold patches themselves, in which directives are in their place.
  fileprivate var patchWords: [Symbol] {
    let words: [StaticString] = [
      "patches", "patch", "patchStrategicMerge", "patchesStrategicMerge", "strategicMerge",
    ]
    return words.compactMap { symbol($0) }
  }

  /// Goes through all fields of a resource, but not into those of some names.
  fileprivate func forEachField(
    of resource: Resource, outside names: [Symbol], _ body: (NodeID) -> Void
  ) {
    var stack = [resource.root]
    while let node = stack.popLast() {
      var child = tree.first(of: node)
      while let current = child {
        child = tree.next(after: current)
        if tree.shape(node) == .mapping {
          if names.contains(tree.key(current)) { continue }
          body(current)
        }
        if tree.shape(current) != .scalar { stack.append(current) }
      }
    }
  }
}

extension Problem {
  fileprivate static func directiveLeft(_ field: NodeID, _ build: InspectedBuild) -> Problem {
    let name = build.symbols.string(build.tree.key(field))
    return Problem(
      .directiveInOutput,
      "the directive \"\(name)\" was not understood here, and is left in the output",
      at: build.position(ofKeyOf: field),
      hint: name == "$patch" ? "remove it, or use a JSON patch" : "use a JSON patch")
  }
}
