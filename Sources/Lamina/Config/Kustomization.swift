/// What a kustomization file says, field by field.
///
/// Deprecated fields are here under the fields that replaced them (`bases` under `resources`), as
/// kustomize's `FixKustomization` moves them.
struct Kustomization: Sendable {
  enum Kind: Sendable {
    case kustomization
    case component
  }

  /// A text of the file and where it stands.
  struct Entry: Sendable {
    /// Never empty where an optional entry is there: an empty text is read as none.
    let text: String
    let position: Position
    /// The text was written as a block, `|`, on the lines below `position`.
    var isLiteral = false

    /// The text has several lines, and so was hardly meant as a path.
    var isText: Bool { text.utf8.contains(0x0A) }
  }

  var kind = Kind.kustomization

  /// Which schema to merge by; nil is the built-in one.
  var openapi: OpenAPI?

  /// Files, directories and addresses, `bases` behind them.
  var resources: [Entry] = []
  /// Directories and addresses of components.
  var components: [Entry] = []

  /// Nil where the field is missing or empty, as with the next two.
  var namePrefix: Entry?
  var nameSuffix: Entry?
  var namespace: Entry?
  /// Sorted by key, as all pairs are.
  var commonLabels: [Pair] = []
  var labels: [LabelSet] = []
  var commonAnnotations: [Pair] = []
  var patches: [PatchArguments] = []
  var patchesStrategicMerge: [Entry] = []
  var patchesJson6902: [PatchArguments] = []
  /// `imageTags` come behind those of `images`.
  var images: [ImageChange] = []
  var replicas: [ReplicaChange] = []
  var replacements: [ReplacementEntry] = []
  /// Nil lets the caller of the build decide.
  var sortOptions: SortOptions?

  var configMapGenerator: [GeneratorArguments] = []
  var secretGenerator: [GeneratorArguments] = []
  /// For all generators of this kustomization, but not for objects of `generators`.
  var generatorOptions: GeneratorOptions?
  /// Charts of the older `helmChartInflationGenerator` come last.
  var helmCharts: [HelmChart] = []
  var helmGlobals = HelmGlobals()

  var buildMetadata = BuildMetadata()

  /// Files that say which fields the steps write to.
  var configurations: [Entry] = []
  /// Files with OpenAPI definitions, which say which fields hold names and labels.
  var crds: [Entry] = []
  var vars: [Variable] = []

  /// Files, directories or texts of objects that say what to generate, to change and to check.
  var generators: [Entry] = []
  var transformers: [Entry] = []
  var validators: [Entry] = []
}

/// `openapi`: which schema tells how lists are merged. Other keys than these two mean nothing.
struct OpenAPI: Sendable {
  /// A file; exactly one of it and `patch` must be there, which the loader checks.
  var path: Kustomization.Entry?
  /// A version of Kubernetes. kustomize knows one, so any other is an error.
  var version: Kustomization.Entry?
}

/// A key and its value, and where the value stands.
struct Pair: Sendable {
  let key: String
  let value: String
  let position: Position
}

/// One entry of `labels`.
struct LabelSet: Sendable {
  var pairs: [Pair] = []
  /// Adds the labels to selectors and templates, too; then the next two have no effect.
  var includeSelectors = false
  var includeTemplates = false
  /// Newer than v5.8.1; absent means what v5.8.1 does.
  var includeVolumeClaimTemplates: Bool?
  /// Further fields, of which labels are made where they are missing only if the spec says so.
  var fields: [WrittenFieldSpec] = []
  var position = Position.none

  /// Labels volume claim templates in v5.8.1 and not on upstream's main branch.
  var includesClaimsOnlyInStable: Bool {
    includeTemplates && !includeSelectors && includeVolumeClaimTemplates == nil
  }
}

