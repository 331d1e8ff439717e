package import Lamina

/// Custom kinds as their CustomResourceDefinitions describe them.
///
/// Owns what it keeps, so that definitions of one build serve objects of others.
package struct CustomDefinitions: Sendable {
  struct Version: Sendable {
    /// Whether the definition serves the version.
    let isServed: Bool
    /// Nil where the definition says nothing.
    let schema: CustomSchema?
  }

  /// A kind may be defined more than once, in builds that never meet in one cluster.
  private var definitions: [CustomKind: [[ByteText: Version]]] = [:]
  /// All kinds that are defined, also those of which no schema is kept.
  private var kindsByGroup: [ByteText: Set<ByteText>] = [:]

  package init() {}

  package var isEmpty: Bool { kindsByGroup.isEmpty }

  /// Whether an object is a CustomResourceDefinition.
  package static func isDefinition(_ object: NodeID, in tree: Tree) -> Bool {
    guard let kind = tree.field(.kind, of: object), let api = tree.field(.apiVersion, of: object)
    else { return false }
    return tree.string(kind) == "CustomResourceDefinition"
      && tree.string(api).begins(with: "apiextensions.k8s.io/")
  }

  /// The kind that an object defines; nil for an object that is no definition.
  package static func kind(definedBy object: NodeID, in tree: Tree) -> CustomKind? {
    guard isDefinition(object, in: tree),
      let spec = tree.field(.spec, of: object),
      let group = tree.value(of: "group", in: spec),
      let names = tree.value(of: "names", in: spec),
      let kind = tree.field(.kind, of: names)
    else { return nil }
    return CustomKind(group: tree.string(group), kind: tree.string(kind))
  }

  /// Takes a definition in; another object changes nothing.
  ///
  /// - Parameter used: the kinds whose schemas are of use; of others only the name is kept. Nil is all.
  package mutating func add(
    definition: NodeID, in tree: Tree, keepingSchemasOf used: Set<CustomKind>? = nil
  ) {
    guard let kind = Self.kind(definedBy: definition, in: tree),
      let spec = tree.field(.spec, of: definition)
    else { return }
    kindsByGroup[kind.group, default: []].insert(kind.kind)
    if used?.contains(kind) ?? true {
      definitions[kind, default: []].append(Self.versions(of: spec, in: tree.onThisThread()))
    }
  }

  /// Takes in all that others hold.
  package mutating func add(_ others: CustomDefinitions) {
    definitions.merge(others.definitions) { $0 + $1 }
    kindsByGroup.merge(others.kindsByGroup) { $0.union($1) }
  }

  /// The schemas of all versions by name. Both `apiextensions.k8s.io/v1` and `v1beta1` are read.
  private static func versions(of spec: NodeID, in tree: Tree) -> [ByteText: Version] {
    let keepsUnknown =
      tree.value(of: "preserveUnknownFields", in: spec).map { tree.isTrue($0) } ?? false
    // In v1beta1 one schema may stand for all versions, and one version may be the only one.
    let common = tree.value(of: "validation", in: spec)
      .flatMap { tree.value(of: "openAPIV3Schema", in: $0) }
    var result: [ByteText: Version] = [:]
    for version in tree.value(of: "versions", in: spec).map({ tree.children(of: $0) }) ?? [] {
      guard let name = tree.field(.name, of: version) else { continue }
      let own = tree.value(of: "schema", in: version)
        .flatMap { tree.value(of: "openAPIV3Schema", in: $0) }
      result[tree.string(name)] = Version(
        isServed: tree.value(of: "served", in: version).map { tree.isTrue($0) } ?? true,
        schema: (own ?? common).map {
          CustomSchema($0, in: tree, keepsUnknownFields: keepsUnknown)
        })
    }
    if let version = tree.value(of: "version", in: spec), result.isEmpty {
      result[tree.string(version)] = Version(
        isServed: true,
        schema: common.map { CustomSchema($0, in: tree, keepsUnknownFields: keepsUnknown) })
    }
    return result
  }

  // MARK: - Asking

  /// The kinds of a group that are defined.
  package func kinds(inGroup group: String) -> [String] {
    kindsByGroup[group, default: []].sortedTexts
  }

  /// Whether a kind is defined, in whatever version.
  package func defines(_ kind: CustomKind) -> Bool {
    kindsByGroup[kind.group]?.contains(kind.kind) ?? false
  }

  /// An object whose group has definitions, none of which is for its kind: the kind is probably misspelt.
  ///
  /// Meant for the definitions of the object's own build: a group may have more in others.
  package func missingDefinition(for object: NodeID, in tree: Tree) -> SchemaViolation? {
    guard let apiVersion = tree.field(.apiVersion, of: object),
      let kind = tree.field(.kind, of: object)
    else { return nil }
    let (api, name) = (tree.string(apiVersion), tree.string(kind))
    let group = KubernetesFacts.group(ofAPIVersion: api)
    let known = kinds(inGroup: group)
    guard !group.isEmpty, !known.isEmpty, !defines(CustomKind(group: group, kind: name)) else {
      return nil
    }
    return SchemaViolation(
      kind: .definitionMissing, node: kind, isAtKey: false, path: "kind",
      message:
        "no definition of \(group) has the kind \(ViolationList.quoted(name)): "
        + "those in this build have \(known.joined(separator: ", "))",
      suggestion: Suggestion.nearest(to: name, among: known))
  }

  /// The schema of a version that is served; nil where nothing is known of it.
  func schema(apiVersion: String, kind: String) -> CustomSchema? {
    let group = KubernetesFacts.group(ofAPIVersion: apiVersion)
    let version = group.isEmpty ? apiVersion : String(apiVersion.dropFirst(group.utf8.count + 1))
    return (definitions[CustomKind(group: group, kind: kind)] ?? []).lazy
      .compactMap { $0[version] }.first { $0.isServed }?.schema
  }

  // MARK: - Checking

  /// Compares an object with the definitions of its kind. If there are several, one of them must fit, and what is said
  /// is how the object differs from the nearest one, in whatever order they were met.
  func check(
    _ object: NodeID, apiVersion: String, kind: String, _ list: ViolationList,
    _ facts: KubernetesFacts
  ) -> [SchemaViolation] {
    let group = KubernetesFacts.group(ofAPIVersion: apiVersion)
    guard let known = definitions[CustomKind(group: group, kind: kind)] else { return [] }
    let version = group.isEmpty ? apiVersion : String(apiVersion.dropFirst(group.utf8.count + 1))
    var nearest: [SchemaViolation]?
    for versions in known {
      let violations = Self.check(object, version, versions, list, facts)
      if violations.isEmpty { return [] }
      if nearest.map({ Self.isNearer(violations, than: $0) }) ?? true { nearest = violations }
    }
    return nearest ?? []
  }

  /// Fewer violations are nearer; of as many, those whose words come first.
  private static func isNearer(_ one: [SchemaViolation], than other: [SchemaViolation]) -> Bool {
    if one.count != other.count { return one.count < other.count }
    let pairs = zip(one, other).first { !$0.message.hasBytes(of: $1.message) }
    return pairs.map { $0.message.utf8.lexicographicallyPrecedes($1.message.utf8) } ?? false
  }

  /// Compares an object with one definition; a version that it does not serve is the only finding
  /// then.
  private static func check(
    _ object: NodeID, _ version: String, _ versions: [ByteText: Version], _ list: ViolationList,
    _ facts: KubernetesFacts
  ) -> [SchemaViolation] {
    var list = list
    guard let known = versions[version], known.isServed else {
      let served = versions.filter(\.value.isServed).keys.sortedTexts
      list.path.append(.key(.apiVersion))
      list.add(
        .customResource, list.tree.field(.apiVersion, of: object) ?? object,
        "the definition of \(list.objectKind) does not serve the version "
          + "\(ViolationList.quoted(version)): it serves \(ViolationList.alternatives(served))")
      return list.found
    }
    guard let schema = known.schema else { return [] }
    var check = CustomCheck(schema, list, facts)
    check.checkObject(object)
    return check.list.found
  }
}
