extension Rule {
  /// The last `openapi` counts, as in the build. A kind is reported once, at its first patch with a
  /// list.
  static let openapiShadowsBuiltin = Rule(
    .openapiShadowsBuiltin, .warning,
    summary: "the schema of openapi lacks a kind that is patched",
    page: """
      The document that `openapi.path` names takes the place of the schema that kustomize has built in: it does \
      not know what a Deployment is any more, unless the document says so. A strategic merge patch then replaces \
      its lists as a whole.

          openapi: {path: rollout-schema.json}   # without Deployment
          patches:
          - path: deployment-patch.yaml          # drops the other containers

      Add the kind to the document; `kustomize openapi fetch` prints the schema of a cluster.
      """
  ) { inspection in
    let build = inspection.build
    guard let path = build.layers.lazy.compactMap({ $0.kustomization.openapi?.path }).last else {
      return
    }
    var schema = build.stage.schema
    var tree = build.tree
    var seen: [TypeName] = []
    for layer in build.layers {
      for object in layer.patchObjects where tree.holdsList(object) {
        guard let name = tree.typeName(of: object), !seen.contains(name),
          Schema.isBuiltIn(name, tree.symbols),
          schema.type(apiVersion: name.apiVersion, kind: name.kind, in: &tree) == nil
        else { continue }
        seen.append(name)
        inspection.report(.kindOutsideSchema(name, path, object, build), .warning)
      }
    }
  }
}

extension Layer {
  /// The objects of all strategic merge patches.
  fileprivate var patchObjects: [NodeID] {
    patches.patches.flatMap(\.objects) + patches.strategicMerge.map(\.resource.root)
  }
}

extension Tree {
  /// There is a list in an object, which needs a schema to be merged.
  fileprivate func holdsList(_ object: NodeID) -> Bool {
    var stack = [object]
    while let node = stack.popLast() {
      if shape(node) == .sequence { return true }
      stack += children(of: node)
    }
    return false
  }

  /// The kind of an object, as it says it.
  mutating func typeName(of object: NodeID) -> TypeName? {
    guard let apiVersion = field(.apiVersion, of: object), let kind = field(.kind, of: object)
    else {
      return nil
    }
    return TypeName(apiVersion: symbol(of: apiVersion), kind: symbol(of: kind))
  }
}

extension Problem {
  fileprivate static func kindOutsideSchema(
    _ name: TypeName, _ path: Kustomization.Entry, _ object: NodeID, _ build: InspectedBuild
  ) -> Problem {
    let kind = build.tree.field(.kind, of: object).map { build.tree.string($0) } ?? ""
    return Problem(
      .openapiShadowsBuiltin,
      "this schema takes the place of the built-in one, and does not know \(kind), which is patched",
      at: path.position, hint: "add \(kind) to \"\(path.text)\", or remove 'openapi'"
    ).noting("lists of this patch are not merged", at: build.tree.position(object))
  }
}
