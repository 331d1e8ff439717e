/// The fields of a kustomization file (api/types/kustomization.go).
///
/// The cases stand in the order in which `kustomize edit` writes the fields
/// (kustomize/commands/internal/kustfile/kustomizationfile.go `determineFieldOrder`).
enum KustomizationField: String, FieldSet {
  case apiVersion
  case kind
  case metadata
  case sortOptions
  case resources
  case bases
  case namePrefix
  case nameSuffix
  case namespace
  case crds
  case commonLabels
  case labels
  case commonAnnotations
  case patchesStrategicMerge
  case patchesJson6902
  case patches
  case configMapGenerator
  case secretGenerator
  case helmCharts
  case helmChartInflationGenerator
  case helmGlobals
  case generatorOptions
  case vars
  case imageTags
  case images
  case replacements
  case replicas
  case configurations
  case generators
  case transformers
  case validators
  case components
  case openapi
  case buildMetadata

  /// Names that people use, in lower case, and the field that they mean.
  static var synonyms: [String: KustomizationField] {
    [
      "configmaps": .configMapGenerator,
      "configmap": .configMapGenerator,
      "secrets": .secretGenerator,
      "secret": .secretGenerator,
      "charts": .helmCharts,
      "annotations": .commonAnnotations,
      "prefix": .namePrefix,
      "suffix": .nameSuffix,
      "files": .resources,
      "manifests": .resources,
      "patch": .patches,
      "patchesjson": .patches,
    ]
  }

  var row: FieldRow {
    switch self {
    case .apiVersion:
      FieldRow(
        .word(["kustomize.config.k8s.io/v1beta1", "kustomize.config.k8s.io/v1alpha1"]),
        since: "1.0.9", "The version of the file's format; v1alpha1 for a Component.")
    case .kind:
      FieldRow(
        .word(["Kustomization", "Component"]), since: "1.0.9",
        "Whether the file is a kustomization or a component.")
    case .metadata:
      FieldRow(.object(.metadata), since: "3.8.5", "Describes the file; it has no effect.")
    case .sortOptions:
      FieldRow(.object(.sortOptions), since: "5.0.0", "The order of the printed resources.")
    case .resources:
      FieldRow(
        .texts, since: "1.0.0", "Files with resources, and directories with kustomizations.",
        names: .fileOrLayer)
    case .bases:
      FieldRow(
        .texts, since: "1.0.0", "Directories with kustomizations.", names: .fileOrLayer,
        deprecation: deprecation)
    case .namePrefix: FieldRow(.text, since: "1.0.0", "Text in front of every resource's name.")
    case .nameSuffix: FieldRow(.text, since: "1.0.11", "Text behind every resource's name.")
    case .namespace: FieldRow(.text, since: "1.0.2", "The namespace of all resources.")
    case .crds:
      FieldRow(
        .texts, since: "1.0.3", "Files with OpenAPI definitions of custom resources.", names: .file)
    case .commonLabels:
      FieldRow(
        .pairs, since: "1.0.0", "Labels for all resources and their selectors.",
        deprecation: deprecation)
    case .labels: FieldRow(.objects(.labels), since: "4.1.0", "Labels for all resources.")
    case .commonAnnotations: FieldRow(.pairs, since: "1.0.0", "Annotations for all resources.")
    case .patchesStrategicMerge:
      FieldRow(
        .texts, since: "1.0.8", "Strategic merge patches, as files or as text.",
        names: .fileOrObject, deprecation: deprecation)
    case .patchesJson6902:
      FieldRow(
        .objects(.patch), since: "1.0.8", "JSON patches and their targets.",
        deprecation: deprecation)
    case .patches:
      FieldRow(
        .objects(.patch), since: "1.0.0", "Strategic merge patches and JSON patches.")
    case .configMapGenerator:
      FieldRow(.objects(.configMapGenerator), since: "1.0.0", "Config maps to generate.")
    case .secretGenerator:
      FieldRow(.objects(.secretGenerator), since: "1.0.0", "Secrets to generate.")
    case .helmCharts:
      FieldRow(.objects(.helmChart), since: "4.1.0", "Helm charts to render.")
    case .helmChartInflationGenerator:
      FieldRow(
        .objects(.formerHelmChart), since: "3.8.7", "Helm charts to render, in the older form.",
        deprecation: deprecation)
    case .helmGlobals:
      FieldRow(.object(.helmGlobals), since: "4.1.0", "Settings of all Helm charts.")
    case .generatorOptions:
      FieldRow(
        .object(.generatorOptions), since: "1.0.9",
        "Settings of all generated config maps and secrets.")
    case .vars:
      FieldRow(
        .objects(.variable), since: "1.0.2", "Values of fields that $(NAME) stands for elsewhere.",
        deprecation: deprecation)
    case .imageTags:
      FieldRow(
        .objects(.image), since: "1.0.5", "Other names, tags and digests for images.",
        deprecation: deprecation)
    case .images:
      FieldRow(.objects(.image), since: "2.0.0", "Other names, tags and digests for images.")
    case .replacements:
      FieldRow(
        .objects(.replacementEntry), since: "4.1.3", "Values to copy from one field to others.")
    case .replicas:
      FieldRow(.objects(.replica), since: "2.1.0", "Numbers of replicas, by resource name.")
    case .configurations:
      FieldRow(
        .texts, since: "1.0.11", "Files that say which fields hold names, labels and images.",
        names: .file)
    case .generators:
      FieldRow(
        .texts, since: "2.1.0", "Objects that generate resources.", names: .fileOrLayerOrObject)
    case .transformers:
      FieldRow(
        .texts, since: "2.1.0", "Objects that change resources.", names: .fileOrLayerOrObject)
    case .validators:
      FieldRow(
        .texts, since: "3.7.0", "Objects that check resources.", names: .fileOrLayerOrObject)
    case .components:
      FieldRow(.texts, since: "3.7.0", "Directories with components.", names: .layer)
    case .openapi:
      FieldRow(
        .object(.openapi), since: "3.8.10", "The schema that says how lists are merged.")
    case .buildMetadata:
      FieldRow(
        .words(BuildMetadata.Option.allCases.map(\.rawValue)), since: "4.3.0",
        "What to print about the build itself.")
    }
  }

