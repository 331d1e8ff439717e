/// Arguments for the parser, which knows switches without a value only: `--offline=true` becomes
/// `--offline`, and `--offline=false` goes, with all of its name before it.
///
/// kustomize's flags, which people know, are pflag's: each switch may have a value behind `=`. Common calls
/// need no parser (`Invocation`), and take the same values from the same lists of options.
struct SwitchArguments {
  /// What the parser is given.
  private(set) var arguments: [String] = []

  private let switches: Set<String>
  private let valued: Set<String>

  /// A value that a switch cannot have.
  struct Failure: Error {
    /// In the words of pflag.
    let message: String
  }

  init(_ written: [String]) throws(Failure) {
    let subcommand = written.first.flatMap { Subcommand(rawValue: $0) }
    let options =
      BuildOption.allCases.map { ($0.rawValue, $0.isSwitch) }
      + HelmOption.allCases.map { ($0.rawValue, $0.isSwitch) }
      + FunctionOption.allCases.map { ($0.rawValue, $0.isSwitch) }
    let own = (subcommand?.switches ?? []) + ["--help", "--version"]
    switches = Set(options.filter(\.1).map(\.0) + own)
    valued = Set(options.filter { !$0.1 }.map(\.0) + (subcommand?.valuedOptions ?? []))
      .subtracting(own)
    var rest = written[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        arguments += [argument] + rest
        return
      }
      try take(argument)
      // The value of an option is none of its own, whatever it looks like.
      if valued.contains(argument), let value = rest.popFirst() { arguments.append(value) }
    }
  }

  private mutating func take(_ argument: String) throws(Failure) {
    guard let sign = argument.firstIndex(of: "=") else {
      arguments.append(argument)
      return
    }
    let name = String(argument[..<sign])
    let word = String(argument[sign...].dropFirst())
    guard switches.contains(name) else {
      arguments.append(argument)
      return
    }
    guard let isOn = SwitchValue.isOn(word) else {
      throw Failure(
        message: "invalid argument \"\(word)\" for \"\(name)\" flag: "
          + "strconv.ParseBool: parsing \"\(word)\": invalid syntax")
    }
    // Of several, the last one counts.
    if isOn { arguments.append(name) } else { arguments.removeAll { $0 == name } }
  }
}

extension Subcommand {
  /// The switches that only this command has.
  fileprivate var switches: [String] {
    switch self {
    case .affected: ["--omit-removed"]
    case .diff: ["--all", "--show-secrets"]
    case .version: ["--short"]
    case .deps, .golden, .help: []
    }
  }

  /// Options with a value that only this command has, if the value may begin with a dash.
  fileprivate var valuedOptions: [String] { self == .diff ? ["--ignore"] : [] }
}
