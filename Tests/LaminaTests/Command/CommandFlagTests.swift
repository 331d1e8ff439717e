import ArgumentParser
import Foundation
import Testing

@testable import render

/// The table of flags and the full parser know the same flags, and the fast path reads what the parser
/// reads.
@Suite struct CommandFlagTests {
  /// Part of what the parser says of itself with `--experimental-dump-help`.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let commandName: String
      let subcommands: [Command]?
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
      let valueName: String?
      let abstract: String?
    }

    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let command: Command
  }

  @Test func everyFlagOfTheParserHasItsRow() throws {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(RenderCommand._dumpHelp().utf8))
    var flags: [String: Set<String>] = [:]
    collect(dump.command, path: [], into: &flags)
    let commands = Set(CommandFlag.allCases.flatMap(\.commands))
    #expect(Set(flags.filter { !$0.value.isEmpty }.keys) == commands)
    for command in commands.sorted() {
      let rows = CommandFlag.allCases.filter { $0.commands.contains(command) }.map(line)
      #expect(flags[command] == Set(rows), "\(command)")
    }
  }

  private func collect(
    _ command: Dump.Command, path: [String], into flags: inout [String: Set<String>]
  ) {
    let own = (command.arguments ?? []).filter { $0.kind != "positional" }.map { argument in
      let names = (argument.names ?? []).map { ($0.kind == "short" ? "-" : "--") + $0.name }
      let value = argument.kind == "option" ? argument.valueName : nil
      return "\(names.sorted()) \(value ?? "") \(argument.abstract ?? "")"
    }
    let shared = ["--help", "--version"]
    flags[path.joined(separator: " ")] = Set(
      own.filter { line in
        !shared.contains { line.contains("\"\($0)\"") }
      })
    for subcommand in command.subcommands ?? [] where subcommand.commandName != "help" {
      collect(subcommand, path: path + [subcommand.commandName], into: &flags)
    }
  }

  private func line(_ flag: CommandFlag) -> String {
    let names = [flag.long] + (flag.row.short.map { ["-\($0)"] } ?? [])
    return "\(names.sorted()) \(flag.row.value ?? "") \(flag.row.help ?? "")"
  }

  /// Flags without which others say nothing.
  private static let company: ArraySlice<String> = [
    "--output", "out", "--manifest", "list", "--shard", "1/2",
  ]

  /// What common calls read, the full parser reads alike: same words, same options.
  @Test(
    arguments: CommandFlag.allCases.filter { $0.commands.contains("build") },
    ["1", "v1.2", "next", "none", "json", "never", "LoadRestrictionsNone", "false", "2/3"])
  func commonCallsReadWhatTheParserReads(flag: CommandFlag, value: String) throws {
    for words in [["\(flag.long)=\(value)"], [flag.long, value], [flag.long]] {
      let arguments = ["dir"] + Self.company + words
      guard let common = Invocation(common: arguments[...]) else { continue }
      let command = try #require(
        try RenderCommand.parseAsRoot(SwitchArguments(arguments).arguments) as? BuildCommand)
      try command.validate()
      #expect(String(describing: common) == String(describing: command.invocation), "\(words)")
    }
  }

  @Test func everyFlagOfABuildIsReadByCommonCalls() {
    let values = ["1", "next", "none", "json", "never", "LoadRestrictionsNone", "2/3"]
    for flag in CommandFlag.allCases where flag.commands.contains("build") {
      let isRead =
        flag.isSwitch
        ? Invocation(common: Self.company + [flag.long]) != nil
        : values.contains { Invocation(common: Self.company + [flag.long, $0]) != nil }
      #expect(isRead, "\(flag.long)")
    }
  }
}
