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

  /// Checks names and types of fields as `kustomize edit` does when it reads a file: `kind` and `apiVersion`
  /// may say anything, and the file may be empty.
  static func checkFields(
    of root: NodeID?, tree: Tree, sources: SourceMap
  ) throws(Problem) {
    var reader = KustomizationReader(decoder: FieldDecoder(tree: tree, sources: sources))
    try reader.readFields(of: root)
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
  var helmGlobals: HelmGlobals?
  var formerHelmCharts: (charts: [HelmChart], globals: HelmGlobals?) = ([], nil)
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
    try readFields(of: root)
    guard saysSomething || hasFormerFields else { throw .emptyKustomization(path) }
    result.resources += bases
    result.images += imageTags
    result.helmCharts += formerHelmCharts.charts
    result.helmGlobals = helmGlobals ?? formerHelmCharts.globals ?? HelmGlobals()
    try checkType()
    var warnings = DeprecatedField.allCases.compactMap { field in
      deprecated[field].map { Problem.deprecated(field, at: $0) }
    }
    warnings += result.buildMetadata.unknown.map { Problem.unknownBuildMetadata($0) }
    return Kustomization.Reading(kustomization: result, warnings: warnings)
  }

  mutating func readFields(of root: NodeID?) throws(Problem) {
    guard let root, !decoder.tree.isNull(root) else { return }
    for field in try decoder.fields(of: root, as: "kustomization", known: Self.fields) {
      try decode(field.name, field.value)
    }
  }

  /// Fields that others have replaced count only by what they hold.
  private var hasFormerFields: Bool {
    !bases.isEmpty || !imageTags.isEmpty || !formerHelmCharts.charts.isEmpty
  }

  private mutating func decode(_ name: String, _ value: NodeID) throws(Problem) {
    if let field = DeprecatedField(rawValue: name) {
      deprecated[field] = decoder.sources.position(
        ofKey: name, before: decoder.tree.position(value))
    }
    switch name {
    case "apiVersion":
      apiVersion = try decoder.text(value, for: name)
      return
    case "kind":
      kind = try decoder.text(value, for: name)
      return
    case "bases":
      bases = try decoder.entries(value, for: name)
      return
    case "imageTags":
      imageTags = try decoder.images(value, for: name)
      return
    case "helmChartInflationGenerator":
      formerHelmCharts = try decoder.formerHelmCharts(value)
      return
    default: break
    }
    try decodeText(name, value)
    try decodeCollection(name, value)
  }

  /// Fields of plain text; an empty one says nothing.
  private mutating func decodeText(_ name: String, _ value: NodeID) throws(Problem) {
    switch name {
    case "namePrefix": result.namePrefix = try decoder.text(value, for: name)
    case "nameSuffix": result.nameSuffix = try decoder.text(value, for: name)
    case "namespace": result.namespace = try decoder.text(value, for: name)
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
    case "images": result.images = try decoder.images(value, for: name)
    case "replicas": result.replicas = try decoder.replicas(value)
    case "replacements":
      result.replacements = try ReplacementReader(decoder: decoder).entries(value)
    case "sortOptions": result.sortOptions = try sortOptions(value)
    case "configMapGenerator": result.configMapGenerator = try decoder.generators(value, for: name)
    case "secretGenerator": result.secretGenerator = try decoder.generators(value, for: name)
    case "generatorOptions":
      result.generatorOptions = try decoder.generatorOptions(value, for: name)
    case "helmCharts": result.helmCharts = try decoder.helmCharts(value)
    case "helmGlobals": helmGlobals = try decoder.helmGlobals(value)
    case "configurations": result.configurations = try decoder.entries(value, for: name)
    case "crds": result.crds = try decoder.entries(value, for: name)
    case "vars": result.vars = try decoder.variables(value)
    case "generators": result.generators = try decoder.entries(value, for: name)
    case "transformers": result.transformers = try decoder.entries(value, for: name)
    case "validators": result.validators = try decoder.entries(value, for: name)
    case "buildMetadata":
      result.buildMetadata = BuildMetadata(try decoder.entries(value, for: name))
    case "metadata": try checkMetadata(value)
    default: break
    }
  }

  // MARK: - Single fields

  private func labels(_ list: NodeID) throws(Problem) -> [LabelSet] {
    var result: [LabelSet] = []
    let known = [
      "pairs", "includeSelectors", "includeTemplates", "includeVolumeClaimTemplates", "fields",
    ]
    for item in try decoder.items(list, for: "labels") {
      var set = LabelSet()
      for field in try decoder.element(item, of: "labels", known: known) {
        switch field.name {
        case "pairs": set.pairs = try decoder.pairs(field.value, for: "labels.pairs")
        case "includeSelectors":
          set.includeSelectors = try decoder.bool(field.value, for: field.name)
        case "includeTemplates":
          set.includeTemplates = try decoder.bool(field.value, for: field.name)
        case "includeVolumeClaimTemplates":
          set.includeVolumeClaimTemplates = try decoder.bool(field.value, for: field.name)
        default: set.fields = try decoder.fieldSpecs(field.value, for: "labels.fields")
        }
      }
      result.append(set)
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
      for field in try decoder.element(
        item, of: name, known: ["path", "patch", "target", "options"])
      {
        switch field.name {
        case "path": arguments.path = try decoder.text(field.value, for: "\(name).path")
        case "patch": arguments.patch = try decoder.text(field.value, for: "\(name).patch")
        case "target":
          arguments.target = try Selector.read(field.value, for: "\(name).target", with: decoder)
        default: try decoder.readPatchOptions(field.value, into: &arguments)
        }
      }
      result.append(arguments)
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

  fileprivate static func unknownBuildMetadata(_ entry: Kustomization.Entry) -> Problem {
    let known = BuildMetadata.Option.allCases.map(\.rawValue)
    let hint =
      Suggestion.nearest(to: entry.text, among: known).map { "did you mean \"\($0)\"?" }
      ?? "the options are \(known.joined(separator: ", "))"
    return Problem(
      .invalidOption, "\"\(entry.text)\" in buildMetadata has no effect", at: entry.position,
      hint: hint)
  }

  fileprivate static func deprecated(_ field: DeprecatedField, at position: Position) -> Problem {
    Problem(
      .invalidKustomization,
      "'\(field.rawValue)' is deprecated; please use '\(field.replacement)' instead", at: position)
  }
}
