/// Reading a kustomization file.
extension Kustomization {
  /// A kustomization, and what its author should be told about it.
  struct Reading: Sendable {
    let kustomization: Kustomization
    let warnings: [Problem]
    /// What is wrong with the file; then the kustomization holds the fields that are right, so that mistakes in
    /// what they name can be found as well.
    let problem: Problem?
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
  ///
  /// It shares the reader of builds, so that an edit refuses the same fields.
  static func checkFields(
    of root: NodeID?, tree: Tree, sources: SourceMap
  ) throws(Problem) {
    var reader = KustomizationReader(decoder: FieldDecoder(tree: tree, sources: sources))
    try reader.readFields(of: root)
  }
}

/// The state of one reading.
private struct KustomizationReader {
  /// Keeps the remarks of all fields.
  let decoder: FieldDecoder
  /// The fields read so far; deprecated ones are kept beside it and moved in at the end, as they
  /// come behind those that replace them.
  var result = Kustomization()
  var apiVersion: Kustomization.Entry?
  var kind: Kustomization.Entry?
  var bases: [Kustomization.Entry] = []
  var imageTags: [ImageChange] = []
  /// Nil where the file has none: only then those of the older form count.
  var helmGlobals: HelmGlobals?
  var formerHelmCharts: (charts: [HelmChart], globals: HelmGlobals?) = ([], nil)
  /// The deprecated fields that a build warns of, and where their names stand.
  var deprecated: [(field: KustomizationField, position: Position)] = []
  /// Something other than `apiVersion` and `kind` is said.
  var saysSomething = false

  /// Reads all of a kustomization, as far as it can be read.
  ///
  /// - Throws: only if the file says nothing, or has so many mistakes that no more should be looked
  ///   for. Otherwise mistakes are part of the reading: the caller goes on to look for others in
  ///   what is named.
  mutating func read(_ root: NodeID?, path: String) throws(Problem) -> Kustomization.Reading {
    var mistakes = Mistakes()
    try mistakes.collect { () throws(Problem) in try readFields(of: root) }
    if mistakes.isEmpty, !saysSomething, !hasFormerFields {
      throw .emptyKustomization(path, at: root.map { decoder.tree.position($0) } ?? .none)
    }
    try mistakes.collect { () throws(Problem) in try checkType() }
    if mistakes.isFull { try mistakes.check() }
    var problem: Problem?
    do { try mistakes.check() } catch { problem = error }
    result.resources += bases
    result.images += imageTags
    result.helmCharts += formerHelmCharts.charts
    result.helmGlobals = helmGlobals ?? formerHelmCharts.globals ?? HelmGlobals()
    return Kustomization.Reading(kustomization: result, warnings: warnings(root), problem: problem)
  }

  /// Warnings are returned in this order: deprecated fields, words of `buildMetadata`, remarks of
  /// the decoder.
  private func warnings(_ root: NodeID?) -> [Problem] {
    // kustomize warns of deprecated fields in the order of their names.
    let fields = deprecated.sorted { $0.field.rawValue < $1.field.rawValue }
    return fields.map { field, position in
      Problem.deprecated(field, at: position, fixes: renaming(of: field, at: position, in: root))
    } + result.buildMetadata.unknown.map { Problem.unknownBuildMetadata($0) } + decoder.remarks
  }

  /// A field that has only another name now can be renamed where the new one is not there.
  private func renaming(
    of field: KustomizationField, at position: Position, in root: NodeID?
  ) -> [Problem.Fix] {
    guard let root, let replacement = field.deprecation?.replacement,
      field.row.shape == KustomizationField(rawValue: replacement)?.row.shape,
      // JSON patches have steps of their own, which come later than those of patches.
      field != .patchesJson6902
    else { return [] }
    let hasReplacement = decoder.tree.children(of: root).contains { child in
      let name = decoder.tree.symbols.string(decoder.tree.key(child))
      return KustomizationField(written: name)?.rawValue == replacement
    }
    if hasReplacement { return [] }
    return [.renaming(field.rawValue, to: replacement, at: position, isSafe: true)]
  }

  /// Reads the fields of the document, if it has any.
  mutating func readFields(of root: NodeID?) throws(Problem) {
    guard let root, !decoder.tree.isNull(root) else { return }
    try decoder.fields(of: root, as: "kustomization") {
      (field: KustomizationField, value) throws(Problem) in
      noteDeprecated(field, value)
      try decode(field, value)
    }
  }

  /// Fields that others have replaced count only by what they hold.
  private var hasFormerFields: Bool {
    !bases.isEmpty || !imageTags.isEmpty || !formerHelmCharts.charts.isEmpty
  }

  /// Of a field that stands twice, the last place counts, as its value does.
  private mutating func noteDeprecated(_ field: KustomizationField, _ value: NodeID) {
    guard field.deprecation != nil else { return }
    let position = decoder.sources.position(
      ofKey: field.rawValue, before: decoder.tree.position(value))
    deprecated.removeAll { $0.field == field }
    deprecated.append((field, position))
  }

