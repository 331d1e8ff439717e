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
}
