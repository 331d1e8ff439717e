internal import Lamina

/// A flag of a command that speaks kustomize's command line.
struct WordFlag: Sendable {
  /// What a flag takes.
  enum Kind: Sendable {
    /// Nothing, or a word for true or false behind `=`.
    case isSwitch
    case text
    /// A text, as often as it is given.
    case texts
    /// Texts with commas between them, as often as they are given.
    case list
  }

  let name: String
  var letter: Character?
  var kind = Kind.text
  let help: String

  init(_ name: String, _ letter: Character?, _ kind: Kind, _ help: String) {
    self.name = name
    self.letter = letter
    self.kind = kind
    self.help = help
  }

  /// A flag with a text.
  init(_ name: String, _ letter: Character?, _ help: String) {
    self.init(name, letter, .text, help)
  }

  var isSwitch: Bool { kind == .isSwitch }
  /// Help does not show it.
  var isHidden: Bool { help.isEmpty }
}

/// The arguments of a call as pflag reads them: flags may stand between arguments, `--` ends them, and the
/// value of a flag may look like anything.
struct CommandArguments {
  private var values: [String: [String]] = [:]
  /// What is no flag.
  private(set) var words: [String] = []
  /// How many of the words stand before `--`; nil where there is none.
  private(set) var wordsBeforeDashes: Int?

  init(_ written: some Collection<String>, flags: [WordFlag]) throws(CommandFailure) {
    var rest = Array(written)[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        wordsBeforeDashes = words.count
        words += rest
        return
      }
      if argument.begins(with: "--") {
        try takeLong(argument, &rest, flags)
      } else if argument.begins(with: "-"), argument != "-" {
        try takeShort(argument, &rest, flags)
      } else {
        words.append(argument)
      }
    }
  }

  func isOn(_ name: String) -> Bool { values[name]?.last == "true" }
  func text(_ name: String) -> String { values[name]?.last ?? "" }
  func has(_ name: String) -> Bool { values[name] != nil }
  /// The values of a flag that may be given several times.
  func texts(_ name: String) -> [String] { values[name] ?? [] }

  private mutating func takeLong(
    _ argument: String, _ rest: inout ArraySlice<String>, _ flags: [WordFlag]
  ) throws(CommandFailure) {
    let parts = argument.dropFirst(2).parts(
      at: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { String($0) } ?? ""
    guard let flag = flags.first(where: { $0.name == name }) else {
      throw CommandFailure("unknown flag: --\(name)")
    }
    if let value = parts.dropFirst().first {
      return try store(String(value), of: flag, "--\(name)")
    }
    if flag.isSwitch { return values[name] = ["true"] }
    guard let value = rest.popFirst() else {
      throw CommandFailure("flag needs an argument: --\(name)")
    }
    try store(value, of: flag, "--\(name)")
  }

  private mutating func takeShort(
    _ argument: String, _ rest: inout ArraySlice<String>, _ flags: [WordFlag]
  ) throws(CommandFailure) {
    var letters = Array(argument.dropFirst())[...]
    while let letter = letters.popFirst() {
      guard let flag = flags.first(where: { $0.letter == letter }) else {
        throw CommandFailure("unknown shorthand flag: '\(letter)' in \(argument)")
      }
      if letters.first == "=" {
        return try store(String(letters.dropFirst()), of: flag, "-\(letter)")
      }
      if flag.isSwitch {
        values[flag.name] = ["true"]
        continue
      }
      guard let value = letters.isEmpty ? rest.popFirst() : String(letters) else {
        throw CommandFailure("flag needs an argument: '\(letter)' in \(argument)")
      }
      return try store(value, of: flag, "-\(letter)")
    }
  }

  private mutating func store(
    _ value: String, of flag: WordFlag, _ written: String
  ) throws(CommandFailure) {
    switch flag.kind {
    case .isSwitch:
      guard let isOn = SwitchValue.isOn(value) else {
        throw CommandFailure(
          "invalid argument \"\(value)\" for \"\(written)\" flag: strconv.ParseBool: parsing \"\(value)\": invalid syntax"
        )
      }
      values[flag.name] = [isOn ? "true" : "false"]
    case .text: values[flag.name] = [value]
    case .texts: values[flag.name, default: []].append(value)
    case .list: values[flag.name, default: []] += Self.list(value)
    }
  }

  /// The texts of a line of comma-separated values, of which those with commas are in double quotes.
  private static func list(_ text: String) -> [String] {
    var result: [String] = []
    var part = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        isQuoted.toggle()
      } else if scalar == ",", !isQuoted {
        result.append(part)
        part = ""
      } else {
        part.unicodeScalars.append(scalar)
      }
    }
    return text.isEmpty ? [] : result + [part]
  }
}

/// The reason why a command does nothing, in kustomize's words where it has some.
struct CommandFailure: Error {
  let message: String
  /// What there is to say beyond, line by line.
  var details: [String] = []
  /// The call was written wrongly, so that its usage helps.
  var showsUsage = true

  init(_ message: String, details: [String] = [], showsUsage: Bool = true) {
    self.message = message
    self.details = details
    self.showsUsage = showsUsage
  }
}
