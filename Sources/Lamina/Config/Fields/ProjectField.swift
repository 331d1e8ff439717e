/// The fields of `lamina.yaml`.
enum ProjectField: String, FieldSet {
  case compat
  case golden

  var row: FieldRow {
    switch self {
    case .compat:
      FieldRow(
        .word(Compatibility.allCases.map(\.rawValue)), since: nil,
        "Which kustomize the builds equal.")
    case .golden: FieldRow(.object(.golden), since: nil, "Golden files.")
    }
  }
}

enum GoldenField: String, FieldSet {
  case roots
  case exclude
  case directory
  case name
  case layout

  var row: FieldRow {
    switch self {
    case .roots: FieldRow(.texts, since: nil, "Patterns of directories that have golden files.")
    case .exclude: FieldRow(.texts, since: nil, "Patterns of directories that have none.")
    case .directory: FieldRow(.text, since: nil, "The directory of all golden files.")
    case .name: FieldRow(.text, since: nil, "The name of golden files.")
    case .layout:
      FieldRow(
        .word(GoldenSettings.Layout.allCases.map(\.rawValue)), since: nil,
        "One file for a root, or one for each resource.")
    }
  }
}
