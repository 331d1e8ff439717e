/// Reading a kustomization file.
extension Kustomization {
  /// A kustomization, and what its author should be told about it.
  struct Reading: Sendable {
    let kustomization: Kustomization
    let warnings: [Problem]
  }

  /// Decodes the document of a kustomization file; nil is an empty file.
  static func read(
    _ root: NodeID?, path: String, tree: Tree, sources: SourceMap
  ) throws(Problem) -> Reading {
    var reader = KustomizationReader(decoder: FieldDecoder(tree: tree, sources: sources))
    return try reader.read(root, path: path)
  }
}

/// The state of one reading.
private struct KustomizationReader {
  let decoder: FieldDecoder
  var result = Kustomization()
  var apiVersion: Kustomization.Entry?
  var kind: Kustomization.Entry?
  var bases: [Kustomization.Entry] = []
  var imageTags: [ImageChange] = []
  var deprecated: [DeprecatedField: Position] = [:]
  /// Something other than `apiVersion` and `kind` is said.
  var saysSomething = false

  static let fields = [
    "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace",
    "commonLabels", "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902",
    "patches", "images", "imageTags", "replacements", "replicas", "vars", "sortOptions",
    "resources", "components", "crds", "bases", "configMapGenerator", "secretGenerator",
    "helmGlobals", "helmCharts", "helmChartInflationGenerator", "generatorOptions",
    "configurations", "generators", "transformers", "validators", "buildMetadata",
  ]

  mutating func read(_ root: NodeID?, path: String) throws(Problem) -> Kustomization.Reading {
    if let root, !decoder.tree.isNull(root) {
      for field in try decoder.fields(of: root, as: "kustomization", known: Self.fields) {
        try decode(field.name, field.value)
      }
    }
    guard saysSomething || !bases.isEmpty || !imageTags.isEmpty else {
      throw .emptyKustomization(path)
    }
    result.resources += bases
    result.images += imageTags
    try checkType()
    let warnings = DeprecatedField.allCases.compactMap { field in
      deprecated[field].map { Problem.deprecated(field, at: $0) }
    }
    return Kustomization.Reading(kustomization: result, warnings: warnings)
  }

  private mutating func decode(_ name: String, _ value: NodeID) throws(Problem) {
    if let field = DeprecatedField(rawValue: name) {
      deprecated[field] = decoder.sources.position(
        ofKey: name, before: decoder.tree.position(value))
    }
    switch name {
    case "apiVersion":
      apiVersion = try text(value, for: name)
      return
    case "kind":
      kind = try text(value, for: name)
      return
    case "bases":
      bases = try decoder.entries(value, for: name)
      return
    case "imageTags":
      imageTags = try images(value, for: name)
      return
    default: break
    }
    try decodeText(name, value)
    try decodeCollection(name, value)
  }

  /// Fields of plain text; an empty one says nothing.
  private mutating func decodeText(_ name: String, _ value: NodeID) throws(Problem) {
    switch name {
    case "namePrefix": result.namePrefix = try text(value, for: name)
    case "nameSuffix": result.nameSuffix = try text(value, for: name)
    case "namespace": result.namespace = try text(value, for: name)
    default:
      saysSomething = true
      return
    }
    if result.namePrefix != nil || result.nameSuffix != nil || result.namespace != nil {
      saysSomething = true
    }
  }

