/// The kinds of diagnostics: one for each thing that can be wrong, and the list of all of them.
///
/// An id never changes its meaning. `Docs/DIAGNOSTICS.md` has a line for each, and `DiagnosticIDTests`
/// holds the two together. To add a diagnostic: add its case here, under its family, and its line there;
/// then make the `Problem` where it is met.
package enum DiagnosticID: String, CaseIterable, Sendable {
  // malformed-yaml
  case anchorContainsItself = "anchor-contains-itself"
  case duplicateMergeKey = "duplicate-merge-key"
  case embeddedTextNotYaml = "embedded-text-not-yaml"
  case invalidDocumentSeparator = "invalid-document-separator"
  case invalidMergeKey = "invalid-merge-key"
  case malformedYaml = "malformed-yaml"
  case mergeConflictMark = "merge-conflict-mark"
  case mergeKeyRepeatsField = "merge-key-repeats-field"
  case missingColon = "missing-colon"
  case notUTF8 = "not-utf-8"
  case openBracket = "open-bracket"
  case openQuote = "open-quote"
  case tabInIndentation = "tab-in-indentation"
  case templateInYaml = "template-in-yaml"
  case tooManyAliases = "too-many-aliases"
  case unknownAnchor = "unknown-anchor"
  case yamlComplexKey = "yaml-complex-key"
  case yamlEscapedSlash = "yaml-escaped-slash"
  case yamlQuestionMark = "yaml-question-mark"
  case yamlTooDeep = "yaml-too-deep"

  // invalid-kustomization
  case absoluteDirectory = "absolute-directory"
  case ambiguousDirectory = "ambiguous-directory"
  case componentAsResource = "component-as-resource"
  case conflictingFieldSpecs = "conflicting-field-specs"
  case conflictingLabelFields = "conflicting-label-fields"
  case controlCharacterInField = "control-character-in-field"
  case crdsWithoutDefinitions = "crds-without-definitions"
  case definitionsNotJson = "definitions-not-json"
  case deprecatedField = "deprecated-field"
  case emptyCrdsFile = "empty-crds-file"
  case emptyPath = "empty-path"
  case emptyReplacementReject = "empty-replacement-reject"
  case endlessCrdType = "endless-crd-type"
  case fieldKeyNotText = "field-key-not-text"
  case fieldKeyNull = "field-key-null"
  case fieldNotText = "field-not-text"
  case fileWithoutReplacements = "file-without-replacements"
  case invalidLabelSelector = "invalid-label-selector"
  case invalidSelectorPattern = "invalid-selector-pattern"
  case kustomizationEmpty = "kustomization-empty"
  case notASchema = "not-a-schema"
  case openQuoteInArguments = "open-quote-in-arguments"
  case repeatedField = "repeated-field"
  case repeatedVariable = "repeated-variable"
  case replacementWithPath = "replacement-with-path"
  case resourceAsComponent = "resource-as-component"
  case schemaPathAndVersion = "schema-path-and-version"
  case severalKustomizations = "several-kustomizations"
  case unknownSchemaVersion = "unknown-schema-version"
  case unusedVariable = "unused-variable"
  case wrongFieldType = "wrong-field-type"
  case wrongKustomizationKind = "wrong-kustomization-kind"
  case wrongKustomizationVersion = "wrong-kustomization-version"

  // unknown-field
  case unknownField = "unknown-field"

  // missing-kustomization
  case missingKustomization = "missing-kustomization"

  // unreadable
  case fileNotReadable = "file-not-readable"
  case repositoryWithoutDirectory = "repository-without-directory"
  case rootNotADirectory = "root-not-a-directory"
  case rootNotReadable = "root-not-readable"

  // not-fetched
  case chartNotInCache = "chart-not-in-cache"
  case controlCharacterInAddress = "control-character-in-address"
  case notFetched = "not-fetched"

  // outside-root
  case addressLeavesRepository = "address-leaves-repository"
  case addressOutsideRepository = "address-outside-repository"
  case directoryOutsideRepository = "directory-outside-repository"
  case fileOutsideRepository = "file-outside-repository"
  case fileOutsideRoot = "file-outside-root"
  case localRepositoryFromRemote = "local-repository-from-remote"
  case mountOutside = "mount-outside"
  case outsideLoadRoot = "outside-load-root"

  // cycle
  case cycle

  // invalid-resource
  case annotationsDisagree = "annotations-disagree"
  case itemsNotAList = "items-not-a-list"
  case listInsteadOfMapping = "list-instead-of-mapping"
  case listItemNotInJson = "list-item-not-in-json"
  case noResource = "no-resource"
  case notAListOfOrigins = "not-a-list-of-origins"
  case notAnOrigin = "not-an-origin"
  case nullApiVersion = "null-api-version"
  case resourceWithoutKind = "resource-without-kind"
  case resourceWithoutName = "resource-without-name"
  case subjectNamespaceNotText = "subject-namespace-not-text"
  case subjectNotAMapping = "subject-not-a-mapping"

  // duplicate-resource
  case chartPrintsTwice = "chart-prints-twice"
  case functionPrintsTwice = "function-prints-twice"
  case generatedTwice = "generated-twice"
  case namespaceConflict = "namespace-conflict"
  case objectTwiceInStream = "object-twice-in-stream"
  case resourceAddedTwice = "resource-added-twice"
  case resourceListedTwice = "resource-listed-twice"
  case sameFinalId = "same-final-id"
  case sameIdAfterPatch = "same-id-after-patch"

  // invalid-generator
  case chartNameIsOption = "chart-name-is-option"
  case chartWithoutName = "chart-without-name"
  case chartWithoutRepository = "chart-without-repository"
  case emptyValuesFile = "empty-values-file"
  case envFileNotUtf8 = "env-file-not-utf-8"
  case envLineTooLong = "env-line-too-long"
  case fileSourceWithSeveralEquals = "file-source-with-several-equals"
  case fileSourceWithoutKey = "file-source-without-key"
  case fileSourceWithoutPath = "file-source-without-path"
  case generatorWithoutName = "generator-without-name"
  case helmValuesAlias = "helm-values-alias"
  case helmValuesShapeDiffers = "helm-values-shape-differs"
  case invalidLiteral = "invalid-literal"
  case needsHashNotABoolean = "needs-hash-not-a-boolean"
  case nothingToMerge = "nothing-to-merge"
  case registryWithUser = "registry-with-user"
  case repeatedDataKey = "repeated-data-key"
  case severalToMerge = "several-to-merge"
  case transformerAsGenerator = "transformer-as-generator"
  case unknownCloud = "unknown-cloud"
  case unknownValuesMerge = "unknown-values-merge"
  case valuesNotMerged = "values-not-merged"

  // invalid-transformation
  case affixWithoutFieldSpecs = "affix-without-field-specs"
  case ambiguousFunctionResult = "ambiguous-function-result"
  case delimiterInCollection = "delimiter-in-collection"
  case fieldPathElementOfMapping = "field-path-element-of-mapping"
  case fieldPathEmptyStep = "field-path-empty-step"
  case fieldPathThroughScalar = "field-path-through-scalar"
  case formerIDWithComma = "former-id-with-comma"
  case generatorAsTransformer = "generator-as-transformer"
  case madeElementDiffers = "made-element-differs"
  case negativeFilePathPosition = "negative-file-path-position"
  case pathElementWithoutSign = "path-element-without-sign"
  case pathExpressionInvalid = "path-expression-invalid"
  case pathIndexNegative = "path-index-negative"
  case referenceListWithoutNames = "reference-list-without-names"
  case referenceWithoutName = "reference-without-name"
  case replacementIncomplete = "replacement-incomplete"
  case replacementPartMissing = "replacement-part-missing"
  case replacementWithTwoSources = "replacement-with-two-sources"
  case replacementWithoutSelect = "replacement-without-select"
  case replicasWithoutResource = "replicas-without-resource"
  case subjectsNotAList = "subjects-not-a-list"
  case unknownBuiltInKind = "unknown-built-in-kind"
  case unknownRoleBindingSubjects = "unknown-role-binding-subjects"
  case validatorChanges = "validator-changes"
  case valueFieldMissing = "value-field-missing"
  case valueNotAMapping = "value-not-a-mapping"
  case valueNotAScalar = "value-not-a-scalar"
  case valueWithoutFieldPath = "value-without-field-path"
  case valueWithoutTargets = "value-without-targets"
  case variableListElementNotText = "variable-list-element-not-text"
  case variableMappingKeyNotText = "variable-mapping-key-not-text"
  case wildcardInSourcePath = "wildcard-in-source-path"

  // invalid-patch
  case emptyPatch = "empty-patch"
  case emptyStrategicPatches = "empty-strategic-patches"
  case jsonEndsEarly = "json-ends-early"
  case jsonPatchBadIndex = "json-patch-bad-index"
  case jsonPatchFieldNotText = "json-patch-field-not-text"
  case jsonPatchKeyMissing = "json-patch-key-missing"
  case jsonPatchNotAList = "json-patch-not-a-list"
  case jsonPatchOperationNotAMapping = "json-patch-operation-not-a-mapping"
  case jsonPatchPathMissing = "json-patch-path-missing"
  case jsonPatchRootNotACollection = "json-patch-root-not-a-collection"
  case jsonPatchTestFailed = "json-patch-test-failed"
  case jsonPatchTestsNull = "json-patch-tests-null"
  case jsonPatchWithoutTarget = "json-patch-without-target"
  case jsonPatchWithoutTargetName = "json-patch-without-target-name"
  case jsonPatchWithoutValue = "json-patch-without-value"
  case jsonTooDeep = "json-too-deep"
  case malformedJson = "malformed-json"
  case mergedListElementWrong = "merged-list-element-wrong"
  case patchLeavesAnnotationList = "patch-leaves-annotation-list"
  case patchLeavesList = "patch-leaves-list"
  case patchMissing = "patch-missing"
  case patchShapeDiffers = "patch-shape-differs"
  case patchWithPath = "patch-with-path"
  case patchedBase64Invalid = "patched-base64-invalid"
  case patchedEmptyKey = "patched-empty-key"
  case patchedKeyNotText = "patched-key-not-text"
  case patchedKeyTwice = "patched-key-twice"
  case patchedNumberTooLarge = "patched-number-too-large"
  case patchedTagWrong = "patched-tag-wrong"
  case patchedTextStartsWithTab = "patched-text-starts-with-tab"
  case patchedValueNotInJson = "patched-value-not-in-json"
  case patchesMissing = "patches-missing"
  case severalPatchesWithTarget = "several-patches-with-target"
  case unknownJsonPatchOperation = "unknown-json-patch-operation"
  case unknownPatchDirective = "unknown-patch-directive"

  // no-match
  case patchWithSeveralTargets = "patch-with-several-targets"
  case patchWithoutTarget = "patch-without-target"
  case pathElementMissing = "path-element-missing"
  case pathLeadsElsewhere = "path-leads-elsewhere"
  case pathListEmpty = "path-list-empty"
  case replacementFieldMissing = "replacement-field-missing"
  case replacementSourceAmbiguous = "replacement-source-ambiguous"
  case replacementSourceFieldMissing = "replacement-source-field-missing"
  case replacementSourceMissing = "replacement-source-missing"
  case variableWithoutField = "variable-without-field"
  case variableWithoutObject = "variable-without-object"

  // ambiguous-reference
  case ambiguousReference = "ambiguous-reference"
  case ambiguousVariable = "ambiguous-variable"

  // not-printable
  case embeddedKeyNotText = "embedded-key-not-text"
  case printedBase64Invalid = "printed-base64-invalid"
  case printedControlCharacter = "printed-control-character"
  case printedKeyNotText = "printed-key-not-text"
  case printedKeyTwice = "printed-key-twice"
  case printedNotAnObject = "printed-not-an-object"
  case printedNumberNotFinite = "printed-number-not-finite"
  case printedTagWrong = "printed-tag-wrong"
  case printedTextStartsWithTab = "printed-text-starts-with-tab"
  case printedTimeWrong = "printed-time-wrong"

  // not-allowed
  case functionWithoutHost = "function-without-host"
  case functionsNotEnabled = "functions-not-enabled"
  case helmNotEnabled = "helm-not-enabled"
  case helmWithoutHost = "helm-without-host"
  case networkNotEnabled = "network-not-enabled"
  case pluginWithoutHost = "plugin-without-host"

  // too-deep
  case tooDeep = "too-deep"

  // too-large
  case tooManyCrdFields = "too-many-crd-fields"
  case tooManyValues = "too-many-values"
  case tooManyVisits = "too-many-visits"
  case tooMuchOutput = "too-much-output"
  case tooMuchText = "too-much-text"

  // limit-exceeded
  case depthLimit = "depth-limit"
  case inputLimit = "input-limit"
  case nodeLimit = "node-limit"
  case resourceLimit = "resource-limit"
  case timeLimit = "time-limit"

  // cancelled
  case cancelled

  // program-failed
  case functionFailed = "function-failed"
  case functionInRootDirectory = "function-in-root-directory"
  case functionMessage = "function-message"
  case functionNotRun = "function-not-run"
  case functionPathsDiffer = "function-paths-differ"
  case functionPrintsNoObject = "function-prints-no-object"
  case functionWarning = "function-warning"
  case functionWithoutProgram = "function-without-program"
  case helmDirectoryNotMade = "helm-directory-not-made"
  case helmFailed = "helm-failed"
  case helmNotRun = "helm-not-run"
  case helmValuesNotWritten = "helm-values-not-written"
  case helmVersionUnreadable = "helm-version-unreadable"
  case helmVersionUnsupported = "helm-version-unsupported"
  case noPluginDirectory = "no-plugin-directory"
  case pluginFileNotWritten = "plugin-file-not-written"
  case pluginNotFound = "plugin-not-found"

  // invalid-option
  case goldenNameNotAFile = "golden-name-not-a-file"
  case helmWithoutCommand = "helm-without-command"
  case lintExceptionWithoutCondition = "lint-exception-without-condition"
  case orderGivenTwice = "order-given-twice"
  case projectPathOutside = "project-path-outside"
  case unknownBaselineVersion = "unknown-baseline-version"
  case unknownBuildMetadata = "unknown-build-metadata"
  case unknownCompat = "unknown-compat"
  case unknownGoldenLayout = "unknown-golden-layout"
  case unknownKubernetesVersion = "unknown-kubernetes-version"
  case unknownLintLevel = "unknown-lint-level"
  case unknownRule = "unknown-rule"
  case unknownSortOrder = "unknown-sort-order"
  case unusedLegacySortOptions = "unused-legacy-sort-options"

  // version-difference
  case versionDifference = "version-difference"

  // unsupported
  case goPlugin = "go-plugin"
  case hashUnsupported = "hash-unsupported"

  // lint: the rules. `Docs/LINT.md` has a line for each.
  case apiDeprecated = "api-deprecated"
  case apiRemoved = "api-removed"
  case behaviorInvalid = "behavior-invalid"
  case bindingSubjectMissing = "binding-subject-missing"
  case bindingSubjectNamespace = "binding-subject-namespace"
  case componentUnused = "component-unused"
  case configmapTooLarge = "configmap-too-large"
  case crListReplaced = "cr-list-replaced"
  case crdMissingForKind = "crd-missing-for-kind"
  case crdNotStructural = "crd-not-structural"
  case customResourceInvalid = "custom-resource-invalid"
  case danglingAfterRename = "dangling-after-rename"
  case danglingKey = "dangling-key"
  case danglingReference = "dangling-reference"
  case directiveInOutput = "directive-in-output"
  case duplicateContainer = "duplicate-container"
  case duplicateEnv = "duplicate-env"
  case duplicateKey = "duplicate-key"
  case duplicateMountPath = "duplicate-mount-path"
  case duplicatePort = "duplicate-port"
  case duplicateVolume = "duplicate-volume"
  case emptyGenerator = "empty-generator"
  case enumValue = "enum-value"
  case envFileSuspicious = "env-file-suspicious"
  case fieldCase = "field-case"
  case hashDisabled = "hash-disabled"
  case hpaAndReplicas = "hpa-and-replicas"
  case hpaTargetMissing = "hpa-target-missing"
  case imageEntryEmpty = "image-entry-empty"
  case imageNameRegexp = "image-name-regexp"
  case imageNameWithTag = "image-name-with-tag"
  case imageNoMatch = "image-no-match"
  case ingressBackendMissing = "ingress-backend-missing"
  case itemLost = "item-lost"
  case jsonPathSlash = "json-path-slash"
  case jsonReplaceAdds = "json-replace-adds"
  case jsonValueMissing = "json-value-missing"
  case keyInvalid = "key-invalid"
  case labelInvalid = "label-invalid"
  case labelsInSelectors = "labels-in-selectors"
  case listEmptied = "list-emptied"
  case literalQuotes = "literal-quotes"
  case mergeKeyMissing = "merge-key-missing"
  case mountWithoutVolume = "mount-without-volume"
  case nameInvalid = "name-invalid"
  case namespaceMixed = "namespace-mixed"
  case namespaceTwice = "namespace-twice"
  case nullValue = "null-value"
  case openapiShadowsBuiltin = "openapi-shadows-builtin"
  case optionsWithoutGenerators = "options-without-generators"
  case patchNoMatch = "patch-no-match"
  case patchOptionsWithoutTarget = "patch-options-without-target"
  case placeholder
  case policySelectsNothing = "policy-selects-nothing"
  case replacementDefaultField = "replacement-default-field"
  case replacementNoMatch = "replacement-no-match"
  case replacementUnusedOption = "replacement-unused-option"
  case requiredMissing = "required-missing"
  case resourceNameUnknown = "resource-name-unknown"
  case roleMissing = "role-missing"
  case schemaOutdatedMerge = "schema-outdated-merge"
  case serviceSelectsNothing = "service-selects-nothing"
  case sortOptionsIgnored = "sort-options-ignored"
  case targetGlob = "target-glob"
  case targetMatchesAll = "target-matches-all"
  case targetPortUnknown = "target-port-unknown"
  case targetUnescapedDot = "target-unescaped-dot"
  case unlistedFile = "unlisted-file"
  case unpinnedRemote = "unpinned-remote"
  case unusedGenerated = "unused-generated"
  case unusedIgnore = "unused-ignore"
  case volumeNotMounted = "volume-not-mounted"
  case workloadSelector = "workload-selector"
  case wrongType = "wrong-type"
  case yaml11Word = "yaml-1.1-word"
}

