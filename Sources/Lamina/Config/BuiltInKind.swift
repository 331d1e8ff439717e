/// The kinds that an object of `transformers`, `generators` or `validators` may have without asking
/// for a program of the user's (internal/plugins/builtinhelpers/builtins.go).
///
/// `SortOrderTransformer` is not among them: kustomize leaves it out on purpose, since only the top
/// layer may sort.
enum BuiltInKind: String, CaseIterable, Sendable {
  case annotations = "AnnotationsTransformer"
  case configMap = "ConfigMapGenerator"
  case hash = "HashTransformer"
  case helmChart = "HelmChartInflationGenerator"
  case iamPolicy = "IAMPolicyGenerator"
  case image = "ImageTagTransformer"
  case label = "LabelTransformer"
  case namespace = "NamespaceTransformer"
  case jsonPatch = "PatchJson6902Transformer"
  case strategicPatches = "PatchStrategicMergeTransformer"
  case patch = "PatchTransformer"
  case prefixAndSuffix = "PrefixSuffixTransformer"
  case prefix = "PrefixTransformer"
  case replacement = "ReplacementTransformer"
  case replicas = "ReplicaCountTransformer"
  case secret = "SecretGenerator"
  case suffix = "SuffixTransformer"
  case value = "ValueAddTransformer"

  var isGenerator: Bool {
    switch self {
    case .configMap, .helmChart, .iamPolicy, .secret: true
    default: false
    }
  }

  /// The kind of an object, by its API version `builtin` and its name.
  static func read(_ root: NodeID, in tree: Tree) throws(Problem) -> BuiltInKind {
    func text(_ key: Symbol) -> String { tree.field(key, of: root).map { tree.string($0) } ?? "" }
    let (version, kind) = (text(.apiVersion), text(.kind))
    let position = tree.position(root)
    // A slash in front makes an empty group.
    guard version == "builtin" || version == "/builtin" else {
      throw .notBuiltIn(kind, version, at: position)
    }
    guard let known = BuiltInKind(rawValue: kind) else { throw .unknownKind(kind, at: position) }
    return known
  }
}

extension Problem {
  fileprivate static func notBuiltIn(
    _ kind: String, _ version: String, at position: Position
  ) -> Problem {
    Problem(
      .unsupported, "external plugins disabled; unable to load external plugin '\(kind)'",
      at: position,
      hint: "programs and containers are not supported yet; built-in kinds have apiVersion: builtin"
    )
  }

  fileprivate static func unknownKind(_ kind: String, at position: Position) -> Problem {
    let known = BuiltInKind.allCases.map(\.rawValue)
    return Problem(
      .invalidTransformation, "unable to load builtin \(kind)", at: position,
      hint: Suggestion.nearest(to: kind, among: known).map { "did you mean \"\($0)\"?" })
  }
}
