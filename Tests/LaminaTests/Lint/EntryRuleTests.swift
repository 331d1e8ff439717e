import Lamina
import Testing

/// What `testdata/lint` cannot show of the rules for entries: levels, several roots, and fixes.
@Suite struct EntryRuleTests {
  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
          - name: web
            image: example/web:1.0

    """

  private func rules(
    _ kustomization: String, for purpose: Lint.Purpose, _ files: [String: String] = [:]
  ) throws -> [String] {
    var files = files
    files["kustomization.yaml"] = kustomization
    files["web.yaml"] = Self.web
    return try LintedTree(files).findings(for: purpose).map { finding in
      "\(finding.rule.rawValue) \(finding.diagnostic.location?.line ?? 0)"
    }
  }

  private static let levels: [(kustomization: String, build: [String], lint: [String])] = [
    (
      """
      resources: [web.yaml]
      patches:
      - target: {kind: Deployment}
        patch: |-
          - {op: replace, path: /spec/templat, value: {}}
          - {op: replace, path: /spec/replicas, value: 3}
          - {op: add, path: /metadata/labels, value: {tier: a}}
          - {op: replace, path: /metadata/labels/tie2, value: b}
      """, ["json-replace-adds 5"],
      ["json-replace-adds 5", "json-replace-adds 6", "json-replace-adds 8"]
    ),
    (
      """
      resources: [web.yaml]
      patches:
      - target: {kind: Deployment, name: w.b}
        patch: '[]'
      - target: {kind: Deployment, namespace: a.b}
        patch: '[]'
      """, ["target-unescaped-dot 3", "patch-no-match 5"],
      ["target-unescaped-dot 3", "target-unescaped-dot 5", "patch-no-match 5"]
    ),
    (
      """
      resources: [web.yaml]
      replacements:
      - sourceValue: x
        targets:
        - select: {kind: Service}
          fieldPaths: [metadata.name]
        - select: {kind: Deployment}
          fieldPaths: [metadata.name]
      """, [], ["replacement-no-match 5"]
    ),
    (
      """
      resources: [web.yaml]
      replacements:
      - sourceValue: x
        targets:
        - select: {kind: Service}
          fieldPaths: [metadata.name]
        - select: {kind: Job}
          fieldPaths: [metadata.name]
      """, ["replacement-no-match 5"], ["replacement-no-match 5"]
    ),
  ]

  @Test(arguments: levels)
  func buildsWarnOfWhatIsCertain(
    _ level: (kustomization: String, build: [String], lint: [String])
  ) throws {
    #expect(Set(try rules(level.kustomization, for: .build)) == Set(level.build))
    #expect(Set(try rules(level.kustomization, for: .lint)) == Set(level.lint))
  }

  /// A replacement of which each root has another target is not reported for all of it.
  @Test func aReplacementThatWorksInOneRootIsNoMistake() throws {
    func root(_ kind: String) -> [String: String] {
      [
        "\(kind)/kustomization.yaml": "resources: [a.yaml]\ncomponents: [../parts]\n",
        "\(kind)/a.yaml": "apiVersion: v1\nkind: \(kind)\nmetadata:\n  name: a\n",
      ]
    }
    let parts = """
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      replacements:
      - sourceValue: x
        targets:
        - select: {kind: Secret}
          fieldPaths: [metadata.annotations.a]
          options: {create: true}
        - select: {kind: Service}
          fieldPaths: [metadata.annotations.a]
          options: {create: true}
      """
    var files = root("ConfigMap")
    files["parts/kustomization.yaml"] = parts
    let alone = try LintedTree(files).findings()
    #expect(alone.map(\.rule) == [.replacementNoMatch])
    #expect(alone.map(\.level) == [.warning])
    files.merge(root("Service")) { $1 }
    let both = try LintedTree(files).findings()
    #expect(both.map(\.rule) == [.replacementNoMatch])
    #expect(both.map(\.level) == [.lint], "the target of the Secret only")
    files.merge(root("Secret")) { $1 }
    #expect(try LintedTree(files).findings().isEmpty)
  }

  private static let fixes: [(kustomization: String, original: String, fixed: String)] = [
    ("images:\n- {name: 'example/web:9', newTag: '2'}", "'example/web:9'", "'example/web'"),
    ("patches:\n- target: {name: web*}\n  patch: '[]'", "web*", "web.*"),
    ("patches:\n- target: {name: \"w.b\"}\n  patch: '[]'", "\"w.b\"", #""w\\.b""#),
    ("patches:\n- target: {name: 'w.b'}\n  patch: '[]'", "'w.b'", #"'w\.b'"#),
    ("patches:\n- target: {name: web}\n  path: patch.json", #""spec/a""#, #""/spec/a""#),
    ("patches: [path: patch.yaml]", "nmae", "name"),
  ]

  @Test(arguments: fixes)
  func slipsAreCorrected(_ fix: (kustomization: String, original: String, fixed: String)) throws {
    let kustomization = "resources: [web.yaml]\n\(fix.kustomization)\n"
    let files = [
      "kustomization.yaml": kustomization, "web.yaml": Self.web,
      "patch.json": #"[{"op": "add", "path": "spec/a", "value": 1}]"#,
      "patch.yaml": Self.web.replacing("- name: web", with: "- nmae: web"),
    ]
    let found = try LintedTree(files).findings().flatMap(\.diagnostic.fixes)
    let edit = try #require(found.first?.edits.first)
    let text = Array(try #require(files[edit.file]).utf8)
    #expect(String(decoding: text[edit.start..<edit.end], as: UTF8.self) == fix.original)
    #expect(edit.replacement == fix.fixed)
  }
}
