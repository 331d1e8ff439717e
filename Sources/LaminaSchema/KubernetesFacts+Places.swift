/// What is known of a field, or of the values at a place, in words of the table.
package struct FieldFacts: Sendable, Equatable {
  /// What may stand behind the field.
  package enum Shape: Sendable, Equatable {
    /// A text, a number and so on, on one line.
    case scalar
    case mapping
    case list
  }

  package let name: String
  /// `string`, `list of mappings`, and so on.
  package let type: String
  package let shape: Shape
  package let isRequired: Bool
  /// The words that a value may be; none where there are others.
  package let values: [String]
  /// What tells the elements of a list apart.
  package let listKeys: [String]
  /// The versions of Kubernetes that have the field, such as `since 1.29`; nil for all.
  package let versions: String?
}

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

  /// The fields of the mapping at a place, or of the elements of the list there: those that tell elements apart first,
  /// then those that must be there, then the others by name.
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
    func rank(_ field: FieldFacts) -> Int {
      if let place = keys.firstIndex(of: field.name) { return place }
      return keys.count + (field.isRequired ? 0 : 1)
    }
    return found.sorted { (rank($0), $0.name) < (rank($1), $1.name) }
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

  /// `list of mappings`, and so on.
  private func words(_ type: ValueType) -> String {
    var (type, words, isPlural) = (type, "", false)
    func plural(_ word: String) -> String { isPlural ? word + "s" : word }
    while case .line(let line) = type {
      switch contents(line) {
      case .object: return words + plural("mapping")
      case .enumeration: return words + plural("string")
      case .map(let values): (words, type) = ("\(words)\(plural("mapping")) of ", values)
      case .list(let list): (words, type) = ("\(words)\(plural("list")) of ", list.elements)
      }
      isPlural = true
    }
    switch type {
    case .string: return words + plural("string")
    case .integer: return words + plural("integer")
    case .number: return words + plural("number")
    case .boolean: return words + plural("boolean")
    case .quantity: return words + (isPlural ? "quantities" : "quantity")
    case .integerOrString: return words + (isPlural ? "integers or strings" : "integer or string")
    case .mapping: return words + plural("mapping")
    case .anything, .line: return words + (isPlural ? "values" : "any value")
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
    let version = apiVersion.split(separator: "/").last ?? ""
    stability = version.contains("alpha") ? 2 : version.contains("beta") ? 1 : 0
    number = Int(version.dropFirst().prefix { $0.isNumber }) ?? 0
  }

  static func < (a: APIVersionOrder, b: APIVersionOrder) -> Bool {
    (a.stability, -a.number, a.text) < (b.stability, -b.number, b.text)
  }
}
