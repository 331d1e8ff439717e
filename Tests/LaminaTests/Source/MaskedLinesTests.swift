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

  /// A patch whose target is of another kind is no secret.
  @Test func patchesOfOtherKindsAreShown() {
    let text = "patches:\n- target: {kind: ConfigMap}\n  patch: '[{op: remove, path: /data/a}]'\n"
    #expect(MaskedLines.of(Array(text.utf8)).isEmpty)
  }
}
