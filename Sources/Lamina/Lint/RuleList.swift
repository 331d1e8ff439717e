extension Rule {
  /// All rules that need no more than the build, in the order in which they are documented.
  ///
  /// One list, since to put four together costs each build a part of a hundred.
  package static let all: [Rule] = [
    // Entries that do nothing, or something else than they say.
    .patchNoMatch, .imageNoMatch, .imageEntryEmpty, .imageNameWithTag, .imageNameRegexp,
    .replacementNoMatch, .replacementDefaultField, .replacementUnusedOption, .jsonPathSlash,
    .jsonValueMissing, .jsonReplaceAdds, .targetMatchesAll, .targetUnescapedDot, .targetGlob,
    .patchOptionsWithoutTarget, .mergeKeyMissing, .listEmptied, .itemLost, .crListReplaced,
    .directiveInOutput, .openapiShadowsBuiltin, .nullValue,
    // How kustomizations are written.
    .duplicateKey, .fieldCase, .deprecatedField, .labelsInSelectors, .labelInvalid, .nameInvalid,
    .keyInvalid, .envFileSuspicious, .emptyGenerator, .optionsWithoutGenerators, .hashDisabled,
    .unusedGenerated, .behaviorInvalid, .literalQuotes, .namespaceTwice, .sortOptionsIgnored,
    .resourceListedTwice, .unlistedFile, .unpinnedRemote, .componentUnused, .kustomizationEmpty,
    .yaml11Word,
    // Objects against each other.
    .danglingAfterRename, .danglingKey, .danglingReference, .bindingSubjectMissing,
    .bindingSubjectNamespace, .roleMissing, .workloadSelector, .serviceSelectsNothing,
    .policySelectsNothing, .targetPortUnknown, .mountWithoutVolume, .volumeNotMounted,
    .duplicateEnv, .duplicateContainer, .duplicatePort, .duplicateVolume, .duplicateMountPath,
    .ingressBackendMissing, .hpaTargetMissing, .hpaAndReplicas, .placeholder, .namespaceMixed,
    .configmapTooLarge,
    // The rules about silencing.
    .unusedIgnore,
  ]
}
