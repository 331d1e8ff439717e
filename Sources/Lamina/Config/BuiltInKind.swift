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

  /// Belongs under `generators`; all others belong under `transformers` or `validators`.
  var isGenerator: Bool {
    switch self {
    case .configMap, .helmChart, .iamPolicy, .secret: true
    default: false
    }
  }

  /// Whether an object has the API version of built-in kinds; if not, it stands for a program.
  ///
  /// kustomize asks the same of the API version alone (internal/plugins/loader/loader.go
  /// `isBuiltinPlugin`), so an unknown kind is an error and not a program.
  static func isBuiltIn(_ root: NodeID, in tree: Tree) -> Bool {
    let version = tree.field(.apiVersion, of: root).map { tree.string($0) }
    // A slash in front makes an empty group.
    return version == "builtin" || version == "/builtin"
  }

  /// The kind of such an object, by its name.
  static func read(_ root: NodeID, in tree: Tree) throws(Problem) -> BuiltInKind {
    let field = tree.field(.kind, of: root)
    let kind = field.map { tree.string($0) } ?? ""
    guard let known = BuiltInKind(rawValue: kind) else {
      throw .unknownKind(kind, at: tree.position(field ?? root))
    }
    return known
  }
}

extension Problem {
  fileprivate static func unknownKind(_ kind: String, at position: Position) -> Problem {
    let known = BuiltInKind.allCases.map(\.rawValue)
    return Problem(
      .unknownBuiltInKind, "unable to load builtin \(kind)", at: position,
      hint: Suggestion.hint(for: kind, among: known)
        ?? "the kinds are \(known.joined(separator: ", "))")
  }
}
