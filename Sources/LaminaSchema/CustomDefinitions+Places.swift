internal import Lamina

extension SchemaRules {
  /// The fields at a place of an object, of a custom kind by its definition.
  ///
  /// - Parameter more: definitions besides those of the project.
  package func fields(at place: ObjectPlace, _ more: CustomDefinitions) -> [FieldFacts] {
    if let builtIn = builtIn(place) { return facts.fields(at: builtIn) }
    return schema(of: place, more).map { CustomPlace($0, place.keys).fields } ?? []
  }

  /// What is known of the value at a place; nil where nothing is.
  package func field(at place: ObjectPlace, _ more: CustomDefinitions) -> FieldFacts? {
    if let builtIn = builtIn(place) { return facts.field(at: builtIn) }
    guard let name = place.keys.last, let schema = schema(of: place, more) else { return nil }
    return CustomPlace(schema, Array(place.keys.dropLast())).field(name)
  }

  /// The place where the table of kinds knows it. The metadata of all objects are alike.
  private func builtIn(_ place: ObjectPlace) -> ObjectPlace? {
    if facts.knows(apiVersion: place.apiVersion, kind: place.kind) { return place }
    return place.keys.first == "metadata"
      ? ObjectPlace(apiVersion: "v1", kind: "ConfigMap", keys: place.keys) : nil
  }

  private func schema(of place: ObjectPlace, _ more: CustomDefinitions) -> CustomSchema? {
    definitions.schema(apiVersion: place.apiVersion, kind: place.kind)
      ?? more.schema(apiVersion: place.apiVersion, kind: place.kind)
  }
}

/// A place in the objects of a custom kind: what its schemas say there.
private struct CustomPlace {
  private let schema: CustomSchema
  /// The schemas of the value, lists gone through.
  private var ids: [CustomSchema.ID]
  /// Of the innermost list.
  private var listKeys: [String] = []

  init(_ schema: CustomSchema, _ keys: [String]) {
    self.schema = schema
    ids = schema.schemas.isEmpty ? [] : [0]
    for key in keys {
      let found = Self.all(ids, schema).flatMap { Self.values(of: key, in: schema[$0]) }
      (ids, listKeys) = (found, [])
      while let list = ids.first(where: { schema[$0].elements != nil }) {
        if listKeys.isEmpty { listKeys = schema[list].listKeys }
        ids = ids.compactMap { schema[$0].elements }
      }
    }
  }

  /// A schema with those that hold besides it.
  private static func all(
    _ ids: [CustomSchema.ID], _ schema: CustomSchema
  ) -> [CustomSchema.ID] {
    ids + ids.flatMap { schema[$0].allOf }
  }

  private static func values(of key: String, in schema: CustomSchema.Schema) -> [CustomSchema.ID] {
    if let property = schema.properties[key] { return [property] }
    if case .values(let values) = schema.otherFields { return [values] }
    return []
  }

  var fields: [FieldFacts] {
    var names: Set<ByteText> = []
    for id in Self.all(ids, schema) { names.formUnion(schema[id].properties.keys) }
    return names.compactMap { field($0.string) }.inOrder(listKeys: listKeys)
  }

  func field(_ name: String) -> FieldFacts? {
    let all = Self.all(ids, schema)
    guard let id = all.flatMap({ Self.values(of: name, in: schema[$0]) }).first else { return nil }
    var (element, isList) = (id, false)
    while let next = schema[element].elements { (element, isList) = (next, true) }
    let (own, inner) = (schema[id], schema[element])
    var values = inner.values?.map(\.text) ?? []
    if values.isEmpty, inner.kind == .boolean { values = ["true", "false"] }
    let isMapping = inner.kind == .object || !inner.properties.isEmpty
    return FieldFacts(
      name: name, type: words(id),
      shape: isList || own.kind == .array ? .list : isMapping ? .mapping : .scalar,
      isRequired: !own.hasDefault && all.contains { schema[$0].required.contains(bytesOf: name) },
      values: values, listKeys: own.listKeys, versions: nil)
  }

  private func words(_ id: CustomSchema.ID) -> String {
    var (id, words) = (id, TypeWords())
    while true {
      let own = schema[id]
      if own.isIntegerOrString { return words.endingInIntegerOrString }
      switch (own.kind, own.elements, own.otherFields) {
      case (.array, let elements?, _):
        words.append("list")
        id = elements
      case (.array, nil, _): return words.ending("list")
      case (.object, _, .values(let values)) where own.properties.isEmpty:
        words.append("mapping")
        id = values
      case (.object, _, _): return words.ending("mapping")
      case (let kind?, _, _): return words.ending(kind.rawValue)
      case (nil, _, _): return words.endingInAnything
      }
    }
  }
}
