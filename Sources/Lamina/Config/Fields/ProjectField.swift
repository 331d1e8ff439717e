/// The fields of `lamina.yaml`.
enum ProjectField: String, FieldSet {
  case compat
  case diff
  case exclude
  case golden
  case lint

  var row: FieldRow {
    switch self {
    case .compat:
      FieldRow(
        .word(Compatibility.allCases.map(\.rawValue)), since: nil,
        "Which kustomize the builds equal.")
    case .diff: FieldRow(.object(.diff), since: nil, "What diff compares and shows.")
    case .exclude:
      FieldRow(
        .texts, since: nil, "Patterns of directories that --all leaves out, in every command.")
    case .golden: FieldRow(.object(.golden), since: nil, "Golden files.")
    case .lint: FieldRow(.object(.lint), since: nil, "What warnings and lint report.")
    }
  }
}

/// The fields of `diff`.
enum DiffField: String, FieldSet {
  case ignore
  case exclude

  var row: FieldRow {
    switch self {
    case .ignore:
      FieldRow(
        .texts, since: nil,
        "Fields, kinds and objects whose changes are not shown, as metadata.labels or Secret.")
    case .exclude: FieldRow(.texts, since: nil, "Patterns of directories that are not compared.")
    }
  }
}

/// The fields of `golden`.
enum GoldenField: String, FieldSet {
  case roots
  case exclude
  case directory
  case name
  case layout
  case showSecrets

  var row: FieldRow {
    switch self {
    case .roots: FieldRow(.texts, since: nil, "Patterns of directories that have golden files.")
    case .exclude: FieldRow(.texts, since: nil, "Patterns of directories that have none.")
    case .directory: FieldRow(.text, since: nil, "The directory of all golden files.")
    case .name: FieldRow(.text, since: nil, "The name of golden files.")
    case .layout:
      FieldRow(
        .word(GoldenLayout.allCases.map(\.rawValue)), since: nil,
        "One file for a root, or one for each resource.")
    case .showSecrets:
      FieldRow(.flag, since: nil, "Golden files hold the values of secrets.")
    }
  }
}

/// The fields of `lint`. `rules` and `paths` are mappings whose keys are no fields: rules and
/// patterns.
enum LintField: String, FieldSet {
  case kubernetes
  case crds
  case rules
  case paths
  case ignore

  var row: FieldRow {
    switch self {
    case .kubernetes:
      FieldRow(
        .text, since: nil,
        "The version of Kubernetes that objects are checked against, such as 1.33.")
    case .crds:
      FieldRow(
        .texts, since: nil, "Directories with definitions of custom resources.", names: .directory)
    case .rules:
      FieldRow(.levels, since: nil, "The level of each rule: error, warning, lint or off.")
    case .paths:
      FieldRow(
        .levelsByPattern, since: nil,
        "Levels of rules for the roots or files that a pattern matches.")
    case .ignore: FieldRow(.objects(.lintIgnore), since: nil, "Findings that are not reported.")
    }
  }
}

/// The fields of an entry of `lint.ignore`; a finding is ignored if it meets all that are given.
enum LintIgnoreField: String, FieldSet {
  case rule
  case path
  case object
  case reason

  var row: FieldRow {
    switch self {
    case .rule: FieldRow(.text, since: nil, "The rule; if not given, every rule.")
    case .path: FieldRow(.text, since: nil, "A pattern of the roots or files concerned.")
    case .object:
      FieldRow(
        .text, since: nil, "A pattern of the objects concerned, as kind and name: Secret/tls-*.")
    case .reason: FieldRow(.text, since: nil, "Why, for people.")
    }
  }
}
