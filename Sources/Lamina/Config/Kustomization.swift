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
    let text: String
    let position: Position
    /// The text was written as a block, `|`, on the lines below `position`.
    var isLiteral = false

    /// The text has several lines, and so was hardly meant as a path.
    var isText: Bool { text.utf8.contains(0x0A) }
  }

  var kind = Kind.kustomization

  var openapi: OpenAPI?

  var resources: [Entry] = []
  var components: [Entry] = []

  var namePrefix: Entry?
  var nameSuffix: Entry?
  var namespace: Entry?
  var commonLabels: [Pair] = []
  var labels: [LabelSet] = []
  var commonAnnotations: [Pair] = []
  var patches: [PatchArguments] = []
  var patchesStrategicMerge: [Entry] = []
  var patchesJson6902: [PatchArguments] = []
  var images: [ImageChange] = []
  var replicas: [ReplicaChange] = []
  var replacements: [ReplacementEntry] = []
  var sortOptions: SortOptions?

  var configMapGenerator: [GeneratorArguments] = []
  var secretGenerator: [GeneratorArguments] = []
  var generatorOptions: GeneratorOptions?
  var helmCharts: [HelmChart] = []
  var helmGlobals = HelmGlobals()

  var buildMetadata = BuildMetadata()

  /// Files that say which fields the steps write to.
  var configurations: [Entry] = []
  var crds: [Entry] = []
  var vars: [Variable] = []

  /// Files, directories or texts of objects that say what to generate, to change and to check.
  var generators: [Entry] = []
  var transformers: [Entry] = []
  var validators: [Entry] = []
}

/// `openapi`: which schema tells how lists are merged. Other keys than these two mean nothing.
struct OpenAPI: Sendable {
  var path: Kustomization.Entry?
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
  var includeSelectors = false
  var includeTemplates = false
  /// Newer than v5.8.1; absent means what v5.8.1 does.
  var includeVolumeClaimTemplates: Bool?
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
  var patch: Kustomization.Entry?
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
  var newName = ""
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
  var order: String?
  var orderPosition = Position.none
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
  var literals: [Kustomization.Entry] = []
  var files: [Kustomization.Entry] = []
  var envs: [Kustomization.Entry] = []
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
    result.labels += global.labels.filter { pair in !result.labels.contains { $0.key == pair.key } }
    result.annotations += global.annotations.filter { pair in
      !result.annotations.contains { $0.key == pair.key }
    }
    result.disableNameSuffixHash = result.disableNameSuffixHash || global.disableNameSuffixHash
    result.immutable = result.immutable || global.immutable
    return result
  }
}
