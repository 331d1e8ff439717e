/// What one file of `configurations` or `crds` adds to the fields that steps write to.
struct WrittenConfiguration: Sendable {
  /// A type, and the fields that name resources of it.
  struct Reference: Sendable {
    var target = WrittenFieldSpec()
    var referrers: [WrittenFieldSpec] = []
  }

  /// Lists that the file does not have are missing here.
  var fields: [ConfigurationField: [WrittenFieldSpec]] = [:]
  var nameReference: [Reference] = []
  /// Where the kustomization asks for the file.
  var position = Position.none

  /// Decodes the document of a file of `configurations`; nil is an empty one.
  static func read(
    _ root: NodeID?, asked: Position, tree: Tree, sources: SourceMap
  ) throws(Problem) -> WrittenConfiguration {
    var result = WrittenConfiguration(position: asked)
    guard let root, !tree.isNull(root) else { return result }
    let decoder = FieldDecoder(tree: tree, sources: sources, manner: .configuration)
    try decoder.fields(of: root, as: "configuration") {
      (field: ConfigurationField, value) throws(Problem) in
      if field == .nameReference {
        result.nameReference = try references(value, decoder)
      } else {
        result.fields[field] = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    return result
  }

  private static func references(
    _ list: NodeID, _ decoder: FieldDecoder
  ) throws(Problem) -> [Reference] {
    var result: [Reference] = []
    try decoder.eachItem(of: list, for: "nameReference") { (item) throws(Problem) in
      result.append(try reference(item, decoder))
    }
    return result
  }

  /// One entry of `nameReference`. Its type is embedded in Go, hence the `embedded` decoder.
  private static func reference(
    _ node: NodeID, _ decoder: FieldDecoder
  ) throws(Problem) -> Reference {
    var reference = Reference()
    try decoder.element(node, of: "nameReference") {
      (field: NameReferenceField, value) throws(Problem) in
      let full = "nameReference.\(field.rawValue)"
      switch field {
      case .group: reference.target.group = try decoder.embedded.string(value, for: full)
      case .version: reference.target.version = try decoder.embedded.string(value, for: full)
      case .kind: reference.target.kind = try decoder.embedded.string(value, for: full)
      case .fieldSpecs: reference.referrers = try decoder.fieldSpecs(value, for: full)
      }
    }
    return reference
  }
}
