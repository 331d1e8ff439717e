import Lamina
import Testing

/// What leaves the data of a Secret stays masked in `diff`, `explain` and golden files, and so do the lines of files
/// that messages show.
@Suite struct SecretOutputTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private static let secret = """
    apiVersion: v1
    kind: Secret
    metadata: {name: login}
    data: {user: YWRtaW4=}
    stringData:
      password: hunter2hunter2
      config: |
        token: t0pS3cret

    """
  private static let other =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\ndata: {a: b}\n"
  private static let words = ["hunter2", "aHVudGVyMm", "t0pS3cret", "dG9rZW46", "aHR0cHM6"]

  private func write(_ directory: String, _ kustomization: String, secret: String = secret) throws {
    try scratch.write("\(directory)/kustomization.yaml", kustomization)
    try scratch.write("\(directory)/secret.yaml", secret)
    try scratch.write("\(directory)/other.yaml", Self.other)
  }

  /// All that `diff`, `explain` and `golden` say of a directory; `old` is the same before.
  private func outputs(_ flags: String...) throws -> [String: String] {
    var outputs: [String: String] = [:]
    func run(_ arguments: [String]) throws {
      let outcome = try BuiltCommand.run(arguments + flags, in: scratch.url)
      outputs[arguments.joined(separator: " ")] = outcome.output + outcome.errors
    }
    for format in ["text", "unified", "markdown", "html", "json"] {
      try run(["diff", "old", "new", "--format", format])
    }
    for format in ["text", "json", "html"] { try run(["explain", "new", "--format", format]) }
    try run(["explain", "new", "--deep"])
    try run(["explain", "new", "--deep", "--format", "json"])
    try run(["golden", "update", "new"])
    outputs["golden"] = scratch.read("new/golden.yaml") ?? ""
    try scratch.write(
      "new/golden.yaml", "# Rendered from new by `render golden update`; do not edit.\na: b\n")
    try run(["golden", "check", "new"])
    return outputs
  }

  private func expectMasks() throws {
    for (call, text) in try outputs() {
      for word in Self.words { #expect(!text.contains(word), "\(call): \(text)") }
    }
    // Without masks all of them show something, or the test would pass by itself.
    let shown = try outputs("--show-secrets")
    for call in ["diff old new --format text", "explain new --deep", "golden"] {
      #expect(Self.words.contains { shown[call]?.contains($0) == true }, "\(call)")
    }
  }

  // MARK: - Values that leave

  @Test(arguments: [
    [
      "{op: add, path: /metadata/annotations, value: {a: b}}",
      "{op: copy, from: /stringData/password, path: /metadata/annotations/a}",
    ],
    ["{op: move, from: /stringData/config, path: /metadata/labels}"],
    ["{op: move, from: /stringData, path: /spec}"],
    [
      "{op: add, path: /stringData/a, value: hunter2hunter2}",
      "{op: copy, from: /stringData/a, path: /b}",
    ],
    ["{op: replace, path: /kind, value: ConfigMap}"],
    [
      "{op: replace, path: /kind, value: Own}", "{op: move, from: /stringData, path: /spec}",
    ],
  ])
  func whatAJSONPatchTakesOut(operations: [String]) throws {
    defer { scratch.remove() }
    try write("old", "resources: [secret.yaml, other.yaml]\n")
    try write(
      "new",
      """
      resources: [secret.yaml, other.yaml]
      patches:
      - target: {kind: Secret}
        options: {allowKindChange: true}
        patch: |-
      \(operations.map { "    - \($0)\n" }.joined())
      """)
    try expectMasks()
  }

  @Test func whatBecomesAnotherKind() throws {
    defer { scratch.remove() }
    try write("base", "resources: [secret.yaml, other.yaml]\n")
    try write("old", "resources: [../base]\n")
    let replacement = """
      replacements:
      - source: {kind: ConfigMap, name: login, fieldPath: stringData.password}
        targets:
        - select: {name: plain}
          fieldPaths: [data.a]

      """
    try write(
      "new",
      """
      resources: [../base]
      namePrefix: p-
      \(replacement)patches:
      - target: {kind: Secret}
        options: {allowKindChange: true}
        patch: |-
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: login}

      """)
    try expectMasks()
  }

  /// The values of a generated Secret are written by the edit that makes all of the object.
  @Test func whatIsGeneratedAndBecomesAnotherKind() throws {
    defer { scratch.remove() }
    let generator = """
      secretGenerator:
      - name: login
        literals: [password=hunter2hunter2]
      resources: [other.yaml]

      """
    try write("old", generator)
    try write(
      "new",
      generator + """
        patches:
        - target: {kind: Secret}
          options: {allowKindChange: true}
          patch: '- {op: replace, path: /kind, value: ConfigMap}'

        """)
    try expectMasks()
    let deep = try BuiltCommand.run(["explain", "new", "--deep"], in: scratch.url).output
    #expect(deep.contains("    password: (secret, 20 bytes)"), "\(deep)")
    #expect(deep.contains("  kind: ConfigMap"), "\(deep)")
  }

  /// A change may write a value of a Secret anywhere itself; what is shown is told by the other side.
  @Test(arguments: [
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: login}\ndata: {p: hunter2hunter2}\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nbinaryData: {p: aHVudGVyMmh1bnRlcjI=}\n",
    "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {args: [a, \"hunter2hunter2\\n\"]}\n",
  ])
  func whatAChangeWritesElsewhere(object: String) throws {
    defer { scratch.remove() }
    try write(
      "old", "resources: [secret.yaml]\n",
      secret: Self.secret.replacing(
        "data: {user: YWRtaW4=}", with: "data: {p: aHVudGVyMmh1bnRlcjI=}"))
    try write("new", "resources: [secret.yaml]\n", secret: object)
    for sides in [["old", "new"], ["new", "old"]] {
      for format in ["text", "unified", "markdown", "html", "json"] {
        let output = try BuiltCommand.run(
          ["diff"] + sides + ["--format", format], in: scratch.url
        ).output
        for word in Self.words { #expect(!output.contains(word), "\(format): \(output)") }
        #expect(output.contains("(secret, "))
      }
    }
  }

  /// A word that is as short as `admin`, or that names something, is no secret elsewhere.
  @Test func otherWordsAreShown() throws {
    defer { scratch.remove() }
    try write(
      "old", "resources: [secret.yaml, other.yaml]\n",
      secret: Self.secret + "  user: admin\n  name: postgresql\n")
    try scratch.write("new/kustomization.yaml", "resources: [a.yaml]\n")
    try scratch.write(
      "new/a.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: postgresql}\ndata: {a: admin, b: c}\n")
    let output = try BuiltCommand.run(["diff", "old", "new"], in: scratch.url).output
    #expect(output.contains("ConfigMap postgresql"))
    #expect(output.contains("a: admin"))
  }

  // MARK: - Messages

  /// Mistakes in and around Secrets, in a root that fails on the new side.
  private static let failing: [(files: [String: String], message: String)] = [
    (
      [
        "kustomization.yaml": "resources: [secret.yaml]\n",
        "secret.yaml": secret.replacing("hunter2hunter2", with: "\"hunter2hunter2"),
      ], "password: \"(secret)"
    ),
    (
      [
        "kustomization.yaml": "resources: [secret.yaml]\n",
        "secret.yaml": secret.replacing("password: hunter2", with: "password: !!int hunter2"),
      ], "password: (secret)"
    ),
    (
      [
        "kustomization.yaml": """
        resources: [secret.yaml]
        patches:
        - target: {kind: Secret}
          patch: '- {op: test, path: /stringData/password, value: a}'

        """, "secret.yaml": secret,
      ], "the value here is \"(secret)\""
    ),
    (
      [
        "kustomization.yaml": """
        resources: [secret.yaml]
        patches:
        - target: {kind: Secret}
          patch: '- {op: test, path: /stringData/config, value: a}'

        """, "secret.yaml": secret,
      ], "the value here is \"(secret)\""
    ),
    (
      ["kustomization.yaml": "secretGenerator:\n- name: a\n  literals: [hunter2hunter2]\n"],
      "invalid literal source \"(secret)\""
    ),
    (
      ["kustomization.yaml": "secretGenerator:\n- name: a\n  literals:\n  - hunter2hunter2\n"],
      "invalid literal source \"(secret)\""
    ),
    (
      [
        "kustomization.yaml":
          "secretGenerator:\n- name: a\n  literals: [a=hunter2hunter2, a=t0pS3cret]\n"
      ], "literals: [a=(secret)"
    ),
    (
      [
        "kustomization.yaml": """
        resources: [secret.yaml, other.yaml]
        replacements:
        - source: {kind: Secret, name: login, fieldPath: stringData.password}
          targets:
          - select: {name: number}
            fieldPaths: [spec.replicas]

        """,
        "secret.yaml": secret,
        "other.yaml": number,
      ], "cannot read `(secret)` as what its tag says"
    ),
    (
      [
        "kustomization.yaml": """
        resources: [other.yaml]
        secretGenerator:
        - name: login
          literals:
          - "url=https://admin:t0pS3cret@host"
        replacements:
        - source: {kind: Secret, name: login, fieldPath: data.url}
          targets:
          - select: {name: number}
            fieldPaths: [spec.replicas]

        """,
        "other.yaml": number,
      ], "cannot read `(secret)` as what its tag says"
    ),
    (
      [
        "kustomization.yaml": """
        resources: [secret.yaml, other.yaml]
        replacements:
        - source:
            kind: Secret
            name: login
            fieldPath: stringData.config
            options: {delimiter: " ", index: 1}
          targets:
          - select: {name: number}
            fieldPaths: [spec.replicas]

        """,
        "secret.yaml": secret,
        "other.yaml": number,
      ], "cannot read `(secret)` as what its tag says"
    ),
    (
      [
        "kustomization.yaml": """
        secretGenerator:
        - name: a
          literals:
          - |-
            a=b: c
            hunter2hunter2: d
          - a=hunter2hunter2

        """
      ], "illegally repeats the key \"a\""
    ),
    (
      [
        "kustomization.yaml": """
        secretGenerator:
        - name: a
          literals: [p=hunter2hunter2]
        patches:
        - target: {kind: Secret}
          patch: '- {op: test, path: /data/p, value: a}'

        """
      ], "the value here is \"(secret)\""
    ),
    (
      [
        "kustomization.yaml": """
        secretGenerator:
        - name: a
          files: [p.txt]
        patches:
        - target: {kind: Secret}
          patch: '- {op: test, path: /data/p.txt, value: a}'

        """, "p.txt": "hunter2hunter2",
      ], "    1 │ (secret)\n"
    ),
    (
      [
        "kustomization.yaml": """
        resources: [secret.yaml]
        patches:
        - target: {kind: Secret}
          patch: |-
            - {op: ad, path: /stringData/x, value: hunter2hunter2}

        """, "secret.yaml": secret,
      ], "unknown operation"
    ),
    (
      [
        "kustomization.yaml": "resources: [secret.yaml]\n",
        "secret.yaml":
          #"{"apiVersion": "v1", "kind": "Secret", "stringData": {"a": "hunter2hunter2"}}"#,
      ], "(secret)"
    ),
    (
      [
        "kustomization.yaml": "resources: [secret.yaml]\n",
        "secret.yaml": secret.replacing("password: hunter2", with: "path: \"hunter2"),
      ], "path: \"(secret)"
    ),
    // Items in brackets that are values alone, beside such with their keys.
    (
      [
        "kustomization.yaml":
          "secretGenerator:\n- name: a\n  literals: [password hunter2hunter2, user=bob]\n"
      ], "invalid literal source \"(secret)\", expected key=value\n    3 │   literals: (secret)\n"
    ),
    (
      [
        "kustomization.yaml":
          "secretGenerator:\n- {name: a, literals: [user=bob, password hunter2hunter2]}\n"
      ],
      "invalid literal source \"(secret)\", expected key=value\n"
        + "    2 │ - {name: a, literals: (secret)\n"
    ),
  ]

  private static let number =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: number}\nspec: {replicas: 1}\n"

  @Test(arguments: failing.indices)
  func messagesShowNoSecret(index: Int) throws {
    defer { scratch.remove() }
    let (files, message) = Self.failing[index]
    try write("old", "resources: [other.yaml]\n")
    for (path, text) in files { try scratch.write("new/\(path)", text) }
    for (call, text) in try outputs() {
      for word in Self.words { #expect(!text.contains(word), "\(call): \(text)") }
    }
    let errors = try BuiltCommand.run(["diff", "old", "new"], in: scratch.url).errors
    #expect(errors.contains(message), "\(errors)")
    // Who renders sees the values anyway.
    let shown = try BuiltCommand.run(["new"], in: scratch.url).errors
    #expect(Self.words.contains { shown.contains($0) }, "\(shown)")
  }

  /// A patch is one of a Secret by its target, whatever it says itself.
  @Test(arguments: [
    "- target: {kind: Secret}\n  path: p.yaml\n", "- target: {name: login}\n  path: p.yaml\n",
    "- target: {name: login}\n  patch: |-\nTEXT",
    "- target: {name: login}\n  patch: \"kind: any\\nmetadata: {name: x}\\nstringData:\\n  \\\n    a: !!int hunter2hunter2\"\n",
  ])
  func patchesOfSecretsAreMaskedByTheirTarget(entry: String) throws {
    defer { scratch.remove() }
    let patch = "kind: any\nmetadata: {name: x}\nstringData:\n  a: !!int hunter2hunter2\n"
    let indented = patch.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = entry.replacing("TEXT", with: indented)
    try write("new", "resources: [secret.yaml, other.yaml]\npatches:\n\(text)")
    try scratch.write("new/p.yaml", patch)
    for format in ["text", "json", "sarif", "github", "gitlab"] {
      let outcome = try BuiltCommand.run(["lint", "new", "--diagnostics", format], in: scratch.url)
      let text = outcome.output + outcome.errors
      #expect(text.contains("what its tag says"), "\(text)")
      #expect(!text.contains("hunter2hunter2"), "\(text)")
    }
    let shown = try BuiltCommand.run(["lint", "new", "--show-secrets"], in: scratch.url)
    #expect((shown.output + shown.errors).contains("hunter2hunter2"))
  }

  /// Only the lines of the patch are masked.
  @Test func whatStandsBesideSuchAPatchIsShown() throws {
    defer { scratch.remove() }
    try write(
      "new",
      """
      resources: [secret.yaml, other.yaml]
      patches:
      - target: {name: login}
        patch: |-
          kind: any
          metadata: {name: x}
          stringData:
            a: hunter2hunter2
      imagse: [shown]

      """)
    let outcome = try BuiltCommand.run(["lint", "new"], in: scratch.url)
    let found = outcome.output + outcome.errors
    #expect(found.contains("imagse: [shown]"), "\(found)")
    try scratch.write(
      "new/kustomization.yaml",
      try #require(scratch.read("new/kustomization.yaml")).replacing(
        "imagse: [shown]", with: "replicas: [{name: shown, count: 1}]"))
    let idle = try BuiltCommand.run(["lint", "new"], in: scratch.url)
    let text = idle.output + idle.errors
    #expect(text.contains("replicas: [{name: shown, count: 1}]"), "\(text)")
  }

  /// A replacement writes anywhere, also to what an object is called by.
  @Test func whatNamesAnObjectIsMasked() throws {
    defer { scratch.remove() }
    try write(
      "base",
      """
      resources: [secret.yaml, other.yaml]
      replacements:
      - source: {kind: Secret, name: login, fieldPath: stringData.password}
        targets:
        - select: {name: plain}
          fieldPaths: [apiVersion, kind, metadata.name, metadata.namespace, list.0.name]
          options: {create: true}

      """)
    try scratch.write(
      "base/other.yaml",
      "apiVersion: v1\nkind: A\nmetadata: {name: plain}\nlist: [{name: a, b: c}]\n")
    try scratch.write("over/kustomization.yaml", "resources: [../base]\nnamePrefix: pre-\n")
    for root in ["base", "over"] {
      for format in ["text", "json", "html"] {
        for arguments in [[], ["--deep"], ["A/hunter"], ["--from", "base/secret.yaml:5"]] {
          let call = ["explain"] + arguments + [root, "--format", format]
          let outcome = try BuiltCommand.run(call, in: scratch.url)
          let text = outcome.output + outcome.errors
          #expect(!text.contains("hunter2hunter2"), "\(call): \(text)")
        }
      }
      let shown = try BuiltCommand.run(["explain", root, "--show-secrets"], in: scratch.url)
      #expect(shown.output.contains("hunter2hunter2/"), "\(shown.output)")
    }
  }

  /// What only names a Secret, or changes one beside other things, hides nothing else.
  @Test func whatNamesASecretIsShown() throws {
    defer { scratch.remove() }
    try write("old", "resources: [other.yaml]\n")
    try scratch.write("secret.yaml", Self.secret)
    try write(
      "new",
      """
      resources: [secret.yaml, other.yaml]
      replacements:
      - source: {kind: Secret, name: login, fieldPath: stringData.password}
        targets:
        - select:
            kind: Secret
            name: login
          fieldPaths: [stringData.other]
          options: {create: true}
      patches:
      - target: {kind: Secret}
        patch: |-
          - op: replace
            path: /stringData/password
            value: t0pS3cret
      - target:
          name: plain
        patch: |-
          - op: add
            path: /data/c
            value: t0pS3cret
      images:
      - name: shown
        newTags: b
      labels:
      - pairs: {shown: yes}
        fields: [x]

      """)
    for call in [["diff", "old", "new"], ["lint", "new"], ["explain", "new"]] {
      let outcome = try BuiltCommand.run(call, in: scratch.url)
      let text = outcome.output + outcome.errors
      #expect(text.contains("newTags: b\n"), "\(text)")
      #expect(text.contains("- pairs: {shown: yes}\n") || text.contains("fields: [x]\n"), "\(text)")
    }
    let lines = MaskedLines.of(Array(try #require(scratch.read("new/kustomization.yaml")).utf8))
    #expect(lines == [14: "      value: (secret)", 20: "      value: (secret)"])
  }

  /// An env file need not be text.
  @Test func linesOfEnvFilesAreMasked() throws {
    defer { scratch.remove() }
    try write("old", "resources: [other.yaml]\n")
    try scratch.write("new/kustomization.yaml", "secretGenerator:\n- {name: a, envs: [a.env]}\n")
    _ = try scratch.shell(#"printf 'password=hunter2hunter2\377\n' > new/a.env"#)
    let errors = try BuiltCommand.run(["diff", "old", "new"], in: scratch.url).errors
    #expect(errors.contains("│ password=(secret)\n"), "\(errors)")
    #expect(!errors.contains("hunter2"))
  }
}
