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

  @Test(arguments: [
    // Annotations that come between two changes of the name.
    ("namePrefix: a-\n", "namePrefix: b-\ncommonAnnotations: {a: b}\n", "nameSuffix: -c\n"),
    // A patch of a layer that has changed the name before, with another change above.
    (
      "namePrefix: a-\n",
      "patches: [{patch: '{apiVersion: example.com/v1, kind: Bee, metadata: {name: bee, annotations: {a: b}}}'}]\n",
      "namespace: c\n"
    ),
    ("buildMetadata: [transformerAnnotations]\nnamePrefix: a-\n", "", ""),
    (
      "patches: [{target: {kind: Bee}, patch: '[{\"op\": \"add\", \"path\": \"/spec\", \"value\": 1}]'}]\n",
      "", ""
    ),
  ])
  func whereTheOrderOfNotesIsNotKnown(top: String, middle: String, base: String) {
    let shown = Self.message([
      "/top/kustomization.yaml": "resources: [middle]\n" + top,
      "/top/middle/kustomization.yaml": "resources: [../base]\n" + middle,
      "/top/base/kustomization.yaml": "resources: [bee.yaml]\n" + base,
    ])
    #expect(shown == Self.refusal)
  }

  @Test func whereAnnotationsStandTwice() {
    let shown = Self.message([
      "/top/kustomization.yaml": "resources: [base/bee.yaml]\n",
      "/top/base/bee.yaml": Self.bee + "  annotations: {a: b}\n",
    ])
    #expect(shown == Self.refusal)
  }
}