  /// Reads one field. The switch has no default, so that a row of the table without a reader does not
  /// compile.
  private mutating func decode(_ field: KustomizationField, _ value: NodeID) throws(Problem) {
    if field.saysSomethingByBeingThere { saysSomething = true }
    let name = field.rawValue
    switch field {
    case .apiVersion: apiVersion = try decoder.text(value, for: name)
    case .kind: kind = try decoder.text(value, for: name)
    case .metadata: try checkMetadata(value)
    case .sortOptions: result.sortOptions = try sortOptions(value)
    case .resources: result.resources = try decoder.entries(value, for: name)
    case .bases: bases = try decoder.entries(value, for: name)
    case .namePrefix: result.namePrefix = saying(try decoder.text(value, for: name))
    case .nameSuffix: result.nameSuffix = saying(try decoder.text(value, for: name))
    case .namespace: result.namespace = saying(try decoder.text(value, for: name))
    case .crds: result.crds = try decoder.entries(value, for: name)
    case .commonLabels: result.commonLabels = try decoder.pairs(value, for: name)
    case .labels: result.labels = try labels(value)
    case .commonAnnotations: result.commonAnnotations = try decoder.pairs(value, for: name)
    case .patchesStrategicMerge:
      result.patchesStrategicMerge = try decoder.entries(value, for: name)
    case .patchesJson6902: result.patchesJson6902 = try patches(value, for: name)
    case .patches: result.patches = try patches(value, for: name)
    case .configMapGenerator:
      result.configMapGenerator = try decoder.generators(value, for: name, without: .type)
    case .secretGenerator:
      result.secretGenerator = try decoder.generators(value, for: name, without: nil)
    case .helmCharts: result.helmCharts = try decoder.helmCharts(value)
    case .helmChartInflationGenerator: formerHelmCharts = try decoder.formerHelmCharts(value)
    case .helmGlobals: helmGlobals = try decoder.helmGlobals(value, as: name)
    case .generatorOptions:
      result.generatorOptions = try decoder.generatorOptions(value, for: name)
    case .vars: result.vars = try decoder.variables(value)
    case .imageTags: imageTags = try decoder.images(value, for: name)
    case .images: result.images = try decoder.images(value, for: name)
    case .replacements:
      result.replacements = try ReplacementReader(decoder: decoder).entries(value)
    case .replicas: result.replicas = try decoder.replicas(value)
    case .configurations: result.configurations = try decoder.entries(value, for: name)
    case .generators: result.generators = try decoder.entries(value, for: name)
    case .transformers: result.transformers = try decoder.entries(value, for: name)
    case .validators: result.validators = try decoder.entries(value, for: name)
    case .components: result.components = try decoder.entries(value, for: name)
    case .openapi: result.openapi = try openapi(value)
    case .buildMetadata:
      result.buildMetadata = BuildMetadata(try decoder.entries(value, for: name))
    }
  }

  /// A text that is there makes a kustomization that is not empty.
  private mutating func saying(_ text: Kustomization.Entry?) -> Kustomization.Entry? {
    if text != nil { saysSomething = true }
    return text
  }

  // MARK: - Single fields

  private func labels(_ list: NodeID) throws(Problem) -> [LabelSet] {
    var result: [LabelSet] = []
    try decoder.eachItem(of: list, for: "labels") { (item) throws(Problem) in
      result.append(try labelSet(item))
    }
    return result
  }

  /// One entry of `labels`.
  private func labelSet(_ node: NodeID) throws(Problem) -> LabelSet {
    var set = LabelSet(position: decoder.tree.position(node))
    try decoder.element(node, of: "labels") { (field: LabelField, value) throws(Problem) in
      switch field {
      case .pairs: set.pairs = try decoder.pairs(value, for: "labels.pairs")
      case .includeSelectors:
        set.includeSelectors = try decoder.bool(value, for: field.rawValue)
      case .includeTemplates:
        set.includeTemplates = try decoder.bool(value, for: field.rawValue)
      case .includeVolumeClaimTemplates:
        set.includeVolumeClaimTemplates = try decoder.bool(value, for: field.rawValue)
      case .fields: set.fields = try decoder.fieldSpecs(value, for: "labels.fields")
      }
    }
    return set
  }

  /// Go has a map of texts here, and no type with fields (api/types/kustomization.go).
  private func openapi(_ node: NodeID) throws(Problem) -> OpenAPI {
    var openapi = OpenAPI()
    for pair in try decoder.pairs(node, for: "openapi") {
      // A mapping of any keys: letters of the other case do not make one of these.
      guard let field = OpenAPIField(rawValue: pair.key) else { continue }
      let entry = Kustomization.Entry(text: pair.value, position: pair.position)
      switch field {
      case .path: openapi.path = entry
      case .version: openapi.version = entry
      }
    }
    return openapi
  }

  private func patches(_ list: NodeID, for name: String) throws(Problem) -> [PatchArguments] {
    var result: [PatchArguments] = []
    try decoder.eachItem(of: list, for: name) { (item) throws(Problem) in
      result.append(try patch(item, for: name))
    }
    return result
  }

