import Lamina
import LaminaHost

/// A command of kustomize's, named by one to three words: `edit set image`.
///
/// These commands do without the argument parser: their flags are pflag's, down to the errors, and a call
/// that edits one file should not take longer to start than to work.
struct WordCommand {
  let words: [String]
  /// What stands behind the words in the usage.
  var arguments = ""
  let summary: String
  var flags: [WordFlag] = []
  /// It only says what to do instead, and help does not list it.
  var isRefused = false
  let run: (CommandCall) throws -> Void

  init(
    _ words: String, arguments: String = "", _ summary: String, flags: [WordFlag] = [],
    run: @escaping (CommandCall) throws -> Void
  ) {
    self.words = words.parts(at: " ").map { String($0) }
    self.arguments = arguments
    self.summary = summary
    self.flags = flags
    self.run = run
  }
}

/// One call of a command.
struct CommandCall {
  /// What the program was called as, for messages.
  let program: String
  let arguments: CommandArguments

  /// What is no flag.
  var words: [String] { arguments.words }
}

/// The commands, and how one of them is found and run.
struct WordCommandTable {
  let program: String
  let commands: [WordCommand]
  /// Flags that all of them take.
  var commonFlags: [WordFlag] = [
    WordFlag("help", "h", .isSwitch, "Show this help."),
    // Taken without effect, and not shown: there is no stack of Go's to print.
    WordFlag("stack-trace", nil, .isSwitch, ""),
  ]

  /// Runs the command that the first words name, and ends the process.
  func run(_ arguments: [String]) -> Never {
    if arguments.first == "help" {
      run(arguments.dropFirst().filter { !$0.begins(with: "-") } + ["--help"])
    }
    let arguments = withWordsFirst(arguments)
    let words = arguments.prefix { !$0.begins(with: "-") }
    guard let command = command(named: words) else { runGroup(words.map { $0 }, arguments) }
    run(command, Array(arguments.dropFirst(command.words.count)))
  }

  private func command(named words: ArraySlice<String>) -> WordCommand? {
    commands.filter { words.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
  }

  /// Puts flags that stand between the words of a command behind them: cobra looks past flags and their values for
  /// the command (command.go `stripFlags`).
  private func withWordsFirst(_ arguments: [String]) -> [String] {
    var words: [String] = []
    var flags: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.begins(with: "-") else {
        words.append(argument)
        if commands.contains(where: { $0.words.starts(with: words) }) { continue }
        // An argument of the command, or no word of a command.
        break
      }
      if argument == "--" {
        rest.insert(argument, at: rest.startIndex)
        break
      }
      flags.append(argument)
      if takesNext(argument, behind: words), let value = rest.popFirst() { flags.append(value) }
    }
    return words + flags + rest
  }

  /// Whether a flag takes the argument behind it, as all do for cobra that are not known as switches.
  private func takesNext(_ argument: String, behind words: [String]) -> Bool {
    let isLong = argument.begins(with: "--")
    guard !argument.contains("="), isLong || argument.utf8.count == 2 else { return false }
    let meant = commands.lazy.filter { $0.words.starts(with: words) }
    return !(meant.flatMap(\.flags) + commonFlags).contains { flag in
      flag.isSwitch && argument == (isLong ? "--\(flag.name)" : flag.letter.map { "-\($0)" })
    }
  }

  private func run(_ command: WordCommand, _ rest: [String]) -> Never {
    do throws(CommandFailure) {
      if let wrong = ArgumentText.firstOfOtherBytes { throw CommandFailure(wrong) }
      let arguments = try CommandArguments(rest, flags: command.flags + commonFlags)
      if arguments.isOn("help") {
        StandardOutput.print(isKustomize ? help(of: command) : WordHelp.text(of: command, self))
        exitWithFailure(status: 0)
      }
      do { try command.run(CommandCall(program: program, arguments: arguments)) } catch {
        throw error as? CommandFailure ?? CommandFailure(shown: error)
      }
      exitWithFailure(status: 0)
    } catch {
      StandardError.say("Error: \(error.message)", lines: error.details)
      if error.showsUsage { StandardError.say("", lines: usage(of: command)) }
      exitWithFailure()
    }
  }

