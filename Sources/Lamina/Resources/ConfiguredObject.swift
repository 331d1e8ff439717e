/// What an object of `transformers`, `generators` or `validators` says, as the build has read it: rules judge it as
/// they judge the fields of a kustomization.
struct ConfiguredObject: Sendable {
  let arguments: TransformerArguments
  /// The patch that a patch transformer names or holds.
  var patch: LoadedPatch?
  /// The replacements of a replacement transformer, those of files among them.
  var replacements: [Replacement] = []
}