/// One entry of `patches` or `patchesJson6902`.
struct PatchArguments: Sendable {
  var path: Kustomization.Entry?
  /// The patch as text.
  var patch: Kustomization.Entry?
  /// Nil where the patch finds its resource by its own id.
  var target: Selector?
  var allowNameChange = false
  var allowKindChange = false
  var position = Position.none
  /// Where `options` stands; none where there is none.
  var options = Position.none
}

/// A field spec as a file writes it.
struct WrittenFieldSpec: Sendable {
  var group = ""
  var version = ""
  var kind = ""
  var path = ""
  var create = false
  var position = Position.none
}

/// One entry of `images`: what to do with the images of a name.
struct ImageChange: Sendable {
  /// A regular expression, though few know (image/image.go `IsImageMatched`).
  var name = ""
  /// Where the name stands; the entry's own place where it has none.
  var namePosition = Position.none
  /// Empty keeps the name; so do the other texts with what they stand for.
  var newName = ""
  /// Put behind the tag that is there; ignored if there is a new tag or digest.
  var tagSuffix = ""
  var newTag = ""
  var digest = ""
  /// Where the text stands that decides what comes out: a tag counts for more than a name, and a digest for more
  /// than a tag.
  var valuePosition = Position.none
  var position = Position.none
}

/// One entry of `replicas`.
struct ReplicaChange: Sendable {
  var name = ""
  /// Where the name stands; the entry's own place where it has none.
  var namePosition = Position.none
  var count: Int64 = 0
  var countPosition = Position.none
  var position = Position.none
}

/// The order in which resources are printed.
struct SortOptions: Sendable {
  /// `legacy` or `fifo`; nil where the field is missing, which is an error.
  var order: String?
  var orderPosition = Position.none
  /// Only `legacy` may have them.
  var legacy: LegacySortOptions?
  var position = Position.none
}

/// One entry of `configMapGenerator` or `secretGenerator`.
struct GeneratorArguments: Sendable {
  enum Behavior: String, Sendable {
    case unspecified
    case create
    case replace
    case merge

    /// Words that mean nothing count as unspecified (types/generationbehavior.go).
    init(word: String) {
      self = word == "unspecified" ? .unspecified : Behavior(rawValue: word) ?? .unspecified
    }
  }

  var name = ""
  /// Where the name stands; the entry's own place where it has none.
  var namePosition = Position.none
  var namespace = ""
  var behavior = Behavior.unspecified
  /// What the file says, which may mean nothing.
  var behaviorWord: Kustomization.Entry?
  /// Of a secret; empty is `Opaque`.
  var type = ""
  var typePosition = Position.none
  /// `key=value` each.
  var literals: [Kustomization.Entry] = []
  /// `path` or `key=path` each.
  var files: [Kustomization.Entry] = []
  /// Paths of files with a `KEY=value` in each line; the deprecated `env` is the last of them.
  var envs: [Kustomization.Entry] = []
  /// Nil where the generator has none: `merged` puts the kustomization's under it.
  var options: GeneratorOptions?
  var position = Position.none
}

/// `generatorOptions`, or the `options` of one generator.
struct GeneratorOptions: Sendable {
  var labels: [Pair] = []
  var annotations: [Pair] = []
  var disableNameSuffixHash = false
  var immutable = false

  /// A generator's own options with the kustomization's put under them.
  ///
  /// A local value wins over a global one, but a local `false` cannot take back a global `true`
  /// (types/generatoroptions.go).
  static func merged(local: GeneratorOptions?, global: GeneratorOptions?) -> GeneratorOptions {
    var result = local ?? GeneratorOptions()
    guard let global else { return result }
    result.labels += global.labels.filter { pair in
      !result.labels.contains { $0.key.hasBytes(of: pair.key) }
    }
    result.annotations += global.annotations.filter { pair in
      !result.annotations.contains { $0.key.hasBytes(of: pair.key) }
    }
    result.disableNameSuffixHash = result.disableNameSuffixHash || global.disableNameSuffixHash
    result.immutable = result.immutable || global.immutable
    return result
  }
}
