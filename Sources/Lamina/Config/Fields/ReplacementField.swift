/// The fields of an entry of `replacements` (api/types/replacement.go, replacementfield.go).
enum ReplacementField: String, FieldSet {
  case path
  case source
  case targets
  case sourceValue

  static var synonyms: [String: ReplacementField] {
    [
      "file": .path,
      "target": .targets,
      "value": .sourceValue,
      "from": .source,
      "to": .targets,
    ]
  }

  var row: FieldRow {
    switch self {
    case .path:
      FieldRow(.text, since: "4.1.3", "A file with replacements, instead of one.", names: .file)
    case .source:
      FieldRow(.object(.replacementSource), since: "3.5.2", "The field to copy from.")
    case .targets:
      FieldRow(.objects(.replacementTarget), since: "4.1.0", "The fields to copy to.")
    case .sourceValue: FieldRow(.text, since: "5.7.0", "The text to copy, instead of a field.")
    }
  }
}

/// The fields of `source`: a resource id, whose parts are texts and not expressions
/// (api/types/replacement.go).
enum ReplacementSourceField: String, FieldSet {
  case group
  case version
  case kind
  case name
  case namespace
  case fieldPath
  case options

  static var synonyms: [String: ReplacementSourceField] {
    [
      "field": .fieldPath,
      "path": .fieldPath,
      "apiversion": .version,
    ]
  }

  var row: FieldRow {
    switch self {
    case .group: FieldRow(.text, since: "4.1.0", "The API group of the resource.")
    case .version: FieldRow(.text, since: "4.1.0", "The API version of the resource.")
    case .kind: FieldRow(.text, since: "4.1.0", "The kind of the resource.")
    case .name: FieldRow(.text, since: "4.1.0", "The name of the resource.")
    case .namespace: FieldRow(.text, since: "4.1.0", "The namespace of the resource.")
    case .fieldPath:
      FieldRow(.text, since: "4.1.0", "The path of the field; metadata.name if missing.")
    case .options:
      FieldRow(.object(.replacementOptions), since: "4.1.0", "Which part of the field to copy.")
    }
  }
}

/// The fields of an entry of `targets` (api/types/replacement.go).
enum ReplacementTargetField: String, FieldSet {
  case select
  case reject
  case fieldPaths
  case options

  static var synonyms: [String: ReplacementTargetField] {
    [
      "selector": .select,
      "target": .select,
      "paths": .fieldPaths,
      "field": .fieldPaths,
      "exclude": .reject,
    ]
  }

  var row: FieldRow {
    switch self {
    case .select: FieldRow(.object(.selector), since: "4.1.0", "The resources to change.")
    case .reject: FieldRow(.objects(.selector), since: "4.1.0", "The resources not to change.")
    case .fieldPaths:
      FieldRow(.texts, since: "4.1.0", "The paths of the fields; metadata.name if missing.")
    case .options:
      FieldRow(.object(.replacementOptions), since: "4.1.0", "Which part of the fields to change.")
    }
  }
}

/// The fields of `options`, of the source and of targets alike; `create` has no effect in a source,
/// `encoding` nowhere.
enum ReplacementOptionField: String, FieldSet {
  case delimiter
  case index
  case encoding
  case create

  var row: FieldRow {
    switch self {
    case .delimiter: FieldRow(.text, since: "4.1.0", "Cuts the field's text into parts.")
    case .index: FieldRow(.integer, since: "4.1.0", "The number of the part, from 0.")
    case .encoding: FieldRow(.text, since: "4.1.0", "It has no effect.")
    case .create: FieldRow(.flag, since: "4.1.0", "Creates fields that are missing.")
    }
  }
}
