import Foundation
import Testing

/// Switches with a value behind `=`, as pflag takes them, for every command.
@Suite struct SwitchTests {
  private let scratch: ScratchDirectory
  /// Each command with what else it needs.
  private static let commands = [
    ["build", "."], ["deps", "."], ["diff", ".", "."], ["golden", "check", "."],
    ["golden", "update", "."], ["affected", ".", "--base", "HEAD"],
  ]
  private static let switches = [
    "--offline", "--no-cache", "--enable-helm", "--helm-debug", "--enable-alpha-plugins",
    "--enable-exec", "--network", "--as-current-user",
  ]

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    let outcome = try scratch.shell(
      "git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -qm x")
    try #require(outcome.status == 0)
  }

  private func run(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    let outcome = try BuiltCommand.run(arguments, in: scratch.url)
    try? FileManager.default.removeItem(atPath: scratch.path("golden.yaml"))
    return outcome
  }

  @Test(arguments: commands)
  func everyCommandTakesThem(command: [String]) throws {
    defer { scratch.remove() }
    let plain = try run(command)
    for name in Self.switches {
      for word in ["true", "True", "TRUE", "t", "T", "1", "false", "False", "FALSE", "f", "F", "0"]
      {
        let outcome = try run(command + ["\(name)=\(word)"])
        #expect(outcome.status == plain.status, "\(name)=\(word)")
        #expect(outcome.errors == plain.errors, "\(name)=\(word)")
      }
      let outcome = try run(command + ["\(name)=maybe"])
      #expect(outcome.status == 64)
      #expect(
        outcome.errors.hasPrefix(
          "error: invalid argument \"maybe\" for \"\(name)\" flag: "
            + "strconv.ParseBool: parsing \"maybe\": invalid syntax\n"))
    }
  }

  /// The help of each command has no switch that this test does not know.
  @Test(arguments: commands)
  func noSwitchIsMissingHere(command: [String]) throws {
    defer { scratch.remove() }
    let names = command.prefix(command[0] == "golden" ? 2 : 1)
    let help = try run(["help"] + names).output
    let shown = help.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard ["  -", "      --"].contains(where: { line.hasPrefix($0) }),
        let name = words.first(where: { $0.hasPrefix("--") }),
        let place = words.firstIndex(of: name)
      else { return nil }
      // The name of a value is in capitals.
      let next = place + 1 < words.count ? words[place + 1] : ""
      return next.count > 1 && next == next.uppercased() ? nil : String(name)
    }
    #expect(shown.count > 5)
    let own = [
      "--quiet", "--verbose", "--strict", "--prune", "--all", "--affected", "--show-secrets",
      "--omit-removed", "--help", "--version",
    ]
    #expect(Set(shown).isSubset(of: Self.switches + own), "\(shown)")
  }

  @Test func theLastOneCounts() throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "helmCharts: [{name: c, repo: 'http://127.0.0.1:1'}]\n")
    let refused = "must specify --enable-helm"
    for command in [["build", "."], ["deps", "."]] {
      let off = try run(command + ["--enable-helm", "--enable-helm=false"])
      #expect(off.errors.contains(refused))
      let on = try run(
        command + ["--enable-helm=0", "--enable-helm=1", "--helm-command", "/no/helm"])
      #expect(on.errors.contains("there is no program"))
    }
  }

  @Test func switchesOfOneCommand() throws {
    defer { scratch.remove() }
    #expect(try run(["diff", ".", ".", "--all=true", "--show-secrets=0"]).status == 0)
    #expect(try run(["affected", "--base", "HEAD", "--omit-removed=t"]).status == 0)
    let short = try run(["version", "--short"]).output
    #expect(try run(["version", "--short=true"]).output == short)
    #expect(!short.isEmpty)
    #expect(
      try run(["deps", "--help=true"]).output.hasPrefix("Print every file that directories read.\n")
    )
  }

  /// The value of an option is no switch, whatever it looks like.
  @Test func valuesAreLeftAlone() throws {
    defer { scratch.remove() }
    let apart = try run(["diff", ".", ".", "--ignore", "--offline=maybe"])
    let together = try run(["diff", ".", ".", "--ignore=--offline=maybe"])
    #expect(apart.errors == together.errors)
    #expect(apart.status == together.status)
    let env = try run(["deps", ".", "--env", "--enable-helm=maybe"])
    #expect(env.status == 0)
  }
}
