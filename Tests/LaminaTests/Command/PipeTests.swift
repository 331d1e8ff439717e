import Foundation
import Testing

/// What is no regular file among the files that a build reads. The outputs are those of kustomize v5.8.1.
@Suite struct PipeTests {
  private let scratch: ScratchDirectory
  private static let noRestriction = ["--load-restrictor", "LoadRestrictionsNone"]

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("cm.yaml", Self.map("y", "b"))
    try scratch.link("link", to: "/dev/stdin")
    try scratch.link("chain", to: "link")
  }

  private static func map(_ name: String, _ value: String) -> String {
    "apiVersion: v1\ndata:\n  a: \(value)\nkind: ConfigMap\nmetadata:\n  name: \"\(name)\"\n"
  }

  private static let piped = map("x", "c").replacing("\"", with: "")

  private static let generated = map("g", "z").replacing("\"", with: "")

  private func build(_ kustomization: String, input: String) throws -> BuiltCommand.Outcome {
    try scratch.write("kustomization.yaml", kustomization)
    return try BuiltCommand.run(Self.noRestriction + ["."], in: scratch.url, input: input)
  }

  // MARK: - Standard input

  @Test(
    arguments: ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "link", "chain", "UP/dev/stdin"])
  func aPipeOnStandardInputIsAResource(path: String) throws {
    defer { scratch.remove() }
    let up = scratch.url.pathComponents.dropFirst().map { _ in ".." }.joined(separator: "/")
    let outcome = try build(
      "resources: [\(path.replacing("UP", with: up))]\n", input: Self.piped)
    #expect(outcome.errors == "")
    #expect(outcome.output == Self.piped)
  }

  @Test func aPipeIsReadOnce() throws {
    defer { scratch.remove() }
    let outcome = try build(
      """
      resources: [/dev/stdin, cm.yaml, link]
      configMapGenerator: [{name: g, files: [f=/dev/stdin]}]
      """, input: Self.piped)
    #expect(outcome.errors == "")
    #expect(
      outcome.output == """
        apiVersion: v1
        data:
          f: ""
        kind: ConfigMap
        metadata:
          name: g-tfc944m6c2
        ---
        \(Self.piped)---
        \(Self.map("y", "b"))
        """)
  }

  @Test(
    arguments: [
      ("patches: [{path: /dev/stdin}]", map("y", "z"), map("y", "z")),
      ("patchesStrategicMerge: [/dev/stdin]", map("y", "z"), map("y", "z")),
      (
        "patches: [{path: link, target: {kind: ConfigMap}}]",
        "- {op: replace, path: /data/a, value: z}\n", map("y", "z")
      ),
      (
        "configMapGenerator: [{name: g, envs: [/dev/stdin]}]", "a=z\n", generated
      ),
      (
        "configMapGenerator: [{name: g, files: [a=link]}]", "z", generated
      ),
    ])
  func patchesAndGeneratorsReadIt(field: String, input: String, output: String) throws {
    defer { scratch.remove() }
    let resources = field.contains("Generator") ? "" : "resources: [cm.yaml]\n"
    let options = "generatorOptions: {disableNameSuffixHash: true}\n"
    let outcome = try build(resources + options + field + "\n", input: input)
    #expect(outcome.errors.hasPrefix("kustomization.yaml") == field.contains("StrategicMerge"))
    #expect(outcome.output == output)
    #expect(outcome.status == 0)
  }

  @Test(arguments: ["/dev/stdin", "link", "chain"])
  func theRestrictionHoldsForIt(path: String) throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "resources: [\(path)]\n")
    let outcome = try scratch.render(".", input: Self.piped)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        kustomization.yaml:1:13: error: resource "\(path)" is not in or below ., and so may not be read
            1 │ resources: [\(path)]
              │             ^ --load-restrictor LoadRestrictionsNone allows it

        """)
  }

  @Test func theDeviceWithNothingIsEmpty() throws {
    defer { scratch.remove() }
    let outcome = try build("resources: [cm.yaml, /dev/null]\n", input: "")
    #expect(outcome.output == Self.map("y", "b"))
  }

  // MARK: - Others

  @Test(
    arguments: [
      ("resources: [pipe]", "resource"), ("resources: [cm.yaml]\npatches: [{path: pipe}]", "patch"),
      ("configMapGenerator: [{name: g, files: [pipe]}]", "file"),
      ("configMapGenerator: [{name: g, envs: [pipe]}]", "env file"),
      ("components: [pipe]", "component"), ("configurations: [pipe]", "configuration"),
      ("resources: [pipe.link]", "resource"),
    ])
  func anotherPipeIsNotWaitedFor(kustomization: String, what: String) throws {
    defer { scratch.remove() }
    try scratch.makePipe("pipe")
    try scratch.link("pipe.link", to: "pipe")
    let outcome = try build("\(kustomization)\n", input: "")
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    if what == "component" {
      #expect(outcome.errors.contains("cannot read component \"pipe\""))
    } else {
      let name = kustomization.contains("pipe.link") ? "pipe.link" : "pipe"
      #expect(
        outcome.errors.contains(
          "cannot read \(what) \"\(name)\": it is a named pipe, not a regular file\n"))
    }
  }

  @Test func aKustomizationThatIsAPipeIsARootThatFails() throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write("broken/x", "")
    try scratch.makePipe("broken/kustomization.yaml")
    let outcome = try scratch.render("--all", ".")
    #expect(outcome.output == "# .\n\(Self.map("y", "b"))")
    #expect(
      outcome.errors == """
        broken: error: cannot read kustomization file "kustomization.yaml": it is a named pipe, \
        not a regular file
        render: 1 of 2 roots failed: broken

        """)
  }

  @Test func sidesOfADifferenceMayBePipesOfTheShell() throws {
    defer { scratch.remove() }
    try scratch.write("kustomization.yaml", "resources: [cm.yaml]\n")
    let outcome = try BuiltCommand.run(
      program: "/bin/bash",
      ["-c", "\"$RENDER\" diff <(cat cm.yaml) <(sed s/b/c/ cm.yaml) --format unified"],
      in: scratch.url, environment: ["RENDER": BuiltCommand.url.path])
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("-  a: b\n+  a: c\n"))
    #expect(outcome.status == 1)
  }
}