  private mutating func decodeCollection(_ name: String, _ value: NodeID) throws(Problem) {
    switch name {
    case "resources": result.resources = try decoder.entries(value, for: name)
    case "components": result.components = try decoder.entries(value, for: name)
    case "commonLabels": result.commonLabels = try decoder.pairs(value, for: name)
    case "commonAnnotations": result.commonAnnotations = try decoder.pairs(value, for: name)
    case "labels": result.labels = try labels(value)
    case "openapi": result.openapi = try openapi(value)
    case "patches": result.patches = try patches(value, for: name)
    case "patchesStrategicMerge":
      result.patchesStrategicMerge = try decoder.entries(value, for: name)
    case "patchesJson6902": result.patchesJson6902 = try patches(value, for: name)
    case "images": result.images = try images(value, for: name)
    case "replicas": result.replicas = try replicas(value)
    case "replacements":
      result.replacements = try ReplacementReader(decoder: decoder).entries(value)
    case "sortOptions": result.sortOptions = try sortOptions(value)
    case "configMapGenerator": result.configMapGenerator = try generators(value, for: name)
    case "secretGenerator": result.secretGenerator = try generators(value, for: name)
    case "generatorOptions": result.generatorOptions = try generatorOptions(value, for: name)
    case "metadata": try checkMetadata(value)
    case "namePrefix", "nameSuffix", "namespace": break
    default: try refuseUnlessEmpty(name, value)
    }
  }

  private func text(_ value: NodeID, for field: String) throws(Problem) -> Kustomization.Entry? {
    let entry = try decoder.entry(value, for: field)
    return entry.text.isEmpty ? nil : entry
  }

  // MARK: - Single fields

  private func labels(_ list: NodeID) throws(Problem) -> [LabelSet] {
    var result: [LabelSet] = []
    let known = [
      "pairs", "includeSelectors", "includeTemplates", "includeVolumeClaimTemplates", "fields",
    ]
    for item in try decoder.items(list, for: "labels") {
      var set = LabelSet()
      for field in try element(item, of: "labels", known: known) {
        switch field.name {
        case "pairs": set.pairs = try decoder.pairs(field.value, for: "labels.pairs")
        case "includeSelectors":
          set.includeSelectors = try decoder.bool(field.value, for: field.name)
        case "includeTemplates":
          set.includeTemplates = try decoder.bool(field.value, for: field.name)
        case "includeVolumeClaimTemplates":
          set.includeVolumeClaimTemplates = try decoder.bool(field.value, for: field.name)
        default: set.fields = try fieldSpecs(field.value)
        }
      }
      result.append(set)
    }
    return result
  }

  private func fieldSpecs(_ list: NodeID) throws(Problem) -> [WrittenFieldSpec] {
    var result: [WrittenFieldSpec] = []
    let known = ["group", "version", "kind", "path", "create"]
    for item in try decoder.items(list, for: "labels.fields") {
      var spec = WrittenFieldSpec(position: decoder.tree.position(item))
      for field in try element(item, of: "labels.fields", known: known) {
        switch field.name {
        case "group": spec.group = try decoder.string(field.value, for: field.name)
        case "version": spec.version = try decoder.string(field.value, for: field.name)
        case "kind": spec.kind = try decoder.string(field.value, for: field.name)
        case "path": spec.path = try decoder.string(field.value, for: field.name)
        default: spec.create = try decoder.bool(field.value, for: field.name)
        }
      }
      result.append(spec)
    }
    return result
  }

  private func openapi(_ node: NodeID) throws(Problem) -> OpenAPI {
    var openapi = OpenAPI()
    for pair in try decoder.pairs(node, for: "openapi") {
      let entry = Kustomization.Entry(text: pair.value, position: pair.position)
      if pair.key == "path" { openapi.path = entry }
      if pair.key == "version" { openapi.version = entry }
    }
    return openapi
  }

  private func patches(_ list: NodeID, for name: String) throws(Problem) -> [PatchArguments] {
    var result: [PatchArguments] = []
    for item in try decoder.items(list, for: name) {
      var arguments = PatchArguments(position: decoder.tree.position(item))
      for field in try element(item, of: name, known: ["path", "patch", "target", "options"]) {
        switch field.name {
        case "path": arguments.path = try text(field.value, for: "\(name).path")
        case "patch": arguments.patch = try text(field.value, for: "\(name).patch")
        case "target":
          arguments.target = try Selector.read(field.value, for: "\(name).target", with: decoder)
        default: try readPatchOptions(field.value, into: &arguments)
        }
      }
      result.append(arguments)
    }
    return result
  }

