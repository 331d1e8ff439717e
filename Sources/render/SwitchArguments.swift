internal import Lamina

/// Arguments for the parser, which knows switches without a value only: `--offline=true` becomes
/// `--offline`, and `--offline=false` goes, with all of its name before it.
///
/// kustomize's flags, which people know, are pflag's: each switch may have a value behind `=`. Common calls
/// need no parser (`Invocation`), and take the same values; both read the table of flags.
struct SwitchArguments {
  /// What the parser is given.
  private(set) var arguments: [String] = []

  private let switches: Set<String>
  private let valued: Set<String>

  /// A value that a switch cannot have, or a flag that has another name here.
  struct Failure: Error {
    /// Of switches, in the words of pflag.
    let message: String
  }

  init(_ written: [String]) throws(Failure) {
    // Without the name of a command, a build is meant.
    let command = written.first.flatMap { Subcommand(rawValue: $0) }?.rawValue ?? "build"
    let flags = CommandFlag.allCases.filter { flag in
      flag.commands.contains { $0 == command || $0.begins(with: "\(command) ") }
    }
    switches = Set(flags.filter(\.isSwitch).map(\.long) + ["--help", "--version"])
    valued = Set(flags.filter { !$0.isSwitch }.map(\.long))
    try Self.checkFormat(written, of: command, flags)
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

  /// What some commands call `--format` is `--diagnostics` in those whose output is another one.
  private static func checkFormat(
    _ written: [String], of command: String, _ flags: [CommandFlag]
  ) throws(Failure) {
    let names = flags.map(\.long)
    guard names.contains(CommandFlag.diagnostics.long), !names.contains("--format"),
      written.prefix(while: { $0 != "--" })
        .contains(where: { $0 == "--format" || $0.begins(with: "--format=") })
    else { return }
    throw Failure(
      message: "'\(command)' has no --format; \(CommandFlag.diagnostics.long) says how to print "
        + "errors and warnings")
  }

  private mutating func take(_ argument: String) throws(Failure) {
    guard let cut = argument.cut(at: "=") else {
      arguments.append(argument)
      return
    }
    let name = String(cut.before)
    let word = String(cut.after)
    guard switches.contains(name) else {
      arguments.append(argument)
      return
    }
    // In former versions this switch had a value: the directory to search.
    if name == CommandFlag.all.long, SwitchValue.isOn(word) == nil, !word.isEmpty {
      arguments += [name, word]
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