  /// Kept beside the row, because every build asks for it.
  var deprecation: FieldDeprecation? {
    switch self {
    case .bases: FieldDeprecation(replacedBy: "resources")
    case .commonLabels: FieldDeprecation(replacedBy: "labels")
    case .imageTags: FieldDeprecation(replacedBy: "images")
    case .patchesJson6902, .patchesStrategicMerge: FieldDeprecation(replacedBy: "patches")
    case .vars: FieldDeprecation(replacedBy: "replacements")
    case .helmChartInflationGenerator: FieldDeprecation(replacedBy: "helmCharts")
    default: nil
    }
  }
}

/// The fields of `metadata`, in a kustomization and in the objects of `transformers`.
enum MetadataField: String, FieldSet {
  case name
  case namespace
  case labels
  case annotations

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "3.0.0", "The name of the object.")
    case .namespace: FieldRow(.text, since: "3.0.0", "The namespace of the object.")
    case .labels: FieldRow(.pairs, since: "3.8.5", "The labels of the object.")
    case .annotations: FieldRow(.pairs, since: "3.8.5", "The annotations of the object.")
    }
  }
}

/// The fields of `openapi`. kustomize reads a mapping of texts and passes over other keys.
enum OpenAPIField: String, FieldSet {
  case path
  case version

  var row: FieldRow {
    switch self {
    case .path: FieldRow(.text, since: "4.1.0", "A file with an OpenAPI document.", names: .file)
    case .version: FieldRow(.text, since: "3.8.10", "The version of a built-in document.")
    }
  }
}

/// The fields of an entry of `labels` (api/types/labels.go).
enum LabelField: String, FieldSet {
  case pairs
  case includeSelectors
  case includeTemplates
  case includeVolumeClaimTemplates
  case fields

  static var synonyms: [String: LabelField] {
    [
      "labels": .pairs,
      "includeselector": .includeSelectors,
      "includetemplate": .includeTemplates,
      "fieldspecs": .fields,
    ]
  }

