import Lamina
import LaminaDiff
import LaminaDiagnostics
import LaminaExplain

/// A call of a shell's script: which words may stand at the cursor? `render __complete INDEX WORD...`
///
/// The index counts the program as the word 0; the words are those behind it, of which the one at the index is
/// written up to the cursor. Prints one candidate a line, or `files` where the shell knows them better.
struct CompletionRequest {
  static let word = "__complete"
  /// Printed in the place of candidates: files of any kind.
  static let files = ":files"

  private let program: String
  /// The words before the cursor's.
  private let before: [String]
  /// The word at the cursor, as far as it is written.
  private let prefix: String

  /// Nil where the call is something else.
  init?(_ arguments: ArraySlice<String>, program: String) {
    guard arguments.first == Self.word, let index = arguments.dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    let words = Array(arguments.dropFirst(2))
    self.program = program
    guard index > 0 else {
      before = []
      prefix = ""
      return
    }
    // bash takes `--format=json` for three words.
    before = words.prefix(index - 1).filter { $0 != "=" }
    let written = index <= words.count ? words[index - 1] : ""
    prefix = written == "=" ? "" : written
  }

  func answer() -> Never {
    StandardOutput.print(candidates.map { "\($0.onOneLine)\n" }.joined())
    exitWithSuccess()
  }

  // MARK: - Candidates

  var candidates: [String] {
    if program == "kustomize" { return wordCandidates(before, KustomizeProgram.commands) }
    guard let first = before.first, !first.begins(with: "-") else {
      return before.isEmpty && !prefix.begins(with: "-")
        ? matching(commandNames) + PlaceCompletion.directories(prefix)
        : commandCandidates("build", before)
    }
    if first == "kustomize" {
      return wordCandidates(Array(before.dropFirst()), KustomizeProgram.commands)
    }
    if KustomizeCommand(rawValue: first) != nil {
      return wordCandidates(before, KustomizeCommands.all)
    }
    if first == "help" { return before.count > 1 ? [] : matching(commandNames) }
    let rest = Array(before.dropFirst())
    guard Subcommand(rawValue: first) != nil || first == "build" else {
      return commandCandidates("build", before)
    }
    let below = CommandPage.all.map(\.name).filter { $0.begins(with: "\(first) ") }
    if below.isEmpty { return commandCandidates(first, rest) }
    guard let second = rest.first else {
      return matching(below.map { String($0.dropFirst(first.count + 1)) })
    }
    return commandCandidates("\(first) \(second)", Array(rest.dropFirst()))
  }

  private var commandNames: [String] { CommandGroup.all.flatMap(\.commands) + ["help"] }

  private func matching(_ words: [String]) -> [String] { words.filter { $0.begins(with: prefix) } }

  /// What may follow in a call of one of the parser's commands.
  private func commandCandidates(_ command: String, _ words: [String]) -> [String] {
    let flags = CommandFlag.allCases.filter {
      $0.commands.contains(command) && $0.row.help != nil
    }
    func flag(_ word: String) -> CommandFlag? {
      flags.first { $0.long == word || $0.row.short.map { "-\($0)" } == word }
    }
    if let last = words.last, let flag = flag(last), !flag.isSwitch {
      return values(of: flag, from: prefix, in: "")
    }
    if let sign = prefix.firstIndex(of: "="), let flag = flag(String(prefix[..<sign])) {
      let written = String(prefix[prefix.index(after: sign)...])
      return values(of: flag, from: written, in: "\(flag.long)=")
    }
    if prefix.begins(with: "-") { return matching(flags.map(\.long) + ["--help"]) }
    // What is neither a flag nor the value of one.
    var named: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if let flag = flag(word), !flag.isSwitch {
        rest = rest.dropFirst()
      } else if !word.begins(with: "-") {
        named.append(word)
      }
    }
    switch command {
    case "explain": return PlaceCompletion.explained(named, prefix)
    case "schema": return matching(SchemaCommand.File.allCases.map(\.rawValue))
    case "version": return []
    // Sides are rendered files as well.
    case "diff": return [Self.files]
    default: return PlaceCompletion.directories(prefix)
    }
  }

  private func values(of flag: CommandFlag, from written: String, in front: String) -> [String] {
    let values = flag.values.filter { $0.begins(with: written) }
    if values.isEmpty, ["dir", "file", "path", "line", "program"].contains(flag.row.value) {
      return [Self.files]
    }
    return values.map { front + $0 }
  }

  /// The next words, the flags or the files of a command that does without the parser.
  private func wordCandidates(_ words: [String], _ all: [WordCommand]) -> [String] {
    let commands = all.filter { !$0.isRefused }
    let named = words.prefix { !$0.begins(with: "-") }
    if let command = commands.filter({ named.starts(with: $0.words) })
      .max(by: { $0.words.count < $1.words.count })
    {
      if prefix.begins(with: "-") {
        return matching(command.flags.filter { !$0.isHidden }.map { "--\($0.name)" } + ["--help"])
      }
      return [Self.files]
    }
    var next: [String] = []
    for command in commands where command.words.count > named.count {
      let word = command.words[named.count]
      if command.words.starts(with: named), !next.contains(word) { next.append(word) }
    }
    return matching(next)
  }
}

extension CommandFlag {
  /// The values that the flag may have, where they can be listed.
  var values: [String] {
    switch self {
    case .loadRestrictor: LoadRestriction.allCases.map(\.rawValue)
    case .compatibility: Compatibility.allCases.map(\.rawValue)
    case .color: ColorChoice.allCases.map(\.rawValue)
    case .diagnostics: DiagnosticFormat.allCases.map(\.rawValue)
    case .diffFormat: DiffFormat.allCases.map(\.rawValue)
    case .depsFormat: DependencyFormat.allCases.map(\.rawValue)
    case .affectedFormat: AffectedCommand.Format.allCases.map(\.rawValue)
    case .explainFormat: ExplainFormat.allCases.map(\.rawValue)
    case .goldenCheckFormat: GoldenCheckCommand.Format.allCases.map(\.rawValue)
    case .lintFailLevel: LintFailLevel.allCases.map(\.rawValue)
    case .lintExplain: Rule.ofLint.map(\.id.rawValue)
    case .versionOutput: VersionCommand.Format.allCases.map(\.rawValue)
    default: []
    }
  }
}
