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
  case replacements([ReplacementEntry])
  case value(ValueArguments)
  case hash
  case configMap(GeneratorArguments)
  case secret(GeneratorArguments)
  case iamPolicy(IAMPolicyArguments)
  case helmChart(HelmChart, HelmGlobals)
}

struct NamespaceArguments: Sendable {
  var namespace: Kustomization.Entry?
  var fields: [WrittenFieldSpec] = []
  var unsetOnly = false
  var subjects = SubjectMode.defaultOnly
}

/// Which subjects of role bindings are given the namespace.
enum SubjectMode: String, Sendable, CaseIterable {
  case defaultOnly
  case allServiceAccounts
  case none
}

struct AffixArguments: Sendable {
  let isPrefix: Bool
  let text: Kustomization.Entry
}

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
    var fieldPath = ""
    var filePathPosition: Int64 = 0
    var position = Position.none
  }

  var value = ""
  var targets: [Target] = []
  /// A file with further targets.
  var targetFile: Kustomization.Entry?
  var position = Position.none
}

struct IAMPolicyArguments: Sendable {
  var cloud = ""
  var name = ""
  var namespace = ""
  var accountName = ""
  var project = ""
  var position = Position.none
}