  var row: FieldRow {
    switch self {
    case .pairs: FieldRow(.pairs, since: "4.1.0", "The labels.")
    case .includeSelectors:
      FieldRow(.flag, since: "4.1.0", "Adds the labels to selectors and templates as well.")
    case .includeTemplates:
      FieldRow(.flag, since: "4.5.5", "Adds the labels to templates as well.")
    case .includeVolumeClaimTemplates:
      FieldRow(.flag, since: "next", "Adds the labels to volume claim templates as well.")
    case .fields:
      FieldRow(.objects(.fieldSpec), since: "4.1.0", "Further fields to add the labels to.")
    }
  }
}

/// The fields of `sortOptions` (api/types/sortoptions.go).
enum SortField: String, FieldSet {
  case order
  case legacySortOptions

  var row: FieldRow {
    switch self {
    case .order:
      FieldRow(.word(["legacy", "fifo"]), since: "5.0.0", "By kind and name, or as read.")
    case .legacySortOptions:
      FieldRow(.object(.legacySortOptions), since: "5.0.0", "Which kinds come first and last.")
    }
  }
}

/// The fields of `legacySortOptions` (api/types/sortoptions.go).
enum LegacySortField: String, FieldSet {
  case orderFirst
  case orderLast

  var row: FieldRow {
    switch self {
    case .orderFirst: FieldRow(.texts, since: "5.0.0", "The kinds that come first.")
    case .orderLast: FieldRow(.texts, since: "5.0.0", "The kinds that come last.")
    }
  }
}

/// The fields of an entry of `images` (api/types/image.go).
enum ImageField: String, FieldSet {
  case name
  case newName
  case tagSuffix
  case newTag
  case digest

  static var synonyms: [String: ImageField] {
    [
      "tag": .newTag,
      "image": .name,
      "repository": .newName,
      "newimage": .newName,
      "newdigest": .digest,
      "sha": .digest,
    ]
  }

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "2.0.0", "The image's name without tag and digest.")
    case .newName: FieldRow(.text, since: "2.0.0", "The name to use instead.")
    case .tagSuffix: FieldRow(.text, since: "4.5.5", "Text behind the image's tag.")
    case .newTag: FieldRow(.text, since: "2.0.0", "The tag to use.")
    case .digest: FieldRow(.text, since: "2.0.0", "The digest to use; it wins over the tag.")
    }
  }
}

/// The fields of an entry of `replicas` (api/types/replica.go).
enum ReplicaField: String, FieldSet {
  case name
  case count

  static var synonyms: [String: ReplicaField] {
    [
      "replicas": .count,
      "replica": .count,
      "number": .count,
    ]
  }

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "2.1.0", "The name of the resource.")
    case .count: FieldRow(.integer, since: "2.1.0", "The number of replicas.")
    }
  }
}

/// The fields of an entry of `vars` (api/types/var.go).
enum VariableField: String, FieldSet {
  case name
  case objref
  case fieldref

  static var synonyms: [String: VariableField] {
    [
      "object": .objref,
      "field": .fieldref,
    ]
  }

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "1.0.2", "The name that $(NAME) uses.")
    case .objref:
      FieldRow(.object(.variableObject), since: "1.0.2", "The object whose field is read.")
    case .fieldref:
      FieldRow(.object(.variableField), since: "1.0.2", "The field; metadata.name if missing.")
    }
  }
}

/// The fields of `objref`: a `Target`, which has `apiVersion` beside the parts of it
/// (api/types/var.go).
enum VariableObjectField: String, FieldSet {
  case apiVersion
  case group
  case version
  case kind
  case name
  case namespace

  var row: FieldRow {
    switch self {
    case .apiVersion: FieldRow(.text, since: "1.0.9", "The object's API group and version.")
    case .group: FieldRow(.text, since: "1.0.9", "The object's API group.")
    case .version: FieldRow(.text, since: "1.0.9", "The object's API version.")
    case .kind: FieldRow(.text, since: "1.0.9", "The object's kind.")
    case .name: FieldRow(.text, since: "1.0.8", "The object's name.")
    case .namespace: FieldRow(.text, since: "1.0.8", "The object's namespace.")
    }
  }
}

/// The field of `fieldref`.
enum VariablePathField: String, FieldSet {
  case fieldPath

  /// kustomize's own examples write `fieldpath`, so that spelling is not remarked.
  static var isSpelledInAnyCase: Bool { true }

  var row: FieldRow {
    switch self {
    case .fieldPath: FieldRow(.text, since: "1.0.9", "The path of the field.")
    }
  }
}
