internal import Lamina

/// A place in the objects of a kind.
package struct ObjectPlace: Sendable {
  package let apiVersion: String
  package let kind: String
  /// The keys on the way from the root; elements of lists need none.
  package let keys: [String]

  package init(apiVersion: String, kind: String, keys: [String]) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.keys = keys
  }
}

extension KubernetesFacts {
  // MARK: - Kinds

  /// The kinds that a version of an API has, or those of all versions, by their names.
  package func kinds(ofAPIVersion apiVersion: String?) -> [String] {
    var names: Set<String> = []
    for (version, kind) in servedKinds where apiVersion == nil || apiVersion == version {
      names.insert(kind)
    }
    return names.sorted()
  }

  /// The versions of APIs that have a kind, or all: stable ones first, newer before older.
  package func apiVersions(ofKind kind: String?) -> [String] {
    var names: Set<String> = []
    for (version, name) in servedKinds where kind == nil || kind == name { names.insert(version) }
    return names.sorted { APIVersionOrder($0) < APIVersionOrder($1) }
  }

  // MARK: - Fields

  /// The fields of the mapping at a place, or of the elements of the list there, in the order of `inOrder`.
  package func fields(at place: ObjectPlace) -> [FieldFacts] {
    let (types, keys) = types(at: place)
    var found: [FieldFacts] = []
    var names: Set<String> = []
    for type in types {
      guard case .line(let line) = type, case .object(let range) = contents(line) else { continue }
      for name in fieldNames(in: range) where names.insert(name).inserted {
        if let facts = facts(of: name, in: line) { found.append(facts) }
      }
    }
    return found.inOrder(listKeys: keys)
  }

  /// What is known of the value at a place; nil where nothing is.
  package func field(at place: ObjectPlace) -> FieldFacts? {
    guard let name = place.keys.last else { return nil }
    let parent = ObjectPlace(
      apiVersion: place.apiVersion, kind: place.kind, keys: Array(place.keys.dropLast()))
    for type in types(at: parent).types {
      guard case .line(let line) = type else { continue }
      switch contents(line) {
      case .object: if let facts = facts(of: name, in: line) { return facts }
      case .map(let value): return facts(of: name, value, isRequired: false, .all)
      case .list, .enumeration: break
      }
    }
    return nil
  }

  /// The types of the values at a place, lists gone through, and the keys of the innermost list.
  private func types(at place: ObjectPlace) -> (types: [ValueType], listKeys: [String]) {
    guard let root = type(apiVersion: place.apiVersion, kind: place.kind) else { return ([], []) }
    var (types, listKeys): ([ValueType], [String]) = ([.line(root)], [])
    for key in place.keys {
      listKeys = []
      var next: [ValueType] = []
      for type in types {
        guard case .line(let line) = type else { continue }
        switch contents(line) {
        case .object: next += fields(key, of: line).map(\.type)
        case .map(let values): next.append(values)
        case .list, .enumeration: break
        }
      }
      types = next.map { type in
        var type = type
        while case .line(let line) = type, case .list(let list) = contents(line) {
          if listKeys.isEmpty { listKeys = list.keys }
          type = list.elements
        }
        return type
      }
    }
    return (types, listKeys)
  }

  // MARK: - Facts

  /// Of several types of a field the newest one counts.
  private func facts(of name: String, in line: Int) -> FieldFacts? {
    guard let field = fields(name, of: line).first else { return nil }
    return facts(of: name, field.type, isRequired: requires(field), field.versions)
  }

  private func facts(
    of name: String, _ type: ValueType, isRequired: Bool, _ versions: VersionSet
  ) -> FieldFacts {
    var (elements, listKeys, isList) = (type, [String](), false)
    while case .line(let line) = elements, case .list(let list) = contents(line) {
      (elements, isList) = (list.elements, true)
      if listKeys.isEmpty { listKeys = list.keys }
    }
    var values: [String] = []
    if case .line(let line) = elements, case .enumeration(let range) = contents(line) {
      values = self.values(range)
    } else if elements == .boolean {
      values = ["true", "false"]
    }
    return FieldFacts(
      name: name, type: words(type),
      shape: isList ? .list : isMapping(elements) ? .mapping : .scalar, isRequired: isRequired,
      values: values, listKeys: listKeys,
      versions: versions == .all ? nil : versions.description)
  }

  private func isMapping(_ type: ValueType) -> Bool {
    switch type {
    case .mapping: return true
    case .line(let line):
      switch contents(line) {
      case .object, .map: return true
      case .list, .enumeration: return false
      }
    default: return false
    }
  }

  private func words(_ type: ValueType) -> String {
    var (type, words) = (type, TypeWords())
    while case .line(let line) = type {
      switch contents(line) {
      case .object: return words.ending("mapping")
      case .enumeration: return words.ending("string")
      case .map(let values):
        words.append("mapping")
        type = values
      case .list(let list):
        words.append("list")
        type = list.elements
      }
    }
    switch type {
    case .string: return words.ending("string")
    case .integer: return words.ending("integer")
    case .number: return words.ending("number")
    case .boolean: return words.ending("boolean")
    case .quantity: return words.ending("quantity", "quantities")
    case .integerOrString: return words.endingInIntegerOrString
    case .mapping: return words.ending("mapping")
    case .anything, .line: return words.endingInAnything
    }
  }
}

/// Stable versions before betas and alphas, newer ones before older ones, then groups by name.
private struct APIVersionOrder: Comparable {
  private let stability: Int
  private let number: Int
  private let text: String

  init(_ apiVersion: String) {
    text = apiVersion
    let version = apiVersion.parts(at: "/").last ?? ""
    stability = version.contains("alpha") ? 2 : version.contains("beta") ? 1 : 0
    number = Int(version.dropFirst().prefix { $0.isNumber }) ?? 0
  }

  static func < (a: APIVersionOrder, b: APIVersionOrder) -> Bool {
    (a.stability, -a.number, a.text) < (b.stability, -b.number, b.text)
  }
}
