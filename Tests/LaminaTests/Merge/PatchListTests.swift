import Lamina
import Testing

/// Labels and annotations of a patch that are a list, which is read as keys and values in turn.
@Suite struct PatchListTests {
  /// kustomize crashes where the last key has no value.
  @Test(arguments: ["annotations", "labels"])
  func everyKeyNeedsAValue(field: String) {
    let patch = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, \(field): [a, b, c]}}"
    let files = MemoryFileSystem([
      "/top/kustomization.yaml":
        "resources: [a.yaml]\npatches: [{patch: '\(patch)', target: {kind: ConfigMap}}]\n",
      "/top/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    ])
    let error = #expect(throws: Diagnostic.self) {
      try Renderer(fileSystem: files).render("/top")
    }
    #expect(error?.message == "\(field) must be a mapping, not a list")
  }
}
