/// The fields of an entry of `configMapGenerator` or `secretGenerator`, and of the objects that do the
/// same (api/types/generatorargs.go, kvpairsources.go).
enum GeneratorField: String, FieldSet {
  case name
  case namespace
  case behavior
  case type
  case literals
  case files
  case envs
  case env
  case options

  static var synonyms: [String: GeneratorField] {
    [
      "file": .files,
      "literal": .literals,
      "data": .literals,
      "envfile": .envs,
      "envfiles": .envs,
      "mode": .behavior,
      "generatoroptions": .options,
    ]
  }

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "2.0.0", "The name of the generated object.")
    case .namespace: FieldRow(.text, since: "2.0.0", "The namespace of the generated object.")
    case .behavior:
      FieldRow(
        .word(["create", "replace", "merge"]), since: "2.0.0",
        "What to do with an object of the same name.", takesOtherWords: true)
    case .type: FieldRow(.text, since: "1.0.0", "The type of the secret; Opaque if missing.")
    case .literals: FieldRow(.texts, since: "1.0.0", "Entries as KEY=VALUE.")
    case .files:
      FieldRow(
        .texts, since: "1.0.0", "Files that each become one entry, as FILE or KEY=FILE.",
        names: .keyedFile)
    case .envs:
      FieldRow(.texts, since: "2.1.0", "Files with lines KEY=VALUE.", names: .file)
    case .env:
      FieldRow(
        .text, since: "1.0.0", "A file with lines KEY=VALUE.", names: .file,
        deprecation: FieldDeprecation(replacedBy: "envs"))
    case .options:
      FieldRow(
        .object(.generatorOptions), since: "3.5.5", "Settings of the generated object.")
    }
  }
}

/// The fields of `generatorOptions`, and of the `options` of one generator.
enum GeneratorOptionField: String, FieldSet {
  case labels
  case annotations
  case disableNameSuffixHash
  case immutable

  var row: FieldRow {
    switch self {
    case .labels: FieldRow(.pairs, since: "1.0.9", "Labels of generated objects.")
    case .annotations: FieldRow(.pairs, since: "1.0.9", "Annotations of generated objects.")
    case .disableNameSuffixHash:
      FieldRow(.flag, since: "1.0.11", "Leaves the content hash out of the names.")
    case .immutable: FieldRow(.flag, since: "4.1.3", "Makes the generated objects immutable.")
    }
  }
}