  // MARK: - Groups

  /// The words name a group, or nothing. kustomize prints the group's help and succeeds for words that it
  /// does not know; a script that misspells one must not go on.
  private func runGroup(_ words: [String], _ arguments: [String]) -> Never {
    var group: [String] = []
    while let next = words.dropFirst(group.count).first,
      commands.contains(where: { $0.words.starts(with: group + [next]) })
    {
      group.append(next)
    }
    let name = ([program] + group).joined(separator: " ")
    if let unknown = words.dropFirst(group.count).first {
      let next = nextWords(of: group).map(\.word)
      let hint = Suggestion.nearest(to: unknown, among: next).map {
        ["Did you mean this?", "  \($0)"]
      }
      StandardError.say("Error: unknown command \"\(unknown)\" for \"\(name)\"", lines: hint ?? [])
      StandardError.say("Run '\(name) --help' for usage.")
      exitWithFailure()
    }
    let flags = arguments.drop { !$0.begins(with: "-") }
    do throws(CommandFailure) { _ = try CommandArguments(flags, flags: commonFlags) } catch {
      StandardError.say("Error: \(error.message)", lines: [])
      exitWithFailure()
    }
    StandardOutput.print(
      isKustomize
        ? help(ofGroup: group)
        : WordHelp.text(ofGroup: group, self, isLong: !flags.contains("-h")))
    exitWithFailure(status: 0)
  }

  private func nextWords(of group: [String]) -> [(word: String, summary: String)] {
    var result: [(word: String, summary: String)] = []
    for command in commands where command.words.starts(with: group) {
      guard command.words.count > group.count else { continue }
      let word = command.words[group.count]
      if result.contains(where: { $0.word == word }) { continue }
      let isLeaf = command.words.count == group.count + 1
      result.append((word, isLeaf ? command.summary : "See `\(word) --help`."))
    }
    return result
  }

  // MARK: - Help

  /// Under kustomize's name the help is laid out as kustomize's.
  private var isKustomize: Bool { program == "kustomize" }

  private func help(ofGroup group: [String]) -> String {
    let name = ([program] + group).joined(separator: " ")
    let words = nextWords(of: group)
    let width = (words.map(\.word.count).max() ?? 0) + 2
    let rows = words.map {
      "  " + $0.word + String(repeating: " ", count: width - $0.word.count) + $0.summary
    }
    return (["Usage:", "  \(name) [command]", "", "Available Commands:"] + rows + [""])
      .joined(separator: "\n")
  }

  private func help(of command: WordCommand) -> String {
    ([command.summary, ""] + usage(of: command) + [""]).joined(separator: "\n")
  }

  private func usage(of command: WordCommand) -> [String] {
    let words = ([program] + command.words + [command.arguments]).filter { !$0.isEmpty }
    return ["Usage:", "  \(words.joined(separator: " ")) [flags]", "", "Flags:"]
      + (command.flags + commonFlags).filter { !$0.isHidden }.map(row)
  }

  private func row(of flag: WordFlag) -> String {
    let letter = flag.letter.map { "-\($0), " } ?? "    "
    let name = "\(letter)--\(flag.name)\(flag.isSwitch ? "" : " string")"
    return "  " + name + String(repeating: " ", count: max(34 - name.count, 2)) + flag.help
  }
}

extension CommandFailure {
  /// An error of another part, in its own words.
  fileprivate init(shown error: any Error) {
    let lines = StandardError.text(of: error).parts(at: "\n").map { String($0) }
    self.init(lines.first ?? "", details: Array(lines.dropFirst()), showsUsage: false)
  }
}

extension StandardError {
  /// Says a message of which each line of its own begins one.
  fileprivate static func say(_ message: String, lines: [String]) {
    let parts = message.parts(at: "\n", omittingEmptySubsequences: false).map { String($0) }
    for part in parts + lines { say(part) }
  }
}
