internal import Lamina

/// One argument of a common call as a flag: `--name`, or `--name=value`.
struct FlagValue {
  let name: CommandFlag
  /// What stands behind `=`.
  private let value: String?

  /// Nil where the argument is something else. The value of a flag of one letter may also stand right
  /// behind it.
  init?(_ argument: String) {
    let short = String(argument.prefix(2))
    if argument.utf8.count > 2, !argument.begins(with: "--"), let name = CommandFlag(common: short)
    {
      self.name = name
      value = String(argument.dropFirst(argument.begins(with: "\(short)=") ? 3 : 2))
      return
    }
    let parts = argument.parts(at: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first.flatMap({ CommandFlag(common: String($0)) }) else { return nil }
    self.name = name
    value = parts.count > 1 ? String(parts[1]) : nil
  }

  /// The value, which may be the argument behind the flag; nil where there is none.
  func text(from rest: inout ArraySlice<String>) -> String? { value ?? rest.popFirst() }

  /// Whether the switch is on; nil where its value makes no sense.
  var isOn: Bool? { value.map { SwitchValue.isOn($0) } ?? true }
}

/// The values of switches, `--offline=false`, as pflag takes them.
enum SwitchValue {
  /// The words of Go's `strconv.ParseBool`; nil for others.
  static func isOn(_ word: String) -> Bool? {
    switch word {
    case "1", "t", "T", "TRUE", "true", "True": true
    case "0", "f", "F", "FALSE", "false", "False": false
    default: nil
    }
  }
}
