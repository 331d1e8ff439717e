import Foundation
import Testing

@testable import render

/// Runs the built command in a fresh directory.
@Suite struct CommandTests {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "render-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try write("kustomization.yaml", "namePrefix: a-\nresources: [cm.yaml, ns.yaml]\n")
    try write(
      "cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: one}\n")
    try write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: one}\n")
  }

  private static let expected = """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: one
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: a-x
      namespace: one

    """

  private func write(_ path: String, _ text: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: directory.appending(path: path), encoding: .utf8)
  }

  private func run(_ arguments: String...) throws -> BuiltCommand.Outcome {
    let outcome = try BuiltCommand.run(arguments, in: directory)
    #expect(outcome.endedByItself)
    return outcome
  }

  @Test(arguments: [[], ["."], ["build"], ["build", "."]])
  func printsTheStream(arguments: [String]) throws {
    let outcome =
      switch arguments.count {
      case 0: try run()
      case 1: try run(arguments[0])
      default: try run(arguments[0], arguments[1])
      }
    #expect(outcome.output == Self.expected)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func writesAFileWhole() throws {
    try write("out.yaml", "something older and longer than what is written now".padded(to: 4000))
    let outcome = try run(".", "-o", "out.yaml")
    #expect(outcome.status == 0)
    #expect(outcome.output == "")
    #expect(try read("out.yaml") == Self.expected)
  }

  @Test func writesOneFileForEachResourceIntoADirectory() throws {
    try FileManager.default.createDirectory(
      at: directory.appending(path: "out"), withIntermediateDirectories: true)
    #expect(try run(".", "--output", "out").status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: directory.appending(path: "out").path)
    #expect(names.sorted() == ["v1_configmap_a-x.yaml", "v1_namespace_one.yaml"])
    #expect(try read("out/v1_namespace_one.yaml").hasPrefix("apiVersion: v1\nkind: Namespace\n"))
  }

  @Test func namesFilesByNamespaceWhereThereAreSeveral() throws {
    try write(
      "ns.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: two}\n")
    try FileManager.default.createDirectory(
      at: directory.appending(path: "out"), withIntermediateDirectories: true)
    #expect(try run(".", "-o", "out").status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: directory.appending(path: "out").path)
    #expect(names.sorted() == ["one_v1_configmap_a-x.yaml", "two_v1_configmap_a-x.yaml"])
  }

  @Test func failsWithPlaceAndWordsAndNothingElse() throws {
    try write("kustomization.yaml", "resources: [cm.yaml]\nnameprefx: a-\n")
    let outcome = try run(".")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        kustomization.yaml:2:1: error: unknown field "nameprefx" in kustomization
            2 │ nameprefx: a-
              │ ^ did you mean "namePrefix"?

        """)
  }

  @Test func leavesTheOldFileWhereTheBuildFails() throws {
    try write("kustomization.yaml", "resources: [missing.yaml]\n")
    try write("out.yaml", "old\n")
    #expect(try run(".", "-o", "out.yaml").status == 1)
    #expect(try read("out.yaml") == "old\n")
  }

  @Test func warnsOfDeprecatedFieldsOnStandardError() throws {
    try write("kustomization.yaml", "resources: [cm.yaml]\ncommonLabels: {a: b}\n")
    let outcome = try run(".")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("    a: b\n"))
    #expect(
      outcome.errors.hasPrefix(
        "kustomization.yaml:2:1: warning: 'commonLabels' is deprecated; please use 'labels' instead [deprecated-field]\n"
      ))
  }

  @Test func takesTheFlagsThatKustomizeHides() throws {
    let files = try run(".", "--reorder", "none")
    #expect(files.output.hasPrefix("apiVersion: v1\nkind: ConfigMap\n"))
    #expect(
      files.errors == """
        warning: --reorder is deprecated; use sortOptions in the kustomization

        """)
    let legacy = try run("--reorder=legacy", ".")
    #expect(legacy.output == Self.expected)
    let labelled = try run(".", "--enable-managedby-label")
    #expect(labelled.output.contains("    app.kubernetes.io/managed-by: kustomize-v5.8.1\n"))
    #expect(try run(".", "--reorder", "other").status != 0)
    #expect(try run(".", "--stack-trace").output == Self.expected)
  }

  @Test func writesNoFileOutsideTheOutputDirectory() throws {
    try write(
      "cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x/../../../evil}\n")
    try write("kustomization.yaml", "resources: [ns.yaml, cm.yaml]\n")
    try write("out/v1_configmap_x/keep", "")
    let outcome = try run(".", "-o", "out")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        out/v1_configmap_x/../../../evil.yaml: error: cannot write: a resource's name cannot lead to \
        another directory

        """)
    #expect(throws: (any Error).self) { try read("out/v1_namespace_one.yaml") }
  }

  @Test func theKustomizationsOrderWinsOverTheFlag() throws {
    try write("kustomization.yaml", "resources: [cm.yaml]\nsortOptions: {order: fifo}\n")
    let outcome = try run(".", "--reorder", "legacy")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "'sortOptions' sets the order; the order asked for elsewhere has no effect"))
  }

  @Test func readsOutsideOnlyWhenToldSo() throws {
    try write("inner/kustomization.yaml", "resources: [../cm.yaml]\n")
    #expect(try run("inner").status == 1)
    let allowed = try run("inner", "--load-restrictor", "LoadRestrictionsNone")
    #expect(allowed.status == 0)
    #expect(allowed.output.hasPrefix("apiVersion: v1\nkind: ConfigMap\n"))
    let misspelt = try run("inner", "--load-restrictor", "none")
    #expect(misspelt.status != 0)
    #expect(misspelt.output == "")
    #expect(
      misspelt.errors.contains("legal values: LoadRestrictionsRootOnly, LoadRestrictionsNone"))
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let line = "  key%d: \(String(repeating: "x", count: 1000))\n"
    let data = (0..<2000).map { line.replacingOccurrences(of: "%d", with: "\($0)") }.joined()
    try write("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n\(data)")
    let command = BuiltCommand.url.path
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = ["-c", "\"\(command)\" . | head -c 10; echo \" ${PIPESTATUS[0]}\""]
    shell.currentDirectoryURL = directory
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(text == "apiVersion 0\n")
  }

  @Test func helpAndVersion() throws {
    let version = try run("--version")
    #expect(version.status == 0)
    // The tests are built as packages that depend on this one are: without what a release knows.
    #expect(version.output == "lamina \(Version.own) (kustomize v5.8.1), development\n")
    let help = try run("--help")
    #expect(help.status == 0)
    #expect(help.output == CommandHelp.text(of: .render, isLong: true))
    #expect(try run("--no-such-flag").status != 0)
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: count - self.count)
  }
}
