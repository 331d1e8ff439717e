import Testing

@testable import render

/// What shells are told of the word at the cursor. `Scripts/check-completions` types it in real ones.
@Suite struct CompletionTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n")
    for name in ["production", "staging"] {
      try scratch.write("overlays/\(name)/kustomization.yaml", "resources: [../../base]\n")
    }
    try scratch.write("docs/readme", "")
  }

  /// The words of a line, of which the last is not finished.
  private func candidates(_ line: String) throws -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    let outcome = try BuiltCommand.run(
      ["__complete", "\(words.count - 1)"] + words.dropFirst(), in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    return outcome.output.split(separator: "\n").map { String($0) }
  }

  @Test(arguments: [
    ("render dif", ["diff"]), ("render ov", ["overlays/production", "overlays/staging"]),
    ("render b", ["build", "base"]), ("render overlays/s", ["overlays/staging"]),
    ("render base ov", ["overlays/production", "overlays/staging"]),
    ("render do", ["docs/"]), ("render --of", ["--offline"]),
    ("render build --load-restrictor LoadRestrictionsN", ["LoadRestrictionsNone"]),
    ("render --compat=n", ["--compat=next"]), ("render -o ", [":files"]),
    ("render lint --fail-level ", ["error", "warning", "never"]),
    ("render lint --baseline ", [":files"]), ("render golden ", ["update", "check"]),
    ("render golden check --format j", ["junit"]), ("render diff x", [":files"]),
    ("render explain overlays/p", ["overlays/production"]),
    ("render explain --kind X overlays/production c", ["configmap/one"]),
    ("render explain base configmap/one x", []), ("render schema l", ["lamina.yaml"]),
    ("render edit set im", ["image"]), ("render edit set image --f", ["--file"]),
    ("render edit add resource x", [":files"]), ("render kustomize b", ["build"]),
    ("render completion ", ["bash", "zsh", "fish"]), ("render help di", ["diff"]),
    ("render edit --st", []), ("render --stack", []),
  ])
  func lines(line: String, expected: [String]) throws {
    defer { scratch.remove() }
    #expect(try candidates(line) == expected)
  }

  /// bash splits a word at `=`.
  @Test func wordsOfBash() throws {
    defer { scratch.remove() }
    #expect(try candidates("render diff --format = mark") == ["markdown"])
    #expect(try candidates("render --compat = n") == ["next"])
  }

  @Test func underTheNameOfKustomize() throws {
    defer { scratch.remove() }
    let outcome = try scratch.shell("exec \"$RENDER\" kustomize __complete 2 edit re")
    #expect(outcome.output == "remove\n")
  }

  /// Every value that the parser lists is a candidate.
  @Test func valuesOfFlags() {
    for flag in CommandFlag.allCases where flag.row.usual != nil && !flag.values.isEmpty {
      #expect(flag.values.contains(flag.row.usual ?? ""), "\(flag.long)")
    }
  }
}