  private func readPatchOptions(
    _ node: NodeID, into arguments: inout PatchArguments
  ) throws(Problem) {
    let known = ["allowNameChange", "allowKindChange"]
    for field in try decoder.fields(of: node, as: "patches.options", known: known) {
      let isAllowed = try decoder.bool(field.value, for: field.name)
      switch field.name {
      case "allowNameChange": arguments.allowNameChange = isAllowed
      default: arguments.allowKindChange = isAllowed
      }
    }
  }

  private func images(_ list: NodeID, for name: String) throws(Problem) -> [ImageChange] {
    var result: [ImageChange] = []
    let known = ["name", "newName", "tagSuffix", "newTag", "digest"]
    for item in try decoder.items(list, for: name) {
      var image = ImageChange(position: decoder.tree.position(item))
      for field in try element(item, of: name, known: known) {
        let text = try decoder.string(field.value, for: "\(name).\(field.name)")
        switch field.name {
        case "name": image.name = text
        case "newName": image.newName = text
        case "tagSuffix": image.tagSuffix = text
        case "newTag": image.newTag = text
        default: image.digest = text
        }
      }
      result.append(image)
    }
    return result
  }

  private func replicas(_ list: NodeID) throws(Problem) -> [ReplicaChange] {
    var result: [ReplicaChange] = []
    for item in try decoder.items(list, for: "replicas") {
      var replica = ReplicaChange(position: decoder.tree.position(item))
      for field in try element(item, of: "replicas", known: ["name", "count"]) {
        switch field.name {
        case "name": replica.name = try decoder.string(field.value, for: "replicas.name")
        default: replica.count = try decoder.integer(field.value, for: "replicas.count")
        }
      }
      result.append(replica)
    }
    return result
  }

  private func sortOptions(_ node: NodeID) throws(Problem) -> SortOptions {
    var options = SortOptions(position: decoder.tree.position(node))
    let known = ["order", "legacySortOptions"]
    for field in try decoder.fields(of: node, as: "sortOptions", known: known) {
      switch field.name {
      case "order": options.order = try decoder.string(field.value, for: "sortOptions.order")
      default: options.legacy = try legacySortOptions(field.value)
      }
    }
    return options
  }

  private func legacySortOptions(_ node: NodeID) throws(Problem) -> LegacySortOptions {
    var options = LegacySortOptions()
    let known = ["orderFirst", "orderLast"]
    for field in try decoder.fields(of: node, as: "legacySortOptions", known: known) {
      let kinds = try decoder.strings(field.value, for: field.name)
      if field.name == "orderFirst" {
        options.orderFirst = kinds
      } else {
        options.orderLast = kinds
      }
    }
    return options
  }

  private func generators(
    _ list: NodeID, for name: String
  ) throws(Problem) -> [GeneratorArguments] {
    var result: [GeneratorArguments] = []
    var known = ["name", "namespace", "behavior", "literals", "files", "envs", "env", "options"]
    if name == "secretGenerator" { known.append("type") }
    for item in try decoder.items(list, for: name) {
      var arguments = GeneratorArguments(position: decoder.tree.position(item))
      var env: Kustomization.Entry?
      for field in try element(item, of: name, known: known) {
        let value = field.value
        let full = "\(name).\(field.name)"
        switch field.name {
        case "name": arguments.name = try decoder.string(value, for: full)
        case "namespace": arguments.namespace = try decoder.string(value, for: full)
        case "behavior":
          arguments.behavior = .init(word: try decoder.string(value, for: full))
        case "literals": arguments.literals = try decoder.entries(value, for: full)
        case "files": arguments.files = try decoder.entries(value, for: full)
        case "envs": arguments.envs = try decoder.entries(value, for: full)
        case "env": env = try text(value, for: full)
        case "type": arguments.type = try decoder.string(value, for: full)
        default: arguments.options = try generatorOptions(value, for: full)
        }
      }
      if let env { arguments.envs.append(env) }
      result.append(arguments)
    }
    return result
  }

