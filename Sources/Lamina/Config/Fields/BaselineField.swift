/// The fields of a baseline of findings.
enum BaselineField: String, FieldSet {
  case version
  case findings

  var row: FieldRow {
    switch self {
    case .version: FieldRow(.integer, since: nil, "The version of the format.")
    case .findings:
      FieldRow(.objects(.baselineFinding), since: nil, "How often each finding is known.")
    }
  }
}

enum BaselineFindingField: String, FieldSet {
  case rule
  case file
  case object
  case count

  var row: FieldRow {
    switch self {
    case .rule: FieldRow(.text, since: nil, "The rule.")
    case .file: FieldRow(.text, since: nil, "The file, from the project's directory.")
    case .object: FieldRow(.text, since: nil, "The object, as kind and name.")
    case .count: FieldRow(.integer, since: nil, "How often it is known.")
    }
  }
}
