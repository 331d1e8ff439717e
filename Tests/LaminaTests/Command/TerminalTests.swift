import Foundation
import Testing

/// What the command does on a terminal and nowhere else.
@Suite struct TerminalTests {
  private let directory: ScratchDirectory

  init() throws {
    directory = try ScratchDirectory()
    for (name, value) in [("old", "1"), ("new", "2")] {
      try directory.write("\(name)/kustomization.yaml", "resources: [cm.yaml]\n")
      try directory.write(
        "\(name)/cm.yaml",
        "apiVersion: v1\ndata: {a: \"\(value)\"}\nkind: ConfigMap\nmetadata: {name: x}\n")
    }
  }

  /// What the command writes to a terminal, which is both of its outputs. An empty `NO_COLOR` is none. The terminal is made by script(1),
  /// whose options differ between systems.
  private func terminalOutput(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> String {
    let words = [BuiltCommand.url.path] + arguments
    #if os(Linux)
      let quoted = words.map { "'\($0)'" }.joined(separator: " ")
      let call = ["-q", "-e", "-c", quoted, "/dev/null"]
    #else
      let call = ["-q", "/dev/null"] + words
    #endif
    return try BuiltCommand.run(
      program: "script", call, in: directory.url,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 }
    ).output
  }

  private static let escape = "\u{1B}["

  // MARK: - Colours

  @Test func differencesAreColouredOnATerminal() throws {
    defer { directory.remove() }
    let output = try terminalOutput(["diff", "old", "new"])
    #expect(output.contains("data.a"))
    #expect(output.contains(Self.escape))
  }

  @Test(arguments: [
    ["NO_COLOR": "1"], ["NO_COLOR": "no"], ["TERM": "dumb"], ["CLICOLOR": "0"],
  ])
  func coloursAreLeftOutWhereTheUserWantsNone(environment: [String: String]) throws {
    defer { directory.remove() }
    let output = try terminalOutput(["diff", "old", "new"], environment: environment)
    #expect(output.contains("data.a"))
    #expect(!output.contains(Self.escape))
  }

  @Test func theOptionIsStrongerThanTheEnvironment() throws {
    defer { directory.remove() }
    let arguments = ["diff", "--color", "always", "old", "new"]
    let output = try terminalOutput(arguments, environment: ["NO_COLOR": "1"])
    #expect(output.contains(Self.escape))
    let piped = try BuiltCommand.run(arguments, in: directory.url)
    #expect(piped.output.contains(Self.escape))
    let never = try terminalOutput(["diff", "--color", "never", "old", "new"])
    #expect(!never.contains(Self.escape))
  }

  /// Errors are coloured, and lines of files are cut to the width of the terminal.
  @Test func errorsFitTheTerminal() throws {
    defer { directory.remove() }
    let items = String(repeating: "long, ", count: 100)
    try directory.write("old/kustomization.yaml", "resorces: [\(items)x]\n")
    let output = try terminalOutput(["old"])
    #expect(output.contains("\u{1B}[1;31merror\u{1B}[0m: unknown field"), "\(output)")
    #expect(output.contains("\u{1B}[1;32m ^ did you mean \"resources\"?\u{1B}[0m"))
  }

  @Test func aPipeGetsNoColours() throws {
    defer { directory.remove() }
    let outcome = try BuiltCommand.run(["diff", "old", "new"], in: directory.url)
    #expect(outcome.output.contains("data.a"))
    #expect(!outcome.output.contains(Self.escape))
  }

  // MARK: - Progress

  /// Three roots of which each takes more than half a second.
  private func writeSlowRoots() throws -> [String] {
    for index in 0..<3 {
      try directory.write(
        "slow/r\(index)/kustomization.yaml", "resources: [../../old]\ntransformers: [fn.yaml]\n")
      try directory.write(
        "slow/r\(index)/fn.yaml",
        """
        kind: Change
        metadata:
          name: fn
          annotations:
            config.kubernetes.io/function: "exec: {path: ./fn}"

        """)
      try directory.write("slow/r\(index)/fn", "#!/bin/sh\nsleep 0.7\ncat\n")
      chmod(directory.path("slow/r\(index)/fn"), 0o755)
    }
    return [
      "--all", "slow", "--jobs", "1", "--enable-alpha-plugins", "--enable-exec",
      "--load-restrictor", "LoadRestrictionsNone", "--output", "out",
    ]
  }

  @Test func progressIsShownAndTakenAwayOnATerminal() throws {
    defer { directory.remove() }
    let output = try terminalOutput(try writeSlowRoots())
    #expect(output.contains("\rrendered 2 of 3 roots"), "\(output.debugDescription)")
    #expect(output.hasSuffix("\r\(Self.escape)K"), "\(output.debugDescription)")
  }

  @Test func aPipeGetsNoProgress() throws {
    defer { directory.remove() }
    let outcome = try BuiltCommand.run(try writeSlowRoots(), in: directory.url)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  // MARK: - The environment

  @Test(arguments: ["on", "off", "true", ""])
  func theManagedByLabelIsAskedForByOneWord(value: String) throws {
    defer { directory.remove() }
    let outcome = try BuiltCommand.run(
      ["old"], in: directory.url, environment: ["KUSTOMIZE_ENABLE_MANAGEDBY_LABEL": value])
    let label = "  labels:\n    app.kubernetes.io/managed-by: kustomize-v5.8.1\n"
    #expect(
      outcome.output
        == "apiVersion: v1\ndata:\n  a: \"1\"\nkind: ConfigMap\nmetadata:\n"
        + (value == "on" ? label : "") + "  name: x\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScriptsAreThere(shell: String) throws {
    defer { directory.remove() }
    let outcome = try directory.render("completion", shell)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("__complete"))
    if shell == "bash" {
      try directory.write("completion", outcome.output)
      #expect(try directory.shell("bash -n completion").status == 0)
    }
  }
}
