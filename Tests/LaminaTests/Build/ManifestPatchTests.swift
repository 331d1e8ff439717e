import Lamina
import Testing

@Suite struct ManifestPatchTests {
  private let stream = Array(
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      template:
        spec:
          containers:
          - {name: web, image: "web:1"}
          - {name: log, image: "log:1"}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {ports: [{port: 80}]}

    """.utf8)

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func aStrategicMergeFindsItsObjectInAStream() throws {
    let patch = try ManifestPatch.strategicMerge(
      Array(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {template: {spec: {containers: [{name: web, image: "web:2"}]}}}
        """.utf8))
    #expect(
      text(try patch.applied(to: stream)) == """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          template:
            spec:
              containers:
              - image: web:2
                name: web
              - image: log:1
                name: log
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          ports:
          - port: 80

        """)
  }

  @Test func aDeletedObjectIsLeftOut() throws {
    let patch = try ManifestPatch.strategicMerge(
      Array("$patch: delete\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n".utf8))
    #expect(!text(try patch.applied(to: stream)).contains("Service"))
  }

  @Test func aJSONPatchGoesToEveryObject() throws {
    let patch = try ManifestPatch.json(
      Array("[{\"op\": \"add\", \"path\": \"/metadata/namespace\", \"value\": \"shop\"}]".utf8))
    let patched = text(try patch.applied(to: stream))
    #expect(patched.split(separator: "  namespace: shop\n").count == 3)
  }

  @Test func whatDoesNotMatchIsSaidWithItsPlace() throws {
    let patch = try ManifestPatch.strategicMerge(
      Array("apiVersion: v1\nkind: Service\nmetadata: {name: wep}\n".utf8))
    do {
      _ = try patch.applied(to: stream)
      Issue.record("should have failed")
    } catch {
      #expect(
        error.description == """
          patch.yaml:3:18: error: no resource matches strategic merge patch "Service.v1.[noGrp]/wep.[noNs]"
              3 │ metadata: {name: wep}
                │                  ^ did you mean "web"?
          manifests.yaml:11:1: note: "web" is here
             11 │ apiVersion: v1
                │ ^
          """)
    }
  }

  @Test func whatIsNoPatchIsRefusedAtOnce() {
    #expect(throws: Diagnostic.self) { try ManifestPatch.json(Array("a: 1\n".utf8)) }
    #expect(throws: Diagnostic.self) { try ManifestPatch.strategicMerge(Array("[1]\n".utf8)) }
  }

  // MARK: - Targets and options

  private let objects = """
    # the first
    kind:   ConfigMap
    apiVersion: v1
    metadata: {name: a, labels: {tier: front}}
    --- # a remark
    apiVersion: v1
    kind: Secret
    metadata: {name: b, labels: {tier: front}}\r
    ---

    # nothing
    ---
    apiVersion: v1
    kind: List
    items:
    - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
    - {apiVersion: v1, kind: ConfigMap, metadata: {name: d, labels: {tier: back}}}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: e} # the last
    """

  private func merge(_ text: String) throws -> ManifestPatch {
    try .strategicMerge(Array(text.utf8))
  }

  @Test func theRestOfAStreamIsUntouched() throws {
    var patch = try merge("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {k: v}\n")
    patch.target = .init(kind: "ConfigMap", labelSelector: "tier in (front, back)")
    #expect(
      text(try patch.spliced(into: Array(objects.utf8))) == """
        apiVersion: v1
        data:
          k: v
        kind: ConfigMap
        metadata:
          labels:
            tier: front
          name: a
        --- # a remark
        apiVersion: v1
        kind: Secret
        metadata: {name: b, labels: {tier: front}}\r
        ---

        # nothing
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: c
        ---
        apiVersion: v1
        data:
          k: v
        kind: ConfigMap
        metadata:
          labels:
            tier: back
          name: d
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: e} # the last
        """)
  }

  @Test func whatChangesNothingTouchesNothing() throws {
    var patch = try ManifestPatch.json(
      Array(#"[{"op": "replace", "path": "/metadata/name", "value": "e"}]"#.utf8))
    patch.target = .init(name: "e")
    #expect(try patch.spliced(into: Array(objects.utf8)) == Array(objects.utf8))
    patch.target = .init(kind: "None")
    #expect(try patch.spliced(into: Array(objects.utf8)) == Array(objects.utf8))
    #expect(try patch.spliced(into: []) == [])
  }

  @Test func aDeletedDocumentGoesWithItsSeparator() throws {
    var patch = try merge("apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n$patch: delete\n")
    let start =
      "# the first\nkind:   ConfigMap\napiVersion: v1\nmetadata: {name: a, labels: {tier: front}}\n---\n"
    #expect(text(try patch.spliced(into: Array(objects.utf8))).hasPrefix(start + "\n# nothing"))
    patch.target = .init(name: "[ae]|c|d")
    let left = text(try patch.spliced(into: Array(objects.utf8)))
    #expect(left.hasPrefix("--- # a remark\n") && left.hasSuffix("\n# nothing\n"))
  }

  @Test func lineBreaksOfOtherDocumentsStay() throws {
    let first = "apiVersion: v1\r\nkind: A\r\nmetadata: {name: a}\r\n---\r\n"
    let stream = first + "apiVersion: v1\r\nkind: B\r\nmetadata: {name: b}\r\n"
    var patch = try merge("apiVersion: v1\nkind: B\nmetadata: {name: b}\nspec: {c: d}\n")
    patch.target = .init(kind: "B")
    let second = "apiVersion: v1\nkind: B\nmetadata:\n  name: b\nspec:\n  c: d\n"
    #expect(text(try patch.spliced(into: Array(stream.utf8))) == first + second)
  }

  @Test func namesAndKindsChangeOnlyIfAllowed() throws {
    let object = Array("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n".utf8)
    var patch = try merge("apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n")
    for target in [nil, ManifestPatch.Target(name: "a")] {
      patch.target = target
      patch.allowsNameChange = false
      patch.allowsKindChange = false
      #expect(
        text(try patch.applied(to: object))
          == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n")
      patch.allowsNameChange = true
      #expect(
        text(try patch.applied(to: object))
          == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n")
      patch.allowsKindChange = true
      #expect(
        text(try patch.applied(to: object))
          == "apiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n")
    }
  }

  @Test func aSchemaSaysHowListsAreMerged() throws {
    let object = Array(
      "apiVersion: example.com/v1\nkind: Cart\nmetadata: {name: c}\nspec: {items: [{id: 1, n: 1}, {id: 2}]}\n"
        .utf8)
    var patch = try merge(
      "apiVersion: example.com/v1\nkind: Cart\nmetadata: {name: c}\nspec: {items: [{id: 1, m: 2}]}\n"
    )
    #expect(!text(try patch.applied(to: object)).contains("id: 2"))
    patch.openAPI = Array(
      """
      {"definitions": {"v1.Cart": {
        "x-kubernetes-group-version-kind":
          [{"group": "example.com", "version": "v1", "kind": "Cart"}],
        "properties": {"spec": {"properties": {"items": {
          "type": "array", "items": {"type": "object"},
          "x-kubernetes-patch-merge-key": "id", "x-kubernetes-patch-strategy": "merge"}}}}}}}
      """.utf8)
    #expect(
      text(try patch.applied(to: object)).hasSuffix(
        "  items:\n  - id: 1\n    m: 2\n    \"n\": 1\n  - id: 2\n"))
    patch.openAPI = Array("- no\n".utf8)
    #expect(throws: Diagnostic.self) { try patch.applied(to: object) }
  }

  @Test func wrongTargetsAreRefused() throws {
    let object = Array("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n".utf8)
    var patch = try merge("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n")
    patch.target = .init(name: "(")
    do {
      _ = try patch.applied(to: object)
      Issue.record("an expression without an end was read")
    } catch { #expect(error.id == "invalid-selector-pattern") }
    patch = try merge(
      "kind: A\nmetadata: {name: a}\n---\nkind: B\nmetadata: {name: b}\n")
    patch.target = .init(name: "a")
    do {
      _ = try patch.applied(to: object)
      Issue.record("two patches had one target")
    } catch { #expect(error.id == "several-patches-with-target") }
  }
}
