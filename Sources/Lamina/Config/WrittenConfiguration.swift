/// What one file of `configurations` or `crds` adds to the fields that steps write to.
struct WrittenConfiguration: Sendable {
  struct Reference: Sendable {
    var target = WrittenFieldSpec()
    var referrers: [WrittenFieldSpec] = []
  }

  var fields: [TransformerConfiguration.Section: [WrittenFieldSpec]] = [:]
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
    let sections = TransformerConfiguration.Section.allCases
    let known = sections.map(\.name) + ["nameReference"]
    for field in try decoder.fields(of: root, as: "configuration", known: known) {
      if let section = sections.first(where: { $0.name == field.name }) {
        result.fields[section] = try decoder.fieldSpecs(field.value, for: field.name)
      } else {
        result.nameReference = try references(field.value, decoder)
      }
    }
    return result
  }

  private static func references(
    _ list: NodeID, _ decoder: FieldDecoder
  ) throws(Problem) -> [Reference] {
    var result: [Reference] = []
    let known = ["group", "version", "kind", "fieldSpecs"]
    for item in try decoder.items(list, for: "nameReference") {
      var reference = Reference()
      for field in try decoder.element(item, of: "nameReference", known: known) {
        let full = "nameReference.\(field.name)"
        switch field.name {
        case "group": reference.target.group = try decoder.embedded.string(field.value, for: full)
        case "version":
          reference.target.version = try decoder.embedded.string(field.value, for: full)
        case "kind": reference.target.kind = try decoder.embedded.string(field.value, for: full)
        default: reference.referrers = try decoder.fieldSpecs(field.value, for: full)
        }
      }
      result.append(reference)
    }
    return result
  }
}
