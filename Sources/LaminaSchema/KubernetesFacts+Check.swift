package import Lamina

extension KubernetesFacts {
  /// Compares a resource of a finished build with what is known of its kind, or with the definition of its kind.
  ///
  /// Values are judged as they are printed, so that what patches, variables and defaults make of them counts.
  /// A kind of which nothing is known has no violations. `status` is not looked at.
  ///
  /// - Parameters:
  ///   - object: the object's node.
  ///   - tree: the tree that holds it, settled (`RenderedResource.tree`).
  ///   - definitions: what is known of custom kinds.
  /// - Returns: in the order of the object's fields.
  package func check(
    _ object: NodeID, in tree: Tree, definitions: CustomDefinitions = CustomDefinitions()
  ) -> [SchemaViolation] {
    let tree = tree.onThisThread()
    guard let apiVersion = tree.field(.apiVersion, of: object).map({ tree.string($0) }),
      let kind = tree.field(.kind, of: object).map({ tree.string($0) })
    else { return [] }
    let list = ViolationList(of: object, in: tree)
    if let type = type(apiVersion: apiVersion, kind: kind) {
      var check = ObjectCheck(self, list)
      check.check(object, .line(type))
      return deprecation(of: object, apiVersion, kind, list) + check.list.found
    }
    if knows(apiVersion: apiVersion, kind: kind) {
      return removal(of: object, apiVersion, kind, list)
    }
    return definitions.check(object, apiVersion: apiVersion, kind: kind, list, self)
  }

  // MARK: - Lifecycles

  /// Without a version, deprecations are judged by the newest known one: the finding is about the
  /// future.
  private func deprecation(
    of object: NodeID, _ apiVersion: String, _ kind: String, _ list: ViolationList
  ) -> [SchemaViolation] {
    guard let lifecycle = lifecycle(apiVersion: apiVersion, kind: kind) else { return [] }
    let (judged, name) = (version ?? .newest, "\(apiVersion) \(kind)")
    if let removed = lifecycle.removed, removed <= judged {
      return note(
        .apiDeprecated, object, "\(name) was removed in Kubernetes \(removed)", lifecycle, list)
    }
    guard let deprecated = lifecycle.deprecated, deprecated <= judged else { return [] }
    return note(
      .apiDeprecated, object, "\(name) is deprecated since Kubernetes \(deprecated)", lifecycle,
      list)
  }

  /// The kind is known, but not in the version that is judged. Without a version only what the
  /// oldest one lacks already is removed.
  private func removal(
    of object: NodeID, _ apiVersion: String, _ kind: String, _ list: ViolationList
  ) -> [SchemaViolation] {
    let lifecycle = lifecycle(apiVersion: apiVersion, kind: kind)
    let name = "\(apiVersion) \(kind)"
    if let removed = lifecycle?.removed, removed <= version ?? .oldest {
      return note(
        .apiRemoved, object, "\(name) was removed in Kubernetes \(removed)", lifecycle, list)
    }
    let versions = versions(apiVersion: apiVersion, kind: kind)?.description
    return note(
      .apiRemoved, object, "Kubernetes serves \(name) only \(versions ?? "in other versions")",
      lifecycle,
      list)
  }

  /// A finding at the API version of an object.
  private func note(
    _ violation: SchemaViolation.Kind, _ object: NodeID, _ message: String,
    _ lifecycle: APILifecycle?, _ list: ViolationList
  ) -> [SchemaViolation] {
    var list = list
    let replacement = lifecycle?.replacement
    let isSameKind = replacement?.kind == list.objectKind
    let words = replacement.map { isSameKind ? $0.apiVersion : "\($0.apiVersion) \($0.kind)" }
    list.path.append(.key(.apiVersion))
    list.add(
      violation, list.tree.field(.apiVersion, of: object) ?? object,
      words.map { "\(message); use \($0)" } ?? message,
      suggestion: isSameKind ? replacement?.apiVersion : nil)
    return list.found
  }
}