  private func generatorOptions(
    _ node: NodeID, for name: String
  ) throws(Problem) -> GeneratorOptions {
    var options = GeneratorOptions()
    let known = ["labels", "annotations", "disableNameSuffixHash", "immutable"]
    for field in try decoder.fields(of: node, as: name, known: known) {
      switch field.name {
      // What no generator uses is not looked at; what is printed is checked then.
      case "labels":
        options.labels = try decoder.pairs(field.value, for: "\(name).labels", asWritten: true)
      case "annotations":
        options.annotations = try decoder.pairs(
          field.value, for: "\(name).annotations", asWritten: true)
      case "disableNameSuffixHash":
        options.disableNameSuffixHash = try decoder.bool(field.value, for: field.name)
      default: options.immutable = try decoder.bool(field.value, for: field.name)
      }
    }
    return options
  }

  /// `metadata` has no effect, but its fields are checked.
  private func checkMetadata(_ node: NodeID) throws(Problem) {
    let known = ["name", "namespace", "labels", "annotations"]
    for field in try decoder.fields(of: node, as: "metadata", known: known) {
      switch field.name {
      case "name", "namespace":
        _ = try decoder.string(field.value, for: "metadata.\(field.name)")
      default: _ = try decoder.pairs(field.value, for: "metadata.\(field.name)")
      }
    }
  }

  /// The fields of a list's element; a null element says nothing.
  private func element(
    _ item: NodeID, of list: String, known: [String]
  ) throws(Problem) -> [FieldDecoder.Field] {
    if decoder.tree.isNull(item) { return [] }
    return try decoder.fields(of: item, as: list, known: known)
  }

  private func refuseUnlessEmpty(_ name: String, _ value: NodeID) throws(Problem) {
    if decoder.tree.isEmptyCollection(value) { return }
    throw .unsupportedField(
      name,
      at: decoder.sources.position(ofKey: name, before: decoder.tree.position(value)))
  }

  // MARK: - Checks

  private mutating func checkType() throws(Problem) {
    switch kind?.text {
    case nil, "Kustomization": result.kind = .kustomization
    case "Component": result.kind = .component
    default: throw .wrongKind(at: kind?.position ?? .none)
    }
    let isComponent = result.kind == .component
    let wanted = "kustomize.config.k8s.io/" + (isComponent ? "v1alpha1" : "v1beta1")
    if let apiVersion, apiVersion.text != wanted {
      throw .wrongVersion(isComponent ? "Component" : "Kustomization", wanted, apiVersion.position)
    }
  }
}

/// Fields that kustomize asks people to move away from, in the order of its warnings.
enum DeprecatedField: String, CaseIterable {
  case bases
  case commonLabels
  case imageTags
  case patchesJson6902
  case patchesStrategicMerge
  case vars

  var replacement: String {
    switch self {
    case .bases: "resources"
    case .commonLabels: "labels"
    case .imageTags: "images"
    case .patchesJson6902, .patchesStrategicMerge: "patches"
    case .vars: "replacements"
    }
  }
}

extension Problem {
  fileprivate static func emptyKustomization(_ path: String) -> Problem {
    Problem(.invalidKustomization, "the kustomization is empty", path: path)
  }

  fileprivate static func wrongKind(at position: Position) -> Problem {
    Problem(
      .invalidKustomization, "kind should be Kustomization or Component", at: position)
  }

  fileprivate static func wrongVersion(
    _ kind: String, _ wanted: String, _ position: Position
  ) -> Problem {
    Problem(
      .invalidKustomization, "apiVersion for \(kind) should be \(wanted)", at: position)
  }

  fileprivate static func unsupportedField(_ name: String, at position: Position) -> Problem {
    Problem(.unsupported, "field \"\(name)\" is not supported yet", at: position)
  }

  fileprivate static func deprecated(_ field: DeprecatedField, at position: Position) -> Problem {
    Problem(
      .invalidKustomization,
      "'\(field.rawValue)' is deprecated; please use '\(field.replacement)' instead", at: position)
  }
}
