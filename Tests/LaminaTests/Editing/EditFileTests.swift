import Foundation
import Testing

/// Which files `edit` takes and how it leaves them: patches of dry runs, odd files, ends of files.
@Suite struct EditFileTests {
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  private func write(_ text: String) throws { try directory.write("kustomization.yaml", text) }

  private var kustomization: String? { directory.read("kustomization.yaml") }

  private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"

  // MARK: - Patches

  private func writeVariables() throws {
    try directory.write(
      "tree/base/kustomization.yaml", "resources:\n- a.yaml\n- b.yaml\n")
    try directory.write("tree/base/a.yaml", Self.map)
    try directory.write(
      "tree/base/b.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\nspec:\n  containers:\n  - name: c\n    args: [$(NAME)]\n"
    )
    try directory.write(
      "tree/over/kustomization.yaml",
      "resources:\n- ../base\nvars:\n- name: NAME\n  objref: {kind: ConfigMap, name: a, apiVersion: v1}\n"
    )
  }

  /// `patch` passes over a path with `..`.
  @Test func printsPathsThatPatchTakes() throws {
    try writeVariables()
    let outcome = try directory.render("edit", "fix", "--vars", "--dry-run", in: "tree/over")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.hasSuffix("the patch begins in ..: apply it with `patch -p1 -d ..`\n"))
    let paths = outcome.output.split(separator: "\n").filter { $0.hasPrefix("+++ ") }
    #expect(paths == ["+++ b/base/b.yaml", "+++ b/over/kustomization.yaml"])
    try directory.write("change.patch", outcome.output)
    let applied = try directory.shell(
      "cd tree/over && git -C .. init -q && git -C .. apply -p1 ../change.patch")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(directory.read("tree/base/b.yaml")?.contains("[NAME_PLACEHOLDER]") == true)
    #expect(directory.read("tree/over/kustomization.yaml")?.contains("replacements:") == true)
  }

  @Test(arguments: [
    (".", "tree/over", "tree/over/kustomization.yaml", ""),
    ("tree/base", "../over", "over/kustomization.yaml", ".."),
    ("tree/over", ".", "kustomization.yaml", ""),
  ])
  func printsPathsFromTheWorkingDirectory(
    working: String, argument: String, path: String, top: String
  ) throws {
    try writeVariables()
    let outcome = try directory.render(
      "edit", "set", "namespace", "x", "-C", argument, "--dry-run", in: working)
    #expect(outcome.output.hasPrefix("--- a/\(path)\n+++ b/\(path)\n"))
    #expect(top.isEmpty ? outcome.errors.isEmpty : outcome.errors.contains("patch -p1 -d \(top)`"))
  }

  // MARK: - Variables of bases

  @Test func saysWhereVariablesAre() throws {
    try writeVariables()
    try directory.write(
      "tree/top/kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- ../over\n")
    let outcome = try directory.render("edit", "fix", "--vars", in: "tree/top")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.hasSuffix(
        "the vars are in ../over: run `edit fix --vars` there (-C ../over)\n"))
  }

  /// Bases that include each other are read once.
  @Test func endsWhereBasesIncludeEachOther() throws {
    try directory.write("a/kustomization.yaml", "resources: [../b]\n")
    try directory.write("b/kustomization.yaml", "resources: [../a]\n")
    let outcome = try directory.render("edit", "fix", "--vars", "--force", in: "a")
    #expect(outcome.endedByItself)
    #expect(outcome.status == 0)
  }

  // MARK: - Odd files and arguments

  @Test func refusesWhatIsNoFile() throws {
    for (file, words) in [
      ("/dev/null", "it is a device, not a regular file"),
      ("pipe", "it is a named pipe, not a regular file"),
    ] {
      if file == "pipe" { try directory.makePipe("pipe") }
      let outcome = try directory.render("edit", "set", "namespace", "x", "--file", file)
      #expect(outcome.errors == "Error: \(file): \(words)\n")
      #expect(outcome.status == 1)
    }
    let piped = try directory.shell(
      "echo 'namespace: a' | \"$RENDER\" edit set namespace x --file /dev/stdin")
    #expect(piped.errors == "Error: /dev/stdin: it is an open stream, not a regular file\n")
    #expect(piped.status == 1)
    #expect(piped.output == "")
  }

  @Test func refusesArgumentsThatAreNotText() throws {
    try write("namespace: a\n")
    for call in [
      "edit set namespace \"$(printf 'x\\377')\"", "create -C \"$(printf '\\377')\"",
      "cfg count \"$(printf '\\377')\"",
    ] {
      let outcome = try directory.shell("\"$RENDER\" \(call)")
      #expect(outcome.errors.hasPrefix("Error: argument "))
      #expect(outcome.errors.contains(" is not UTF-8: "))
      #expect(outcome.status == 1)
    }
    #expect(kustomization == "namespace: a\n")
    try write("namespace: a\nresources: []\n")
    let output = try directory.shell("\"$RENDER\" . -o \"$(printf 'o\\377.yaml')\"")
    #expect(output.status == 1)
    #expect(output.errors.contains("the path is not UTF-8"))
    #expect(try directory.names(in: ".") == ["kustomization.yaml"])
    // The character itself is text.
    #expect(try directory.render("edit", "set", "namespace", "\u{FFFD}").status == 0)
    #expect(kustomization?.hasPrefix("namespace: \u{FFFD}\n") == true)
  }

  /// As `git` and `sed -i` do it: the file is replaced whole, and another name of it keeps the old text.
  @Test func replacesOneNameOfAFile() throws {
    try write("namespace: a\n")
    try FileManager.default.linkItem(
      atPath: directory.path("kustomization.yaml"), toPath: directory.path("other.yaml"))
    #expect(try directory.render("edit", "set", "namespace", "b").status == 0)
    #expect(kustomization == "namespace: b\n")
    #expect(directory.read("other.yaml") == "namespace: a\n")
  }

  // MARK: - Ends of files

  @Test(arguments: [
    ("commonLabels:\n  a: b\n...\n", "{}\n...\n"),
    ("commonLabels:\n  a: b\n...\n# c\n", "{}\n...\n# c\n"),
    ("commonLabels:\n  a: b\n---\nx: y\n", "{}\n---\nx: y\n"),
    ("commonLabels:\n  a: b\n", ""),
    ("commonLabels:\n  a: b\n# end", "# end"),
    ("commonLabels:\n  c: d\n  a: b", "commonLabels:\n  c: d"),
    ("namePrefix: |+\n  x\n\ncommonLabels:\n  a: b", "namePrefix: |+\n  x\n\n"),
    ("commonLabels:\n  c: |+\n    x\n\n  a: b", "commonLabels:\n  c: |+\n    x\n\n"),
    ("commonLabels:\n  c: |\n    x\n  a: b", "commonLabels:\n  c: |\n    x\n"),
    ("commonLabels:\n  c: |-\n    x\n  a: b", "commonLabels:\n  c: |-\n    x"),
  ])
  func removesTheLastField(text: String, expected: String) throws {
    try write(text)
    let outcome = try directory.render("edit", "remove", "label", "a")
    #expect(outcome.errors == "")
    #expect(kustomization == expected)
  }
}
