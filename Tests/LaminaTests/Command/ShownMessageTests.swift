import Foundation
import Testing

/// Messages about names and files that would do something to a terminal or a log.
@Suite struct ShownMessageTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// No line is more than text, and none is a command to GitHub's runner.
  private func expectHarmless(_ text: String, _ note: String = "") {
    let bad = text.unicodeScalars.filter { scalar in
      scalar != "\n" && scalar != "\t"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(
          scalar.properties.generalCategory)
    }
    #expect(bad.isEmpty, "\(note)")
    for line in text.split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(note) \(line)")
      #expect(line.unicodeScalars.count <= 1100, "\(note)")
    }
  }

  private static let evil = "a\u{1B}[2J\u{7}\u{9B}1m\u{7F}\u{202E}b\n::error title=x::y\u{2028}"

  @Test func namesOfFilesAndDirectories() throws {
    defer { scratch.remove() }
    let name = Self.evil
    try scratch.write("\(name)/kustomization.yaml", "resources: [missing.yaml]\n")
    for arguments in [
      [name], [name, name], ["--all", "."], ["deps", name], ["diff", name, "."],
      ["golden", "check", name], ["golden", "update", name], ["affected", "--base", name],
      ["\(name)/nothing"], [name, "-o", "\(name)/no/file"],
    ] {
      let outcome = try BuiltCommand.run(arguments, in: scratch.url)
      let text = outcome.output + outcome.errors
      #expect(outcome.status != 0)
      #expect(!text.isEmpty)
      expectHarmless(text, "\(arguments)")
    }
    let outcome = try scratch.render(name)
    #expect(
      outcome.errors.hasPrefix(
        #"a\x1b[2J\x07\x9b1m\x7f\u202eb\n::error title=x::y\u2028/kustomization.yaml:1:13: error: "#
      ))
  }

  @Test func argumentsThatMakeNoSense() throws {
    defer { scratch.remove() }
    for arguments in [
      ["--\(Self.evil)"], ["--load-restrictor", Self.evil],
      ["diff", "--format", Self.evil, "a", "b"],
      ["--offline=\(Self.evil)"], ["golden", Self.evil],
    ] {
      let outcome = try BuiltCommand.run(arguments, in: scratch.url)
      #expect(outcome.status == 64)
      expectHarmless(outcome.errors, "\(arguments)")
    }
  }

  @Test(
    arguments: [
      "resources: [\"a\\e[2J\\n::error::x\"]", "\"pat\\e[2Jchs\\n::error::x\": []",
      "resources:\n- \u{202E}x", "namePrefix: [\"\\u202e\\x9b\"]",
      "patches: [{patch: \"[{op: \\\"a\\\\n::error::\\\"}]\", target: {}}]",
      "images: [{name: x, \"new\\u2028\\n::error::\": x}]",
    ])
  func textsOfKustomizations(kustomization: String) throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", kustomization + "\n")
    let outcome = try scratch.render(".")
    #expect(outcome.status == 1)
    expectHarmless(outcome.errors)
  }

  @Test func wordsOfPrograms() throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "helmCharts: [{name: c}]\n")
    try scratch.write("charts/c/Chart.yaml", "name: c\n")
    try scratch.write(
      "helm",
      "#!/bin/sh\ncase $1 in version) echo v3.1.1;; *) printf 'bad\\n::error::x\\033[2J\\r\\nend\\n' >&2; exit 1;; esac\n"
    )
    try scratch.write("charts/c/values.yaml", "")
    chmod(scratch.path("helm"), 0o755)
    let outcome = try scratch.render(".", "--enable-helm", "--helm-command", scratch.path("helm"))
    #expect(outcome.status == 1)
    expectHarmless(outcome.errors)
    #expect(outcome.errors.hasSuffix("  │ bad\n  │ ::error::x\\x1b[2J\n  │ end\n"))
  }

  @Test func longLinesAreCutAroundTheColumn() throws {
    defer { scratch.remove() }
    let filler = String(repeating: "a, ", count: 100_000)
    try scratch.write("kustomization.yaml", "crds: [\(filler){}, \(filler)]\n")
    let outcome = try scratch.render(".")
    expectHarmless(outcome.errors)
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines[0] == "kustomization.yaml:1:300008: error: crds must be a string, not a mapping")
    let column = try #require(lines[2].unicodeScalars.firstIndex(of: "^"))
    let place = lines[2].unicodeScalars.distance(
      from: lines[2].unicodeScalars.startIndex, to: column)
    #expect(Array(lines[1].unicodeScalars)[place...].starts(with: "{}, a".unicodeScalars))
    #expect(lines[1].contains("│ …") && lines[1].hasSuffix("…"))
  }

  @Test func longMessagesLoseTheirMiddle() throws {
    defer { scratch.remove() }
    let name = String(repeating: "x", count: 50_000)
    try scratch.write("kustomization.yaml", "resources: [\(name)]\n")
    let outcome = try scratch.render(".")
    let head = try #require(outcome.errors.split(separator: "\n").first)
    #expect(head.hasPrefix("kustomization.yaml:1:13: error: cannot read resource \"xxx"))
    #expect(head.contains("xxx … xxx"))
    #expect(head.hasSuffix("xxx\": File name too long"))
    #expect(head.unicodeScalars.count == 1000)
  }

  @Test func passwordsInAddressesAreNotShown() throws {
    defer { scratch.remove() }
    let address = "http://name:secret@127.0.0.1:1/org/repo"
    try scratch.write("kustomization.yaml", "resources: ['\(address)']\n")
    for arguments in [
      ["."], [address], [address, "."], ["deps", address], ["diff", address, "."],
      ["golden", "check", address],
    ] {
      let outcome = try BuiltCommand.run(arguments, in: scratch.url)
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains("http://***@127.0.0.1:1/org/repo"), "\(arguments)")
      #expect(!(outcome.errors + outcome.output).contains("secret"), "\(arguments)")
    }
  }
}