extension DiagnosticID {
  /// Rules of `lint` have this id.
  package var isRule: Bool {
    switch self {
    // What a reader or the build refuses or warns of is judged like what rules find.
    case .unknownField, .deprecatedField, .kustomizationEmpty, .resourceListedTwice: true
    default: family == .lint
    }
  }

  /// The broader kind, which a caller that decides what to do asks for.
  var family: Problem.Code {
    switch self {
    case .anchorContainsItself, .duplicateMergeKey, .embeddedTextNotYaml,
      .invalidDocumentSeparator, .invalidMergeKey, .malformedYaml, .mergeConflictMark,
      .mergeKeyRepeatsField, .missingColon, .notUTF8, .openBracket, .openQuote,
      .tabInIndentation, .templateInYaml, .tooManyAliases, .unknownAnchor, .yamlComplexKey,
      .yamlEscapedSlash, .yamlQuestionMark,
      .yamlTooDeep:
      .malformedYAML
    case .absoluteDirectory, .ambiguousDirectory, .componentAsResource, .conflictingFieldSpecs,
      .conflictingLabelFields, .controlCharacterInField, .crdsWithoutDefinitions,
      .definitionsNotJson, .deprecatedField, .emptyCrdsFile, .emptyPath,
      .emptyReplacementReject, .endlessCrdType, .fieldKeyNotText, .fieldKeyNull,
      .fieldNotText, .fileWithoutReplacements, .invalidLabelSelector, .invalidSelectorPattern,
      .kustomizationEmpty,
      .notASchema, .openQuoteInArguments, .repeatedField, .repeatedVariable,
      .replacementWithPath, .resourceAsComponent, .schemaPathAndVersion,
      .severalKustomizations, .unknownSchemaVersion, .unusedVariable, .wrongFieldType,
      .wrongKustomizationKind, .wrongKustomizationVersion:
      .invalidKustomization
    case .unknownField:
      .unknownField
    case .missingKustomization:
      .missingKustomization
    case .fileNotReadable, .repositoryWithoutDirectory, .rootNotADirectory, .rootNotReadable:
      .unreadable
    case .chartNotInCache, .controlCharacterInAddress, .notFetched:
      .notFetched
    case .addressLeavesRepository, .addressOutsideRepository, .directoryOutsideRepository,
      .fileOutsideRepository, .fileOutsideRoot, .localRepositoryFromRemote, .mountOutside,
      .outsideLoadRoot:
      .outsideRoot
    case .cycle:
      .cycle
    case .annotationsDisagree, .listInsteadOfMapping,
      .itemsNotAList, .listItemNotInJson, .noResource, .notAListOfOrigins, .notAnOrigin,
      .nullApiVersion,
      .resourceWithoutKind, .resourceWithoutName, .subjectNamespaceNotText,
      .subjectNotAMapping:
      .invalidResource
    case .chartPrintsTwice, .functionPrintsTwice, .generatedTwice, .namespaceConflict,
      .objectTwiceInStream, .resourceAddedTwice, .resourceListedTwice, .sameFinalId,
      .sameIdAfterPatch:
      .duplicateResource
    case .chartNameIsOption, .chartWithoutName, .chartWithoutRepository, .emptyValuesFile,
      .envFileNotUtf8, .envLineTooLong, .fileSourceWithSeveralEquals, .fileSourceWithoutKey,
      .fileSourceWithoutPath, .generatorWithoutName, .helmValuesAlias,
      .helmValuesShapeDiffers, .invalidLiteral, .needsHashNotABoolean, .nothingToMerge,
      .registryWithUser, .repeatedDataKey, .severalToMerge, .transformerAsGenerator, .unknownCloud,
      .unknownValuesMerge, .valuesNotMerged:
      .invalidGenerator
    case .affixWithoutFieldSpecs, .ambiguousFunctionResult, .delimiterInCollection,
      .fieldPathElementOfMapping, .fieldPathEmptyStep, .fieldPathThroughScalar,
      .formerIDWithComma, .generatorAsTransformer,
      .madeElementDiffers, .negativeFilePathPosition, .pathElementWithoutSign,
      .pathExpressionInvalid, .pathIndexNegative, .referenceListWithoutNames,
      .referenceWithoutName, .replacementIncomplete, .replacementPartMissing,
      .replacementWithTwoSources, .replacementWithoutSelect, .replicasWithoutResource,
      .subjectsNotAList, .unknownBuiltInKind, .unknownRoleBindingSubjects, .validatorChanges,
      .valueFieldMissing, .valueNotAMapping, .valueNotAScalar, .valueWithoutFieldPath,
      .valueWithoutTargets, .variableListElementNotText, .variableMappingKeyNotText,
      .wildcardInSourcePath:
      .invalidTransformation
    case .emptyPatch, .emptyStrategicPatches, .jsonEndsEarly, .jsonPatchBadIndex,
      .jsonPatchFieldNotText, .jsonPatchKeyMissing, .jsonPatchNotAList,
      .jsonPatchOperationNotAMapping, .jsonPatchPathMissing, .jsonPatchRootNotACollection,
      .jsonPatchTestFailed, .jsonPatchTestsNull, .jsonPatchWithoutTarget,
      .jsonPatchWithoutTargetName, .jsonPatchWithoutValue, .jsonTooDeep, .malformedJson,
      .mergedListElementWrong, .patchLeavesAnnotationList, .patchLeavesList, .patchMissing,
      .patchShapeDiffers, .patchWithPath, .patchedBase64Invalid, .patchedEmptyKey,
      .patchedKeyNotText, .patchedKeyTwice, .patchedNumberTooLarge, .patchedTagWrong,
      .patchedTextStartsWithTab, .patchedValueNotInJson, .patchesMissing,
      .severalPatchesWithTarget, .unknownJsonPatchOperation, .unknownPatchDirective:
      .invalidPatch
    case .patchWithSeveralTargets, .patchWithoutTarget, .pathElementMissing, .pathLeadsElsewhere,
      .pathListEmpty, .replacementFieldMissing, .replacementSourceAmbiguous,
      .replacementSourceFieldMissing, .replacementSourceMissing, .variableWithoutField,
      .variableWithoutObject:
      .noMatch
    case .ambiguousReference, .ambiguousVariable:
      .ambiguousReference
    case .embeddedKeyNotText, .printedBase64Invalid, .printedControlCharacter, .printedKeyNotText,
      .printedKeyTwice,
      .printedNotAnObject, .printedNumberNotFinite, .printedTagWrong,
      .printedTextStartsWithTab, .printedTimeWrong:
      .notPrintable
    case .functionWithoutHost, .functionsNotEnabled, .helmNotEnabled, .helmWithoutHost,
      .networkNotEnabled, .pluginWithoutHost:
      .notAllowed
    case .tooDeep:
      .tooDeep
    case .tooManyCrdFields, .tooManyValues, .tooManyVisits, .tooMuchOutput, .tooMuchText:
      .tooLarge
    case .depthLimit, .inputLimit, .nodeLimit, .resourceLimit, .timeLimit:
      .limitExceeded
    case .cancelled:
      .cancelled
    case .functionFailed, .functionInRootDirectory, .functionMessage, .functionNotRun,
      .functionPathsDiffer, .functionPrintsNoObject, .functionWarning,
      .functionWithoutProgram, .helmDirectoryNotMade, .helmFailed, .helmNotRun,
      .helmValuesNotWritten, .helmVersionUnreadable, .helmVersionUnsupported,
      .noPluginDirectory, .pluginFileNotWritten, .pluginNotFound:
      .programFailed
    case .goldenNameNotAFile, .helmWithoutCommand, .lintExceptionWithoutCondition, .orderGivenTwice,
      .projectPathOutside, .unknownBaselineVersion, .unknownBuildMetadata, .unknownCompat,
      .unknownGoldenLayout, .unknownKubernetesVersion, .unknownLintLevel, .unknownRule,
      .unknownSortOrder,
      .unusedLegacySortOptions:
      .invalidOption
    case .versionDifference:
      .versionDifference
    case .goPlugin, .hashUnsupported:
      .unsupported
    case .apiDeprecated, .apiRemoved, .behaviorInvalid, .bindingSubjectMissing,
      .bindingSubjectNamespace, .componentUnused, .configmapTooLarge, .crListReplaced,
      .crdMissingForKind, .crdNotStructural, .customResourceInvalid, .danglingAfterRename,
      .danglingKey, .danglingReference, .directiveInOutput, .duplicateContainer, .duplicateEnv,
      .duplicateKey, .duplicateMountPath, .duplicatePort, .duplicateVolume, .emptyGenerator,
      .enumValue, .envFileSuspicious, .fieldCase, .hashDisabled, .hpaAndReplicas,
      .hpaTargetMissing, .imageEntryEmpty, .imageNameRegexp, .imageNameWithTag, .imageNoMatch,
      .ingressBackendMissing, .itemLost, .jsonPathSlash, .jsonReplaceAdds, .jsonValueMissing,
      .keyInvalid, .labelInvalid, .labelsInSelectors, .listEmptied,
      .literalQuotes, .mergeKeyMissing, .mountWithoutVolume, .nameInvalid, .namespaceMixed,
      .namespaceTwice, .nullValue, .openapiShadowsBuiltin, .optionsWithoutGenerators,
      .patchNoMatch, .patchOptionsWithoutTarget, .placeholder, .policySelectsNothing,
      .replacementDefaultField, .replacementNoMatch, .replacementUnusedOption, .requiredMissing,
      .resourceNameUnknown, .roleMissing, .schemaOutdatedMerge,
      .serviceSelectsNothing, .sortOptionsIgnored, .targetGlob, .targetMatchesAll,
      .targetPortUnknown, .targetUnescapedDot, .unlistedFile, .unpinnedRemote, .unusedGenerated,
      .unusedIgnore, .volumeNotMounted, .workloadSelector, .wrongType, .yaml11Word:
      .lint
    }
  }
}