  private func patch(_ node: NodeID, for name: String) throws(Problem) -> PatchArguments {
    var arguments = PatchArguments(position: decoder.tree.position(node))
    try decoder.element(node, of: name) { (field: PatchField, value) throws(Problem) in
      switch field {
      case .path: arguments.path = try decoder.text(value, for: "\(name).path")
      case .patch: arguments.patch = try decoder.text(value, for: "\(name).patch")
      case .target:
        arguments.target = try Selector.read(value, for: "\(name).target", with: decoder)
      case .options: try decoder.readPatchOptions(value, into: &arguments)
      }
    }
    return arguments
  }

  /// An unknown order is told of when it is used.
  private func sortOptions(_ node: NodeID) throws(Problem) -> SortOptions {
    var options = SortOptions(position: decoder.tree.position(node))
    try decoder.fields(of: node, as: "sortOptions") { (field: SortField, value) throws(Problem) in
      switch field {
      case .order:
        options.order = try decoder.string(value, for: "sortOptions.order")
        options.orderPosition = decoder.tree.position(value)
      case .legacySortOptions: options.legacy = try legacySortOptions(value)
      }
    }
    return options
  }

  private func legacySortOptions(_ node: NodeID) throws(Problem) -> LegacySortOptions {
    var options = LegacySortOptions()
    try decoder.fields(of: node, as: "legacySortOptions") {
      (field: LegacySortField, value) throws(Problem) in
      let kinds = try decoder.strings(value, for: field.rawValue)
      switch field {
      case .orderFirst: options.orderFirst = kinds
      case .orderLast: options.orderLast = kinds
      }
    }
    return options
  }

  /// `metadata` has no effect, but its fields are checked.
  private func checkMetadata(_ node: NodeID) throws(Problem) {
    try decoder.fields(of: node, as: "metadata") { (field: MetadataField, value) throws(Problem) in
      let name = "metadata.\(field.rawValue)"
      switch field {
      case .name, .namespace: _ = try decoder.string(value, for: name)
      case .labels, .annotations: _ = try decoder.pairs(value, for: name)
      }
    }
  }

  // MARK: - Checks

  /// An empty `kind` is a kustomization, an empty `apiVersion` the right one
  /// (types/kustomization.go `FixKustomization`, `EnforceFields`).
  private mutating func checkType() throws(Problem) {
    switch kind.map({ ByteText($0.text) }) {
    case nil, ByteText("Kustomization"): result.kind = .kustomization
    case ByteText("Component"): result.kind = .component
    default: throw .wrongKind(kind)
    }
    let isComponent = result.kind == .component
    let wanted = "kustomize.config.k8s.io/" + (isComponent ? "v1alpha1" : "v1beta1")
    if let apiVersion, apiVersion.text != wanted {
      throw .wrongVersion(isComponent ? "Component" : "Kustomization", wanted, apiVersion.position)
    }
  }
}

extension KustomizationField {
  /// A kustomization with the field is not empty, whatever the field's value is.
  fileprivate var saysSomethingByBeingThere: Bool {
    switch self {
    case .apiVersion, .kind: false
    // An empty text says nothing.
    case .namePrefix, .nameSuffix, .namespace: false
    // These count by what they hold.
    case .bases, .imageTags, .helmChartInflationGenerator: false
    default: true
    }
  }
}

extension Problem {
  fileprivate static func emptyKustomization(_ path: String, at position: Position) -> Problem {
    Problem(.kustomizationEmpty, "the kustomization is empty", at: position, path: path)
  }

  fileprivate static func wrongKind(_ kind: Kustomization.Entry?) -> Problem {
    Problem(
      .wrongKustomizationKind, "kind should be Kustomization or Component",
      at: kind?.position ?? .none,
      hint: Suggestion.hint(for: kind?.text ?? "", among: ["Kustomization", "Component"]))
  }

  fileprivate static func wrongVersion(
    _ kind: String, _ wanted: String, _ position: Position
  ) -> Problem {
    Problem(
      .wrongKustomizationVersion, "apiVersion for \(kind) should be \(wanted)", at: position)
  }

  fileprivate static func unknownBuildMetadata(_ entry: Kustomization.Entry) -> Problem {
    let known = BuildMetadata.Option.allCases.map(\.rawValue)
    let hint =
      Suggestion.nearest(to: entry.text, among: known).map { "did you mean \"\($0)\"?" }
      ?? "the options are \(known.joined(separator: ", "))"
    return Problem(
      .unknownBuildMetadata, "\"\(entry.text)\" in buildMetadata has no effect", at: entry.position,
      hint: hint)
  }

  fileprivate static func deprecated(
    _ field: KustomizationField, at position: Position, fixes: [Fix]
  ) -> Problem {
    let replacement = field.deprecation?.replacement ?? ""
    return Problem(
      .deprecatedField,
      "'\(field.rawValue)' is deprecated; please use '\(replacement)' instead", at: position,
      fixes: fixes)
  }
}
