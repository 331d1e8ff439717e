/// The fields of a file of `configurations` (internal/plugins/builtinconfig/transformerconfig.go).
enum ConfigurationField: String, FieldSet {
  case namePrefix
  case nameSuffix
  case namespace
  case commonLabels
  case labels
  case templateLabels
  case volumeClaimTemplateLabels
  case commonAnnotations
  case nameReference
  case varReference
  case images
  case replicas

  var row: FieldRow {
    switch self {
    case .namePrefix: Self.specs("1.0.9", "Fields that namePrefix changes.")
    case .nameSuffix: Self.specs("1.0.11", "Fields that nameSuffix changes.")
    case .namespace: Self.specs("1.0.9", "Fields that hold the namespace.")
    case .commonLabels: Self.specs("1.0.9", "Fields that commonLabels changes.")
    case .labels: Self.specs("5.4.2", "Fields that labels changes.")
    case .templateLabels: Self.specs("5.0.0", "Fields that labels changes with includeTemplates.")
    case .volumeClaimTemplateLabels:
      Self.specs("next", "Fields that labels changes with includeVolumeClaimTemplates.")
    case .commonAnnotations: Self.specs("1.0.9", "Fields that commonAnnotations changes.")
    case .nameReference:
      FieldRow(.objects(.nameReference), since: "1.0.9", "Fields that name other resources.")
    case .varReference: Self.specs("1.0.9", "Fields in which variables are replaced.")
    case .images: Self.specs("2.1.0", "Fields that hold images.")
    case .replicas: Self.specs("2.1.0", "Fields that hold numbers of replicas.")
    }
  }

  /// All lists but `nameReference` have field specs.
  private static func specs(_ since: String, _ summary: String) -> FieldRow {
    FieldRow(.objects(.fieldSpec), since: since, summary)
  }
}

/// The fields of a field spec (api/types/fieldspec.go).
enum FieldSpecField: String, FieldSet {
  case group
  case version
  case kind
  case path
  case create

  var row: FieldRow {
    switch self {
    case .group: FieldRow(.text, since: "1.0.9", "The API group of the resources; any if missing.")
    case .version:
      FieldRow(.text, since: "1.0.9", "The API version of the resources; any if missing.")
    case .kind: FieldRow(.text, since: "1.0.9", "The kind of the resources; any if missing.")
    case .path: FieldRow(.text, since: "1.0.9", "The path of the field, with slashes.")
    case .create: FieldRow(.flag, since: "1.0.9", "Creates the field where it is missing.")
    }
  }
}

/// The fields of an entry of `nameReference`.
enum NameReferenceField: String, FieldSet {
  case group
  case version
  case kind
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .group: FieldRow(.text, since: "1.0.9", "The API group of the named resources.")
    case .version: FieldRow(.text, since: "1.0.9", "The API version of the named resources.")
    case .kind: FieldRow(.text, since: "1.0.9", "The kind of the named resources.")
    case .fieldSpecs:
      FieldRow(.objects(.fieldSpec), since: "1.0.9", "The fields that hold the name.")
    }
  }
}
