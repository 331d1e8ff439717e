// The fields of the objects that `generators`, `transformers` and `validators` list, one enum for
// each kind (api/internal/builtins).

/// The fields of every such object.
enum ObjectField: String, FieldSet {
  case apiVersion
  case kind
  case metadata

  var row: FieldRow {
    switch self {
    case .apiVersion:
      FieldRow(.text, since: "2.1.0", "The API version; builtin for kustomize's own kinds.")
    case .kind: FieldRow(.text, since: "2.1.0", "What the object does.")
    case .metadata:
      FieldRow(
        .object(.metadata), since: "2.1.0",
        "Names the object; NamespaceTransformer and generators use it as well.")
    }
  }
}

/// builtins/AnnotationsTransformer.go.
enum AnnotationsTransformerField: String, FieldSet {
  case annotations
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .annotations: FieldRow(.pairs, since: "2.1.0", "The annotations.")
    case .fieldSpecs: .transformerSpecs
    }
  }
}

/// builtins/LabelTransformer.go.
enum LabelTransformerField: String, FieldSet {
  case labels
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .labels: FieldRow(.pairs, since: "2.1.0", "The labels.")
    case .fieldSpecs: .transformerSpecs
    }
  }
}

/// builtins/ImageTagTransformer.go: one image, not a list as in a kustomization.
enum ImageTransformerField: String, FieldSet {
  case imageTag
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .imageTag: FieldRow(.object(.image), since: "2.1.0", "The image and what changes.")
    case .fieldSpecs: .transformerSpecs
    }
  }
}

/// builtins/ReplicaCountTransformer.go: one entry, not a list.
enum ReplicasTransformerField: String, FieldSet {
  case replica
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .replica: FieldRow(.object(.replica), since: "2.1.0", "The resource and its number.")
    case .fieldSpecs: .transformerSpecs
    }
  }
}

/// builtins/NamespaceTransformer.go. The namespace itself is that of the object's `metadata`.
enum NamespaceTransformerField: String, FieldSet {
  case fieldSpecs
  case unsetOnly
  case setRoleBindingSubjects

  var row: FieldRow {
    switch self {
    case .fieldSpecs: .transformerSpecs
    case .unsetOnly:
      FieldRow(.flag, since: "4.5.6", "Leaves resources alone that have a namespace.")
    case .setRoleBindingSubjects:
      FieldRow(
        .word(SubjectMode.allCases.map(\.rawValue)), since: "4.5.6",
        "Which subjects of role bindings get the namespace.")
    }
  }
}

/// The fields of `PrefixTransformer`, `SuffixTransformer` and `PrefixSuffixTransformer`.
enum AffixTransformerField: String, FieldSet {
  case prefix
  case suffix
  case fieldSpecs

  var row: FieldRow {
    switch self {
    case .prefix: FieldRow(.text, since: "2.1.0", "Text in front of the names.")
    case .suffix: FieldRow(.text, since: "2.1.0", "Text behind the names.")
    case .fieldSpecs: .transformerSpecs
    }
  }
}

/// The fields of `PatchTransformer`, with `patch`, and of `PatchJson6902Transformer`, with `jsonOp`.
enum PatchTransformerField: String, FieldSet {
  case path
  case patch
  case jsonOp
  case target
  case options

  var row: FieldRow {
    switch self {
    case .path: PatchField.path.row
    case .patch, .jsonOp: PatchField.patch.row
    case .target: PatchField.target.row
    case .options: PatchField.options.row
    }
  }
}

/// builtins/PatchStrategicMergeTransformer.go.
enum StrategicPatchTransformerField: String, FieldSet {
  case paths
  case patches

  var row: FieldRow {
    switch self {
    case .paths:
      FieldRow(.texts, since: "3.0.2", "Patches, as files or as text.", names: .fileOrObject)
    case .patches: FieldRow(.text, since: "3.2.0", "The text of patches.")
    }
  }
}

/// builtins/ReplacementTransformer.go.
enum ReplacementTransformerField: String, FieldSet {
  case replacements

  var row: FieldRow {
    switch self {
    case .replacements: KustomizationField.replacements.row
    }
  }
}

/// builtins/ValueAddTransformer.go.
enum ValueTransformerField: String, FieldSet {
  case value
  case targets
  case targetFilePath

  var row: FieldRow {
    switch self {
    case .value: FieldRow(.text, since: "3.5.5", "The text to write.")
    case .targets: ValueTargetListField.targets.row
    case .targetFilePath:
      FieldRow(.text, since: "3.5.5", "A file with further targets.", names: .file)
    }
  }
}

/// The field of a file that `targetFilePath` names.
enum ValueTargetListField: String, FieldSet {
  case targets

  var row: FieldRow {
    switch self {
    case .targets: FieldRow(.objects(.valueTarget), since: "3.5.5", "The fields to write to.")
    }
  }
}

/// An entry of `targets` of a ValueAddTransformer.
enum ValueTargetField: String, FieldSet {
  case selector
  case fieldPath
  case filePathPosition

  var row: FieldRow {
    switch self {
    case .selector: FieldRow(.object(.selector), since: "3.5.5", "The resources to change.")
    case .fieldPath: FieldRow(.text, since: "3.5.5", "The path of the field.")
    case .filePathPosition:
      FieldRow(.integer, since: "3.5.5", "Which part of a file's path to replace, from 1.")
    }
  }
}

/// builtins/IAMPolicyGenerator.go.
enum IAMPolicyField: String, FieldSet {
  case cloud
  case kubernetesService
  case serviceAccount

  var row: FieldRow {
    switch self {
    case .cloud: FieldRow(.word(["gke"]), since: "4.2.0", "The cloud.")
    case .kubernetesService:
      FieldRow(.object(.iamKubernetesService), since: "4.2.0", "The account in the cluster.")
    case .serviceAccount:
      FieldRow(.object(.iamServiceAccount), since: "4.2.0", "The account in the cloud.")
    }
  }
}

enum IAMKubernetesServiceField: String, FieldSet {
  case name
  case namespace

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "4.2.0", "The account's name.")
    case .namespace: FieldRow(.text, since: "4.2.0", "The account's namespace.")
    }
  }
}

enum IAMServiceAccountField: String, FieldSet {
  case name
  case projectId

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "4.2.0", "The account's name.")
    case .projectId: FieldRow(.text, since: "4.2.0", "The project of the account.")
    }
  }
}

extension FieldRow {
  /// Which fields a transformer writes to, in place of kustomize's defaults.
  fileprivate static var transformerSpecs: FieldRow {
    FieldRow(.objects(.fieldSpec), since: "2.1.0", "The fields to write to.")
  }
}
