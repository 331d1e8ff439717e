internal import Lamina

/// What is known of the kinds of Kubernetes, of one version or of all in the table.
///
/// Read from the table once, which takes a millisecond, and then only looked at: one value serves all
/// threads of a run.
package struct KubernetesFacts: Sendable {
  /// The version that objects are judged by. Without one a field is known if any version has it, and required
  /// only if all versions ask for it.
  package let version: KubernetesVersion?

  private let types: FactTypes
  /// By API version and kind.
  private let kinds: [String: Kind]
  private let lifecycles: [String: APILifecycle]
  /// API groups of kinds with known fields.
  private let groups: Set<String>

  private struct Kind: Sendable {
    let type: Int
    let versions: VersionSet
  }

  /// - Parameter version: one that `isKnown`; another one is taken for none.
  package init(version: KubernetesVersion?) {
    self.version = version.flatMap { $0.isKnown ? $0 : nil }
    types = FactTypes()
    kinds = Self.readKinds()
    lifecycles = APILifecycle.readTable()
    groups = Set(kinds.keys.map { Self.group(ofAPIVersion: $0.prefix { $0 != " " }) })
  }

  /// A line has three words: API version, kind, and the number of its type with the versions that
  /// serve it.
  private static func readKinds() -> [String: Kind] {
    var kinds: [String: Kind] = [:]
    for line in TableLines(KubernetesTable.kinds) {
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count == 3 else { continue }
      let parts = words[2].split(separator: UInt8(ascii: "@"))
      guard case .line(let type)? = parts.first.map({ ValueType($0) }) else { continue }
      kinds[
        key(String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self))] =
        Kind(type: type, versions: parts.count > 1 ? VersionSet(parts[1]) : .all)
    }
    return kinds
  }

  /// A text is cheaper to hash than a pair, and lines of the table begin like this.
  static func key(_ apiVersion: String, _ kind: String) -> String { "\(apiVersion) \(kind)" }

  /// `apps` of `apps/v1`, and nothing of `v1`.
  static func group(ofAPIVersion apiVersion: some StringProtocol) -> String {
    apiVersion.cut(at: "/").map { String($0.before) } ?? ""
  }

  // MARK: - Kinds

  /// All kinds that the version serves, with their API versions.
  var servedKinds: [(apiVersion: String, kind: String)] {
    kinds.compactMap { key, known in
      guard has(known.versions), let space = key.firstIndex(of: " ") else { return nil }
      return (String(key[..<space]), String(key[key.index(after: space)...]))
    }
  }

  /// How the objects of a kind look; nil for a kind that the version does not serve.
  func type(apiVersion: String, kind: String) -> Int? {
    guard let known = kinds[Self.key(apiVersion, kind)] else { return nil }
    return version.map { known.versions.contains($0) } ?? true ? known.type : nil
  }

  /// The versions that serve a kind; nil if none of the table does.
  func versions(apiVersion: String, kind: String) -> VersionSet? {
    kinds[Self.key(apiVersion, kind)]?.versions
  }

  /// Whether a kind belongs to Kubernetes itself, in a version that has been or is served.
  package func knows(apiVersion: String, kind: String) -> Bool {
    let key = Self.key(apiVersion, kind)
    return kinds[key] != nil || lifecycles[key] != nil
  }

  /// Whether an API group is one of Kubernetes' own: the core group, `apps`, `networking.k8s.io`, and so on.
  package func isBuiltIn(group: String) -> Bool { groups.contains(group) }

  /// When a kind was deprecated and removed; nil for one that was not.
  package func lifecycle(apiVersion: String, kind: String) -> APILifecycle? {
    lifecycles[Self.key(apiVersion, kind)]
  }

  /// What takes the place of a deprecated or removed kind.
  package func replacement(
    for apiVersion: String, kind: String
  ) -> (apiVersion: String, kind: String)? {
    lifecycle(apiVersion: apiVersion, kind: kind)?.replacement
  }

  /// The metadata of any object.
  var metadata: ValueType? {
    type(apiVersion: "v1", kind: "ConfigMap").flatMap { type in
      fields("metadata", of: type).first?.type
    }
  }

  // MARK: - Types

  /// What the values of a line are.
  func contents(_ line: Int) -> FactTypes.Contents { types.contents(line) }

  /// The name of a field.
  func name(_ field: FactTypes.Field) -> String { types.text(field.name) }

  /// The types that a field may have, the newest first; none for a field that the version does not have.
  func fields(_ name: Span<UInt8>, of range: Range<Int>) -> [FactTypes.Field] {
    types.fields[types.find(name, in: range)].filter { has($0.versions) }.reversed()
  }

  /// The types that a field may have, the newest first.
  func fields(_ name: String, of line: Int) -> [FactTypes.Field] {
    guard case .object(let range) = contents(line) else { return [] }
    let bytes = Array(name.utf8)
    return fields(bytes.span, of: range)
  }

  /// The type of a field that has only one; nil for others, and where the version does not have it.
  func onlyType(_ name: Span<UInt8>, of range: Range<Int>) -> ValueType? {
    let found = types.find(name, in: range)
    guard found.count == 1, has(types.fields[found.lowerBound].versions) else { return nil }
    return types.fields[found.lowerBound].type
  }

  /// The names of an object's fields, each once.
  func fieldNames(in range: Range<Int>) -> [String] {
    var names: [String] = []
    for field in types.fields[range] where has(field.versions) {
      let name = name(field)
      if names.last != name { names.append(name) }
    }
    return names
  }

  /// The fields of the objects that a field may hold itself, rather than in a list.
  func objectTypes(of name: String, in range: Range<Int>) -> [Range<Int>] {
    let bytes = Array(name.utf8)
    return fields(bytes.span, of: range).compactMap { field in
      guard case .line(let line) = field.type, case .object(let fields) = contents(line) else {
        return nil
      }
      return fields
    }
  }

  /// The versions of a field that the judged version does not have; nil if none has it.
  func otherVersions(_ name: Span<UInt8>, of range: Range<Int>) -> VersionSet? {
    types.fields[types.find(name, in: range)].last?.versions
  }

  /// Without a version everything of the table counts.
  func has(_ versions: VersionSet) -> Bool { version.map { versions.contains($0) } ?? true }

  /// Without a version only what all versions require counts.
  func requires(_ field: FactTypes.Field) -> Bool {
    version.map { field.required.contains($0) } ?? (field.required == .all)
  }

  /// The fields among some that an object must have.
  func requiredFields(in range: Range<Int>) -> [FactTypes.Field] {
    types.fields[range].filter { has($0.versions) && requires($0) }
  }

  /// The values of an enumeration that the version has.
  func values(_ range: Range<Int>) -> [String] {
    types.values[range].filter { has($0.versions) }.map { types.text($0.name) }
  }

  /// Whether a text is a value of an enumeration.
  func allows(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
    types.values[range].contains { has($0.versions) && types.equals($0.name, text) }
  }

  /// The keys by which the elements of a list are told apart; nil where the path leads to no such list.
  ///
  /// - Parameter path: the keys on the way; elements of lists and values of free mappings need none.
  package func listKeys(apiVersion: String, kind: String, path: [String]) -> [String]? {
    var type = self.type(apiVersion: apiVersion, kind: kind).map { ValueType.line($0) }
    for key in path {
      type = type.flatMap { skippingElements($0) }.flatMap { fields(key, of: $0).first?.type }
    }
    guard case .line(let line)? = type, case .list(let list) = contents(line), !list.keys.isEmpty
    else { return nil }
    return list.keys
  }

  /// The object type that a type leads to through lists and free mappings.
  private func skippingElements(_ type: ValueType) -> Int? {
    var type = type
    while case .line(let line) = type {
      switch contents(line) {
      case .object: return line
      case .map(let values): type = values
      case .list(let list): type = list.elements
      case .enumeration: return nil
      }
    }
    return nil
  }
}
