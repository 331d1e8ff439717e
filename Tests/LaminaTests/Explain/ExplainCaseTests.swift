import Foundation
import Testing

/// Every directory of `testdata/explain` lists calls of `render explain`, each with a name and its arguments.
/// `LAMINA_RECORD=1 swift test` writes what they print anew, to be read in the diff.
@Suite struct ExplainCaseTests {
  private static let folder = RecordedCase.testdata.appending(path: "explain")

  struct Call: CustomTestStringConvertible {
    let directory: String
    let name: String
    let arguments: [String]

    var testDescription: String { "\(directory)/\(name)" }
  }

  private static let calls: [Call] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().flatMap { directory -> [Call] in
      let file = folder.appending(path: "\(directory)/calls")
      let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
      return lines.map { line in
        let words = line.split(separator: " ").map { String($0) }
        return Call(directory: directory, name: words[0], arguments: Array(words.dropFirst()))
      }
    }
  }()

  @Test(arguments: calls)
  func everyCallPrintsWhatWasAgreedOn(call: Call) throws {
    let directory = Self.folder.appending(path: call.directory)
    let outcome = try BuiltCommand.run(["explain"] + call.arguments, in: directory)
    var text = outcome.output
    if outcome.status != 0 || !outcome.errors.isEmpty {
      text += "-- status \(outcome.status)\n\(outcome.errors)"
    }
    let file = directory.appending(path: "expected/\(call.name)")
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(file.path)")
  }

  @Test func casesAreFound() { #expect(Self.calls.count >= 30) }

  @Test(arguments: ["text", "json", "html"])
  func secretsAreShownOnlyWhenAskedFor(format: String) throws {
    let directory = Self.folder.appending(path: "layers")
    let arguments = ["explain", "prod", "secret/keys", "--deep", "--format", format]
    let secret = "s3cr3t-t0k3n"
    let encoded = Data(secret.utf8).base64EncodedString()
    let hidden = try BuiltCommand.run(arguments, in: directory).output
    #expect(!hidden.contains(encoded) && !hidden.contains(secret))
    let shown = try BuiltCommand.run(arguments + ["--show-secrets"], in: directory).output
    #expect(shown.contains(encoded))
  }

  @Test(arguments: ["several-fields", "fields-by-other-names", "paths-that-lead-nowhere"])
  func aRootThatFailsIsSaidAsByABuild(name: String) throws {
    let directory = RecordedCase.testdata.appending(path: "errors/\(name)")
    let outcome = try BuiltCommand.run(["explain", "."], in: directory)
    #expect(outcome.errors == (try BuiltCommand.run(["."], in: directory).errors))
    #expect(outcome.output == "")
    #expect(outcome.status == 2)
  }

  /// What kubectl copies into an annotation, and Secrets of other groups.
  @Test(arguments: ["text", "json", "html"])
  func secretsAreMaskedWhereverTheyStand(format: String) throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "resources: [secrets.yaml]\nnamePrefix: a-\n")
    try scratch.write(
      "secrets.yaml",
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: keys
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"SWNoIQ=="}}'
      ---
      apiVersion: example.com/v1
      kind: Secret
      metadata: {name: other}
      stringData: {a: SWNoIQ==}
      """)
    for words in [["."], [".", "--deep"]] {
      let outcome = try BuiltCommand.run(
        ["explain"] + words + ["--format", format], in: scratch.url)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("keys") && !outcome.output.contains("SWNoIQ"))
    }
  }

  @Test(
    arguments: ["copied-secrets", "vars-of-secrets"],
    [["--deep"], [], ["--deep", "--format", "json"], ["--format", "html"]])
  func copiesOfSecretsAreMasked(name: String, format: [String]) throws {
    let directory = Self.folder.appending(path: name)
    let arguments = ["explain", "."] + format
    let hidden = try BuiltCommand.run(arguments, in: directory).output
    let secret = "t0pS3cret"
    let encoded = Data(secret.utf8).base64EncodedString()
    #expect(!hidden.contains(secret) && !hidden.contains(encoded))
    #expect(hidden.contains("token") && hidden.contains("ecret"))
    let shown = try BuiltCommand.run(arguments + ["--show-secrets"], in: directory).output
    #expect(shown.contains(secret) || shown.contains(encoded))
  }

  @Test func whatARootReadsIsNotWrittenOver() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try scratch.write("a/kustomization.yaml", "resources: [index.html]\nnamePrefix: a-\n")
    let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    try scratch.write("a/index.html", object)
    for arguments in [
      ["a", "-o", "a/index.html"], ["a", "--format", "json", "-o", "a/kustomization.yaml"],
      ["a", "--format", "html", "-o", "a/index.html"],
      ["--all", ".", "--format", "html", "-o", "a"],
      ["--from", "a/index.html:1", "a", "-o", "a/index.html"],
    ] {
      let outcome = try scratch.render(["explain"] + arguments)
      #expect(
        outcome.errors.hasSuffix(
          ": error: cannot write: the build reads this file\n"),
        "\(arguments): \(outcome.errors)")
      #expect(outcome.status == 2)
      #expect(scratch.read("a/index.html") == object)
    }
    #expect(try scratch.names(in: "a") == ["index.html", "kustomization.yaml"])
  }

  @Test func theIndexNamesRootsThatDoNotRender() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try scratch.write("good/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write("good/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    try scratch.write("bad/kustomization.yaml", "resources: [none.yaml]\n")
    try scratch.write("site/keep", "")
    let outcome = try scratch.render(
      ["explain"] + ["--all", ".", "--format", "html", "-o", "site"])
    #expect(outcome.status == 2)
    let index = try #require(scratch.read("site/index.html"))
    #expect(index.contains("<p class=\"soft\">1 root, and 1 failed</p>"))
    #expect(
      index.contains("<li><span class=\"gone\">bad</span>: bad/kustomization.yaml:1:13: error: "))
  }

  @Test func withoutADirectoryTheWayToWriteItIsSaid() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    let outcome = try scratch.render(["explain"] + ["deploy/web"])
    #expect(outcome.errors.hasSuffix("write: render explain DIR deploy/web\n"), "\(outcome.errors)")
    #expect(outcome.status == 2)
  }

  @Test func aSingleValueIsShownWhole() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    let text = String(repeating: "long ", count: 40) + "end"
    try scratch.write("kustomization.yaml", "resources: [cm.yaml]\nnamePrefix: a-\n")
    try scratch.write(
      "cm.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \(text), b: \(text)}\n")
    let one = try scratch.render(["explain"] + [".", "data.a"])
    #expect(one.output.components(separatedBy: "long end").count == 3, "\(one.output)")
    let both = try scratch.render(["explain"] + [".", "data"])
    #expect(!both.output.contains("end"))
    #expect(both.output.contains(" \(text.prefix(79))…"))
  }

  @Test func aTreeIsAnIndexAndAPageForEachRoot() throws {
    let output = FileManager.default.temporaryDirectory.appending(
      path: "pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: output) }
    let directory = Self.folder.appending(path: "two-ways")
    let outcome = try BuiltCommand.run(
      ["explain", "--all", ".", "--format", "html", "-o", output.path], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: output.path).sorted()
    #expect(files == ["all.html", "index.html"])
    let index = try String(contentsOf: output.appending(path: "index.html"), encoding: .utf8)
    #expect(index.contains("<a href=\"all.html\">all "))
    // Without a directory there is no place for the pages.
    let without = try BuiltCommand.run(
      ["explain", "--all", ".", "--format", "html"], in: directory)
    #expect(without.status == 64)
    #expect(without.errors.contains("--output with a directory"))
  }

  @Test func rootsThatFailDoNotHideTheOthers() throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "explain-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    for (root, text) in [("bad", "resources: [none.yaml]\n"), ("good", "resources: [cm.yaml]\n")] {
      let folder = directory.appending(path: root)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appending(path: "kustomization.yaml"))
    }
    try Data("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n".utf8)
      .write(to: directory.appending(path: "good/cm.yaml"))
    let outcome = try BuiltCommand.run(["explain", "--all", ".", "cm/a", "kind"], in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("\n    good/cm.yaml:2:7  ConfigMap\n"))
    #expect(outcome.errors.contains("none.yaml"))
  }
}
