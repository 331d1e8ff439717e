import Testing

@testable import Lamina

/// Nothing that a generator of Secrets is given is shown, however it is spelled, right or wrong.
@Suite struct GeneratorSecretTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private static let secret = "HUNTER2x"

  private static let literals = [
    "- password: HUNTER2x", "- HUNTER2x:", "- {password: HUNTER2x}", "- [HUNTER2x]", "- HUNTER2x==",
    "- 12HUNTER2x", "- !!int a=HUNTER2x", "- \"a\\x3dHUNTER2x\"", "- ? HUNTER2x", "- - HUNTER2x",
    "- a b HUNTER2x=c", "- \"=HUNTER2x\"", "- a=\"HUNTER2x\" \"x\"", "- a='HUNTER2x",
    "- >-\n    a\n    HUNTER2x=b", "- |-\n    HUNTER2x: x", "- |\n    a=x\n    - HUNTER2x=1",
    "- \"a\\\n    HUNTER2x\"", "- a=x\n    HUNTER2x", "- '\n    HUNTER2x=a'",
  ]

  private static let fields = [
    "literals: [\"a='HUNTER2x\", \"=HUNTER2x\", b]", "literals: [a=x, HUNTER2x]",
    "literals: {a: HUNTER2x}", "literals: a=HUNTER2x", "literals: [a=x,\n    HUNTER2x: y]",
    "Literals: [HUNTER2x]", "data: {a: HUNTER2x}", "data:\n    a: HUNTER2x",
    "data:\n    a: |\n      HUNTER2x: x\n      - y: HUNTER2x", "stringData: [a, HUNTER2x]",
    "stringData: |\n    HUNTER2x: a", "stringData: \"a\n    HUNTER2x: b\"",
    "data:\n  - a: HUNTER2x",
  ]

  private static let entries =
    literals.map { "literals:\n  \($0)" } + fields

  private func messages(_ kustomization: String, others: [String: String] = [:]) throws -> String {
    try scratch.write("old/kustomization.yaml", "configMapGenerator: [{name: x}]\n")
    try scratch.write("new/kustomization.yaml", kustomization)
    for (path, text) in others { try scratch.write("new/\(path)", text) }
    var all = ""
    for call in [
      ["lint", "new"], ["lint", "new", "--diagnostics", "json"],
      ["lint", "new", "--diagnostics", "sarif"],
      ["diff", "old", "new"], ["diff", "old", "new", "--format", "json"],
      ["explain", "new", "--deep"], ["explain", "new", "--format", "html"],
      ["explain", "old", "new", "--from", "old/kustomization.yaml:1"],
    ] {
      let outcome = try BuiltCommand.run(call, in: scratch.url)
      let text = outcome.output + outcome.errors
      #expect(!text.contains(Self.secret) && !text.contains("SFVOVEVSMng"), "\(call): \(text)")
      all += text
    }
    return all
  }

  /// All that is said of roots that stand beside each other, none of which shows a secret.
  private func expectMasks(in roots: [[String: String]]) throws {
    for (number, files) in roots.enumerated() {
      try scratch.write("old/\(number)/kustomization.yaml", "configMapGenerator: [{name: a}]\n")
      for (path, text) in files { try scratch.write("new/\(number)/\(path)", text) }
    }
    let names = roots.indices.map { "new/\($0)" }
    let calls = [
      ["lint"] + names, ["lint", "--diagnostics", "json"] + names,
      ["explain", "--all", "new", "--deep"], ["explain", "--all", "new", "--format", "json"],
      ["explain", "--from", "old/0/kustomization.yaml:1", "--all", "."],
      ["diff", "--all", "old", "new"], ["diff", "--all", "old", "new", "--format", "json"],
    ]
    for call in calls {
      let outcome = try BuiltCommand.run(call, in: scratch.url)
      let lines = (outcome.output + outcome.errors).split(separator: "\n")
      let leaks = lines.filter { $0.contains(Self.secret) || $0.contains("SFVOVEVSMng") }
      #expect(leaks.isEmpty, "\(call)")
      #expect(lines.contains { $0.contains("(secret") || $0.contains("unknown field") }, "\(call)")
    }
  }

  /// A root that does not render has been looked at by some rules, too.
  @Test(arguments: ["", "foo: bar\n"])
  func generatorsOfKustomizations(field: String) throws {
    defer { scratch.remove() }
    try expectMasks(
      in: Self.entries.map {
        ["kustomization.yaml": "secretGenerator:\n- name: login\n  \($0)\n\(field)"]
      })
  }

  /// The same as objects of `generators`, in the kustomization and in a file.
  @Test(arguments: ["", "|", ">"])
  func generatorsOfOtherKinds(block: String) throws {
    defer { scratch.remove() }
    try expectMasks(
      in: Self.entries.map { entry in
        let lines = entry.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
          .map { $0.offset > 0 ? $0.element.dropFirst(2) : $0.element }
        let object =
          ["apiVersion: builtin", "kind: SecretGenerator", "metadata: {name: login}"] + lines
        if block.isEmpty {
          return [
            "kustomization.yaml": "generators: [g.yaml]\n",
            "g.yaml": object.map { "\($0)\n" }.joined(),
          ]
        }
        let inline = object.map { "  \($0)\n" }.joined(separator: block == ">" ? "\n" : "")
        return ["kustomization.yaml": "generators:\n- \(block)\n\(inline)"]
      })
  }

  /// Of what surely is a key, and of what leads to values, all is shown.
  @Test func keysAndFieldsAreShown() throws {
    defer { scratch.remove() }
    let text = """
      namespace: shown
      secretGenerator:
      - name: login
        type: Opaque
        literals:
        - user=HUNTER2x
        - "pass.word=HUNTER2x"
        - token: HUNTER2x
        options:
          labels: {app: shop}
      - {name: b, files: [a.pem], literals: [key=HUNTER2x]}
      - name: c
        data: {a: HUNTER2x}

      """
    let masked = MaskedLines.of(Array(text.utf8))
    #expect(
      masked == [
        5: "  - user=(secret)", 6: "  - \"pass.word=(secret)", 7: "  - (secret)",
        10: "- {name: b, files: [a.pem], literals: [key=(secret)", 12: "  data: (secret)",
      ])
  }

  /// `SecretLines` knows the fields of generators by heart, since it comes before their table.
  @Test func allFieldsAreKnown() {
    let names =
      GeneratorField.allCases.map(\.rawValue) + GeneratorOptionField.allCases.map(\.rawValue)
    for name in names where name != GeneratorField.literals.rawValue {
      #expect(SecretLines.fieldsOfGenerators.contains(name.lowercased()), "\(name)")
    }
  }

  /// Lines of env files without `=` are keys, but what was meant may be the rest of a value.
  @Test func linesWithoutAKey() throws {
    defer { scratch.remove() }
    let kustomization = "secretGenerator:\n- {name: a, envs: [a.env]}\n"
    let text = try messages(
      kustomization, others: ["a.env": "key=-----BEGIN\nHUNTER2x\nHUNTER2xmore\nempty=\n"])
    #expect(text.contains("(secret, 8 bytes): (secret, 0 bytes)"), "\(text)")
    #expect(text.contains("(secret key 1)") && text.contains("(secret key 2)"), "\(text)")
    #expect(text.contains("key: (secret, 10 bytes)") && text.contains("empty: (secret, 0 bytes)"))
    let shown = try BuiltCommand.run(["diff", "old", "new", "--show-secrets"], in: scratch.url)
    #expect(shown.output.contains("HUNTER2xmore: \"\""), "\(shown.output)")
    // A repeated one is complained of.
    _ = try messages(kustomization, others: ["a.env": "HUNTER2x\nHUNTER2x\n"])
    // Another one is another object.
    try scratch.write("old/kustomization.yaml", kustomization)
    try scratch.write("old/a.env", "HUNTER3x\n")
    try scratch.write("new/a.env", "HUNTER4x\n")
    let diff = try BuiltCommand.run(["diff", "old", "new"], in: scratch.url).output
    #expect(diff.contains("secret key") && !diff.contains("HUNTER"), "\(diff)")
  }

  /// Where a list takes the place of a value, its line tells what was there.
  @Test func whatAListReplaces() throws {
    defer { scratch.remove() }
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: HUNTER2x}\n"
    let text = try messages(
      """
      resources: [s.yaml]
      patches:
      - target: {kind: Secret}
        patch: '- {op: replace, path: /stringData/a, value: [x]}'

      """, others: ["s.yaml": secret])
    #expect(text.contains("(secret, 8 bytes)"), "\(text)")
  }

  /// Headings call an object by what replacements have copied from a Secret.
  @Test(arguments: ["metadata.name", "metadata.namespace", "kind", "apiVersion"])
  func headingsOfDifferences(path: String) throws {
    defer { scratch.remove() }
    let objects = """
      apiVersion: v1
      kind: Secret
      metadata: {name: s}
      stringData: {a: HUNTER2x}
      ---
      apiVersion: a/v1
      kind: A
      metadata: {name: plain, namespace: n}
      spec: {a: 1}

      """
    let text = try messages(
      """
      resources: [s.yaml]
      replacements:
      - source: {kind: Secret, fieldPath: stringData.a}
        targets:
        - select: {name: plain}
          fieldPaths: [\(path)]

      """, others: ["s.yaml": objects])
    #expect(text.contains("(secret)"), "\(text)")
    for format in ["markdown", "html", "unified"] {
      for sides in [["old", "new"], ["new", "old"]] {
        let outcome = try BuiltCommand.run(
          ["diff"] + sides + ["--format", format], in: scratch.url)
        #expect(!outcome.output.contains(Self.secret), "\(format): \(outcome.output)")
      }
    }
  }

  /// No build says what the target of a patch selects when an assistant edits a file.
  @Test func patchesOfEditedFiles() {
    let text = """
      patches:
      - target: {name: login}
        patch: |-
          - op: add
            path: /a
            value: HUNTER2x
      - patch: |-
          stringData:
            a: HUNTER2x
        target:
          name: login
      - target: {kind: ConfigMap, name: plain}
        patch: |-
          data:
            a: shown

      """
    let masked = MaskedLines.of(Array(text.utf8))
    #expect(masked == [5: "      value: (secret)", 8: "      a: (secret)"])
  }
}
