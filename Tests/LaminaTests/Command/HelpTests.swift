import ArgumentParser
import Foundation
import Testing

@testable import render

/// Help fits the screen, agrees with the parser, and shows calls that work.
@Suite struct HelpTests {
  private let table = WordCommandTable(program: "render", commands: KustomizeCommands.all)
  private static let groups = [
    ["edit"], ["edit", "set"], ["edit", "add"], ["cfg"], ["completion"],
  ]

  private func shortPages() -> [String] {
    CommandPage.all.map { CommandHelp.text(of: $0, isLong: false) }
      + Self.groups.map { WordHelp.text(ofGroup: $0, table, isLong: false) }
  }

  @Test func shortHelpFitsAScreen() {
    for text in shortPages() {
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 40, "\(text)")
    }
  }

  @Test func helpForWhatIsNoCommandIsAMistake() throws {
    let directory = FileManager.default.temporaryDirectory
    let outcome = try BuiltCommand.run(["help", "explan"], in: directory)
    #expect(outcome.errors == "error: there is no command \"explan\"; did you mean \"explain\"?\n")
    #expect(outcome.output == "")
    #expect(outcome.status == 64)
    let far = try BuiltCommand.run(["help", "xyzzy"], in: directory)
    #expect(far.errors == "error: there is no command \"xyzzy\"; `render -h` lists all\n")
  }

  @Test func pagesOfRulesAreWrappedAndStayMarkdown() throws {
    let outcome = try BuiltCommand.run(
      ["lint", "--explain", "duplicate-mount-path"], in: FileManager.default.temporaryDirectory)
    #expect(
      outcome.output == """
        # duplicate-mount-path

        Level: warning (a warning of every build and of lint, an error with --strict). A
        container mounts two volumes at one path.

        The API refuses a container that mounts two volumes at one path.

            volumeMounts:
            - {name: data, mountPath: /data}
            - {name: cache, mountPath: /data}   # another path

        To silence one finding, put a comment on its line or above it:

            # lamina: ignore[duplicate-mount-path] why

        To switch the rule off, or to give it another level, in lamina.yaml:

            lint: {rules: {duplicate-mount-path: off}}

        """)
    let long = HelpPage.wrapped("Say `a` " + String(repeating: "word ", count: 20) + "\n\n# b\n")
    #expect(
      long.split(separator: "\n", omittingEmptySubsequences: false).map(\.utf8.count)
        == [77, 29, 0, 3, 0])
    #expect(long.hasPrefix("Say `a` word"))
  }

  /// A command that only has others below it says which.
  @Test func aGroupAloneAsksForHelp() throws {
    let directory = FileManager.default.temporaryDirectory
    let outcome = try BuiltCommand.run(["golden"], in: directory)
    #expect(outcome.output == CommandHelp.text(of: .golden, isLong: false))
    #expect(outcome.status == 0)
  }

  @Test func noLineIsWiderThanATerminal() {
    let long =
      CommandPage.all.map { CommandHelp.text(of: $0, isLong: true) }
      + Self.groups.map { WordHelp.text(ofGroup: $0, table, isLong: true) }
      + KustomizeCommands.all.map { WordHelp.text(of: $0, table) }
    for line in (shortPages() + long).flatMap({ $0.split(separator: "\n") }) {
      #expect(line.count <= HelpPage.width, "\(line)")
    }
  }

  @Test func pagesShowFlagsOfTheirCommands() {
    for page in CommandPage.all {
      let command = page.name.isEmpty ? "build" : page.name
      for flag in page.mainFlags ?? [] {
        #expect(flag.commands.contains(command), "\(command) \(flag.long)")
        #expect(flag.row.help != nil)
      }
    }
  }

  /// Each example is a call that the parser takes.
  @Test func examplesAreCalls() throws {
    for (call, _) in CommandPage.all.flatMap(\.examples) {
      let words = call.split { "|>".contains($0) }[0].split(separator: " ").dropFirst()
      let arguments = try SwitchArguments(words.map { String($0) }).arguments
      _ = try RenderCommand.parseAsRoot(arguments)
    }
  }

  /// Part of what the parser says of itself with `--experimental-dump-help`.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let commandName: String
      let abstract: String?
      let subcommands: [Command]?
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable { let name: String }

      let names: [Name]?
      let defaultValue: String?
      let allValues: [String]?
    }

    let command: Command
  }

  /// Usual values and legal values in the table of flags are those of the parser.
  @Test func valuesAreThoseOfTheParser() throws {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(RenderCommand._dumpHelp().utf8))
    check(dump.command, path: [])
  }

  private func check(_ command: Dump.Command, path: [String]) {
    for argument in command.arguments ?? [] {
      let names = (argument.names ?? []).map { "--\($0.name)" }
      guard
        let flag = CommandFlag.allCases.first(where: {
          names.contains($0.long) && $0.commands.contains(path.joined(separator: " "))
        }), let help = flag.row.help, !flag.isSwitch
      else { continue }
      if let usual = argument.defaultValue, !usual.isEmpty {
        let shown = flag.row.usual.map { $0 == usual || "\($0).0" == usual } ?? false
        #expect(shown, "\(path) \(flag.long): \(usual)")
      }
      for value in argument.allValues ?? [] { #expect(help.contains(value), "\(flag.long)") }
    }
    for subcommand in command.subcommands ?? [] where subcommand.commandName != "help" {
      check(subcommand, path: path + [subcommand.commandName])
    }
  }

  /// Every command of the parser has its place in the groups, and every word in them is a command.
  @Test func everyCommandIsInAGroup() throws {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(RenderCommand._dumpHelp().utf8))
    let known = Set((dump.command.subcommands ?? []).map(\.commandName)).subtracting(["help"])
    let grouped = Set(CommandGroup.all.flatMap(\.commands))
    #expect(grouped == known.union(["kustomize", "openapi"]))
  }

  @Test(arguments: [
    (["-h"], "", false), (["--help"], "", true), (["overlays/x", "--help"], "", true),
    (["diff", "-h"], "diff", false), (["golden", "check", "--help"], "golden check", true),
    (["help", "golden", "check"], "golden check", true), (["help"], "", true),
    (["build", "-h", "--all"], "build", false),
  ])
  func requests(words: [String], name: String, isLong: Bool) throws {
    guard case .help(let page, let long)? = HelpRequest(words[...]) else {
      Issue.record("no help for \(words)")
      return
    }
    #expect(page.name == name)
    #expect(long == isLong)
  }

  @Test func versionIsOfTheWholeCommand() {
    guard case .version? = HelpRequest(["--version"]) else {
      Issue.record("--version goes to the parser")
      return
    }
  }

  /// What looks like a request is none as the value of a flag or behind `--`.
  @Test(arguments: [
    ["diff", "a", "b", "--title", "--help"], ["--output", "-h"], ["--", "--help"],
    ["diff", "a", "b"], ["version", "--version"],
  ])
  func noRequests(words: [String]) {
    if HelpRequest(words[...]) != nil { Issue.record("help for \(words)") }
  }
}
