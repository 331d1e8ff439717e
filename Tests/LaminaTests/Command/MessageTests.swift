import Foundation
import Testing

@testable import Lamina
@testable import render

/// What is said on the way: how much, in which width and which colours.
@Suite struct MessageTests {
  private let scratch: ScratchDirectory
  private static let escape = "\u{1B}["

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("a/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "a/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    try scratch.write("old/kustomization.yaml", "bases: [../a]\n")
    try scratch.write("wrong/kustomization.yaml", "resorces: [cm.yaml]\n")
  }

  // MARK: - How much

  @Test func quietLeavesErrorsOnly() throws {
    defer { scratch.remove() }
    #expect(try scratch.render("old").errors.contains("warning: "))
    let quiet = try scratch.render("old", "--quiet")
    #expect(quiet.errors == "")
    #expect(quiet.output == (try scratch.render("old")).output)
    #expect(
      try scratch.render("wrong", "--quiet").errors == (try scratch.render("wrong")).errors)
    #expect(try scratch.render("a", "--reorder", "none", "--quiet").errors == "")
    #expect(try scratch.render("--all", "a", "old", "--exclude", "x", "--quiet").errors == "")
  }

  @Test func everyBuildingCommandTakesTheSameFlags() throws {
    defer { scratch.remove() }
    let commands = Set(CommandFlag.allCases.flatMap(\.commands))
      .subtracting(["version", "mcp"])
    for flag: CommandFlag in [.quiet, .verbose, .color, .jobs, .offline] {
      #expect(Set(flag.commands) == commands, "\(flag.long)")
    }
    // A worker is told each of its directories, and the language server builds all.
    let searching = commands.subtracting(["worker"])
    #expect(Set(CommandFlag.exclude.commands) == searching)
    #expect(Set(CommandFlag.all.commands) == searching.subtracting(["lsp"]))
  }

  @Test func verboseSaysWhatIsRunAndHowLongItTakes() throws {
    defer { scratch.remove() }
    let plain = try scratch.render("a")
    let outcome = try scratch.render("a", "--verbose")
    #expect(outcome.output == plain.output)
    #expect(outcome.errors.wholeMatch(of: /verbose: rendered a \([0-9]+\.[0-9] ms\)\n/) != nil)
    try scratch.write(
      "fn/kustomization.yaml", "resources: [../a/cm.yaml]\ntransformers: [fn.yaml]\n")
    try scratch.write(
      "fn/fn.yaml",
      """
      kind: Change
      metadata:
        name: fn
        annotations:
          config.kubernetes.io/function: "exec: {path: ./fn}"

      """)
    try scratch.write("fn/fn", "#!/bin/sh\ncat\n")
    chmod(scratch.path("fn/fn"), 0o755)
    let ran = try scratch.render(
      "deps", "fn", "--verbose", "--enable-alpha-plugins", "--enable-exec", "--load-restrictor",
      "LoadRestrictionsNone")
    #expect(ran.status == 0)
    #expect(ran.errors.contains(/verbose: ran [^\n]*fn \([0-9]+\.[0-9] ms\)\n/), "\(ran.errors)")
  }

  // MARK: - Which roots

  @Test(arguments: [
    ["--all"], ["deps", "--all"], ["lint", "--all", "--fail-level", "error"],
    ["explain", "--all"],
  ])
  func excludedRootsAreNotFound(command: [String]) throws {
    defer { scratch.remove() }
    #expect(try scratch.run(command).status != 0)
    #expect(try scratch.run(command + ["--exclude", "wr*"]).status == 0)
    try scratch.write("lamina.yaml", "exclude: [wrong]\n")
    #expect(try scratch.run(command).status == 0)
    let named = try scratch.render("wrong")
    #expect(named.status == 1)
  }

  @Test func aPatternWithoutRootsIsAWarning() throws {
    defer { scratch.remove() }
    let outcome = try scratch.render("--all", ".", "--exclude", "wrong", "--exclude=x/**")
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasPrefix("warning: --exclude x/**: it matches no root\n"))
  }

  /// A golden file of a root that a call leaves out is neither reported nor removed.
  @Test func goldenFilesOfExcludedRootsStay() throws {
    defer { scratch.remove() }
    try scratch.write("wrong/kustomization.yaml", "resources: [../a]\n")
    try scratch.write("a2/kustomization.yaml", "resources: [../a]\n")
    #expect(try scratch.render("golden", "update").status == 0)
    let before = try #require(scratch.read("wrong/golden.yaml"))
    try scratch.write("wrong/kustomization.yaml", "resources: [../a]\nnamePrefix: x-\n")
    let check = try scratch.render("golden", "check", "--exclude", "wrong")
    #expect(check.status == 0, "\(check.output)")
    #expect(try scratch.render("golden", "check").status == 1)
    #expect(try scratch.render("golden", "update", "--exclude", "wrong").status == 0)
    #expect(scratch.read("wrong/golden.yaml") == before)
    #expect(try scratch.render("golden", "update", "--quiet").output == "")
    #expect(scratch.read("wrong/golden.yaml") != before)
  }

  // MARK: - Width

  private func excerpt(_ line: String, column: Int, columns: Int = 80) -> [String] {
    Excerpt(
      of: line, at: .init(file: "f", line: 3, column: column), columns: columns
    ).lines(hint: nil)
  }

  @Test func shortLinesAreShownWhole() {
    #expect(excerpt("patchs:", column: 1) == ["    3 │ patchs:", "      │ ^"])
    let full = String(repeating: "x", count: 70)
    #expect(excerpt(full, column: 20)[0] == "    3 │ \(full)")
  }

  /// The mark stands below its character wherever the line is cut, and neither row is too wide.
  @Test(arguments: [40, 80, 120, 200])
  func longLinesAreCutAroundThePlace(columns: Int) throws {
    let letters = (0..<1000).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) }
    for column in [1, 30, 60, 79, 80, 81, 150, 500, 999, 1000, 1001] {
      let rows = excerpt(String(letters), column: column, columns: columns)
      #expect(rows[0].count <= columns, "\(column)")
      let mark = try #require(rows[1].firstIndex(of: "^"))
      let place = rows[1].distance(from: rows[1].startIndex, to: mark)
      #expect(place < columns)
      if column <= letters.count { #expect(Array(rows[0])[place] == letters[column - 1]) }
    }
  }

  @Test func aLogHasEightyColumns() throws {
    defer { scratch.remove() }
    let value = String(repeating: "long ", count: 60)
    try scratch.write("a/kustomization.yaml", "resorces: [\(value)]\n")
    let rows = try scratch.render("a").errors.split(separator: "\n")
    #expect(rows[1].count == 79 && rows[1].hasSuffix("…"), "\(rows)")
  }

  // MARK: - Colours

  @Test func colours() {
    #expect(
      MessageColours.painted("a.yaml:1:2: error: no error: here\n    1 │ x\n      │ ^ y\n")
        == "a.yaml:1:2: \u{1B}[1;31merror\u{1B}[0m: no error: here\n"
        + "\u{1B}[2m    1 │\u{1B}[0m x\n\u{1B}[2m      │\u{1B}[0m\u{1B}[1;32m ^ y\u{1B}[0m\n")
    #expect(MessageColours.painted("  │ error: said\n") == "  │ error: said\n")
    #expect(MessageColours.painted("warning: x") == "\u{1B}[1;33mwarning\u{1B}[0m: x")
    #expect(MessageColours.painted("no severity:error") == "no severity:error")
  }

  @Test(
    arguments: [
      ([:], [], false), (["CLICOLOR_FORCE": "1"], [], true), (["CLICOLOR_FORCE": "0"], [], false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], [], false),
      (["NO_COLOR": "1"], ["--color", "always"], true),
      (["CLICOLOR_FORCE": "1"], ["--color=never"], false),
    ] as [([String: String], [String], Bool)])
  func errorsAreColouredAsAsked(
    environment: [String: String], flags: [String], isColoured: Bool
  ) throws {
    defer { scratch.remove() }
    for command in [["wrong"], ["lint", "wrong"], ["deps", "wrong"]] {
      let outcome = try BuiltCommand.run(
        command + flags, in: scratch.url,
        environment: ["NO_COLOR": ""].merging(environment) { $1 })
      let text = outcome.errors + outcome.output
      #expect(text.contains("unknown field"))
      #expect(text.contains(Self.escape) == isColoured, "\(command)")
    }
  }
}

extension ScratchDirectory {
  fileprivate func run(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments, in: url)
  }
}
