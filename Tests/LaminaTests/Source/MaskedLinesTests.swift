import Lamina
import Testing

/// Lines that may be shown hold no value of a Secret, however the file is written.
@Suite struct MaskedLinesTests {
  private static let patch = """
    patches:
    - target: {kind: Secret}
      patch: |-
        - op: add
          path: /stringData/x
          value: |
            xx
    BLANK
            hunter2
    namespace: old

    """

  @Test(arguments: [
    "{\"secretGenerator\": [{\"name\": \"t\",\n\"literals\": [\"a=hunter2\"]}],\n\"namespace\": \"old\"}\n",
    "SecretGenerator:\n- name: q\n  literals:\n  - a=hunter2\nnamespace: old\n",
    "  secretGenerator:\n  - name: q\n    literals:\n    - a=hunter2\n  namespace: old\n",
    "? secretGenerator\n: - name: q\n    literals:\n    - a=hunter2\nnamespace: old\n",
    "secretGenerator:\n- name: q\n  literals:\n  - a=\u{301}hunter2=x\nnamespace: old\n",
    patch.replacing("BLANK", with: "").replacing("\n", with: "\r\n"),
    patch.replacing("BLANK", with: "  "), patch.replacing("BLANK", with: "# why"),
    "kind:\tSecret\nstringData:\n  a: hunter2\n", "kind: !!str Secret\nstringData:\n  a: hunter2\n",
    "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"stringData\": {\"a\": \"hunter2\"}}\n",
    "kind: \"Secre\\x74\"\nstringData:\n  a: hunter2\n",
    "\"\\u006bind\": \"\\U00000053ecret\"\nstringData:\n  a: hunter2\n",
    "kind: \"Sec\\\n  ret\"\nstringData:\n  a: hunter2\n",
    "stringData:\n  a: hunter2\nkind:\n  Secret\n",
    "kind: # this one\n\n# and why\n  !!str Secret\ndata: {a: hunter2}\n",
    "kind: >-\n  Secret\nstringData:\n  a: hunter2\n", "? kind\n: Secret\ndata:\n  a: hunter2\n",
    "{\"kind\"\n:\"Secret\",\n\"data\": {\"a\": \"hunter2\"}}\n",
    "{\"kind\":\n\"Secret\",\n\"data\": {\"a\": \"hunter2\"}}\n",
    "apiVersion: &k Secret\nkind: *k\ndata:\n  a: hunter2\n",
    "\"secret\\x47enerator\":\n- name: q\n  literals:\n  - a=hunter2\nnamespace: old\n",
    "patches:\n- target: {kind: \"Secre\\x74\"}\n  patch: |\n    - {op: add, value: hunter2}\nnamespace: old\n",
    "- op: add\n  \"p\\x61th\": \"/d\\x61ta/a\"\n  value: hunter2\n",
    "kind: Secret\nstringData:\n  path: hunter2\n  op: hunter2\n  from: \"hunter2\n",
  ])
  func noValueIsShown(_ text: String) {
    let masked = MaskedLines.of(Array(text.utf8))
    let shown = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .map { masked[$0.offset] ?? String(decoding: $0.element, as: UTF8.self) }
    #expect(!shown.contains { $0.contains("hunter2") }, "\(shown)")
    #expect(shown.contains { $0.contains("(secret)") })
    // What comes after the secret is shown.
    if text.contains("namespace: old") { #expect(shown.contains { $0.contains("namespace: old") }) }
  }

  /// Lists of kinds, and what begins like one, name no kind of the object.
  @Test(arguments: [
    "kind: Policy\nkinds:\n- Secret\nrule: shown\n",
    "kind: A\nkinds: [\n  \"Secret\",\n  \"B\"]\nrule: shown\n",
    "kind: A\nrule: \"\\x41 shown\"\n", "kind: A\nsecretName: *a\nrule: shown\n",
    "kind:\n  Secrets\nrule: shown\n",
  ])
  func otherObjectsAreShown(_ text: String) { #expect(MaskedLines.of(Array(text.utf8)).isEmpty) }

  /// A patch whose target is of another kind is no secret.
  @Test func patchesOfOtherKindsAreShown() {
    let text = "patches:\n- target: {kind: ConfigMap}\n  patch: '[{op: remove, path: /data/a}]'\n"
    #expect(MaskedLines.of(Array(text.utf8)).isEmpty)
  }
}
