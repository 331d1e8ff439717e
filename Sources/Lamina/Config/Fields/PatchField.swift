/// The fields of an entry of `patches` or `patchesJson6902` (api/types/patch.go).
enum PatchField: String, FieldSet {
  case path
  case patch
  case target
  case options

  static var synonyms: [String: PatchField] {
    [
      "file": .path,
      "filename": .path,
      "patchfile": .path,
      "inline": .patch,
      "content": .patch,
      "selector": .target,
    ]
  }

  var row: FieldRow {
    switch self {
    case .path: FieldRow(.text, since: "3.0.0", "The file of the patch.", names: .file)
    case .patch: FieldRow(.text, since: "3.0.0", "The text of the patch.")
    case .target:
      FieldRow(.object(.selector), since: "3.0.0", "The resources that the patch changes.")
    case .options:
      FieldRow(.object(.patchOptions), since: "4.1.0", "What else the patch may change.")
    }
  }
}

/// The fields of a patch's `options` (api/types/patch.go). Both are ignored for JSON patches.
enum PatchOptionField: String, FieldSet {
  case allowNameChange
  case allowKindChange

  var row: FieldRow {
    switch self {
    case .allowNameChange: FieldRow(.flag, since: "4.1.0", "The patch may change names.")
    case .allowKindChange: FieldRow(.flag, since: "4.1.0", "The patch may change kinds.")
    }
  }
}

/// The fields that select resources (api/types/selector.go).
enum SelectorField: String, FieldSet {
  case group
  case version
  case kind
  case name
  case namespace
  case annotationSelector
  case labelSelector

  static var synonyms: [String: SelectorField] {
    [
      "labels": .labelSelector,
      "annotations": .annotationSelector,
      "selector": .labelSelector,
      "matchlabels": .labelSelector,
      "apiversion": .version,
    ]
  }

  var row: FieldRow {
    switch self {
    case .group: FieldRow(.text, since: "3.0.0", "An expression for the API group.")
    case .version: FieldRow(.text, since: "3.0.0", "An expression for the API version.")
    case .kind: FieldRow(.text, since: "3.0.0", "An expression for the kind.")
    case .name: FieldRow(.text, since: "3.0.0", "An expression for the name.")
    case .namespace: FieldRow(.text, since: "3.0.0", "An expression for the namespace.")
    case .annotationSelector:
      FieldRow(.text, since: "3.0.0", "A label selector for the annotations.")
    case .labelSelector: FieldRow(.text, since: "3.0.0", "A label selector for the labels.")
    }
  }
}
