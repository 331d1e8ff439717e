/// What an object of `transformers`, `generators` or `validators` says.
///
/// The kinds do what the fields of a kustomization do, with two differences: an object says itself
/// which fields it writes to, and nothing of the kustomization (`generatorOptions`, configurations)
/// holds for it.
enum TransformerArguments: Sendable {
  case annotations([Pair], [WrittenFieldSpec])
  case labels([Pair], [WrittenFieldSpec])
  case image(ImageChange, [WrittenFieldSpec])
  case replicas(ReplicaChange, [WrittenFieldSpec])
  case namespace(NamespaceArguments)
  case affixes([AffixArguments], [WrittenFieldSpec])
  case patch(PatchArguments)
  case jsonPatch(PatchArguments)
  case strategicPatches(StrategicPatchArguments)
  /// The entries may still name files.
  case replacements([ReplacementEntry])
  case value(ValueArguments)
  /// A HashTransformer has no arguments.
  case hash
  case configMap(GeneratorArguments)
  case secret(GeneratorArguments)
  case iamPolicy(IAMPolicyArguments)
  case helmChart(HelmChart, HelmGlobals)
}

/// What a NamespaceTransformer says.
struct NamespaceArguments: Sendable {
  /// Nil where the object has no namespace, and so changes nothing.
  var namespace: Kustomization.Entry?
  var fields: [WrittenFieldSpec] = []
  /// Resources that have a namespace keep it.
  var unsetOnly = false
  var subjects = SubjectMode.defaultOnly
}

/// Which subjects of role bindings are given the namespace.
enum SubjectMode: String, Sendable, CaseIterable {
  /// Subjects called `default`.
  case defaultOnly
  /// Subjects of the kind `ServiceAccount`.
  case allServiceAccounts
  case none
}

/// A prefix or a suffix; empty ones are kept, since they do something (`NameAffixStep`).
struct AffixArguments: Sendable {
  let isPrefix: Bool
  let text: Kustomization.Entry
}

/// What a PatchStrategicMergeTransformer says.
struct StrategicPatchArguments: Sendable {
  /// Files, or patches as text.
  var paths: [Kustomization.Entry] = []
  /// Patches as one text.
  var patches: Kustomization.Entry?
  var position = Position.none
}

/// A text to be written to places of some resources.
struct ValueArguments: Sendable {
  struct Target: Sendable {
    /// Nil is every resource.
    var selector: Selector?
    /// Steps are separated by slashes; empty is an error of the step.
    var fieldPath = ""
    /// Counted from 1; 0 writes the whole field.
    var filePathPosition: Int64 = 0
    var position = Position.none
  }

  var value = ""
  var targets: [Target] = []
  /// A file with further targets.
  var targetFile: Kustomization.Entry?
  var position = Position.none
}

/// What an IAMPolicyGenerator says. Empty texts are printed as they are.
struct IAMPolicyArguments: Sendable {
  var cloud = ""
  var name = ""
  var namespace = ""
  var accountName = ""
  var project = ""
  var position = Position.none
}
