import Lamina
import Testing

/// Content hashes of objects of other kinds that `render` refuses, since a wrong name is worse than none.
@Suite struct NodeHashTests {
  private static let bee = """
    apiVersion: example.com/v1
    kind: Bee
    metadata:
      annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}
      name: bee

    """

  private static func message(_ files: [String: String]) -> String {
    let files = MemoryFileSystem(files.merging(["/top/base/bee.yaml": bee]) { own, _ in own })
    do {
      return String(decoding: try Renderer(fileSystem: files).render("/top").bytes, as: UTF8.self)
    } catch { return error.message }
  }

  private static let refusal =
    "a content hash of this object would depend on text that kustomize makes on the way"

  /// One transformer is noted, so that kustomize has merged the first block into the second, and no more.
  @Test func whereAnnotationsThatStandTwiceAreMerged() {
    let shown = Self.message([
      "/top/kustomization.yaml":
        "resources: [bee.yaml]\nbuildMetadata: [transformerAnnotations]\nnamePrefix: a-\n",
      "/top/bee.yaml": Self.bee + "  annotations: {a: b}\n",
    ])
    #expect(shown == Self.refusal)
  }

  /// kustomize takes the data of both objects apart and makes it anew.
  @Test func whereAGeneratedObjectThatWasMergedChangesItsKind() {
    let shown = Self.message([
      "/top/base/kustomization.yaml": "configMapGenerator: [{name: bee, literals: [a=b]}]\n",
      "/top/kustomization.yaml": """
      resources: [base]
      configMapGenerator: [{name: bee, behavior: merge, literals: [c=d]}]
      patches:
      - target: {kind: ConfigMap}
        patch: '{apiVersion: v1, kind: Bee, metadata: {name: bee}}'
        options: {allowKindChange: true}

      """,
    ])
    #expect(shown == Self.refusal)
  }
}
