import Lamina
import Testing

/// Where upstream's main branch renders something else than v5.8.1, a build follows v5.8.1 and says so
/// once; with `.next` it follows main. `testdata` has the bytes of both (cases with a file `compat`).
@Suite struct CompatibilityTests {
  private struct Difference: CustomTestStringConvertible, Sendable {
    let name: String
    let files: [String: String]
    let warning: String

    var testDescription: String { name }
  }

  private static let differences = [
    Difference(
      name: "admission policies",
      files: [
        "kustomization.yaml": "namespace: shop\nresources: [a.yaml]\n",
        "a.yaml": """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: a}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: a}
        """,
      ],
      warning: """
        /a.yaml:1:1: warning: kustomize v5.8.1 gives this cluster-scoped object a namespace; upstream's \
        main branch gives it none [version-difference]
            1 │ apiVersion: admissionregistration.k8s.io/v1
              │ ^ RenderOptions.compatibility = .next renders what the main branch does
        """),
    Difference(
      name: "digests",
      files: [
        "kustomization.yaml": "resources: [a.yaml]\nimages:\n- name: web\n  newTag: '2'\n",
        "a.yaml": """
        kind: Pod
        metadata: {name: a}
        spec:
          containers: [{image: "web@sha512:12"}, {image: "web@sha512:34"}, {image: "web@sha256:1"}]
        """,
      ],
      warning: """
        /kustomization.yaml:3:3: warning: kustomize v5.8.1 leaves this image alone, because its digest is \
        not sha256; upstream's main branch changes it [version-difference]
            3 │ - name: web
              │   ^ RenderOptions.compatibility = .next renders what the main branch does
        """),
    Difference(
      name: "delimiters",
      files: [
        "kustomization.yaml": """
        resources: [a.yaml]
        replacements:
        - sourceValue: new
          targets:
          - select: {kind: ConfigMap}
            fieldPaths:
            - data.text.url
            options: {delimiter: ".", index: 1}
        """,
        "a.yaml": "kind: ConfigMap\nmetadata: {name: a}\ndata: {text: 'url: a.old.b'}\n",
      ],
      warning: """
        /kustomization.yaml:7:7: warning: kustomize v5.8.1 ignores options.delimiter in YAML or JSON held \
        in text and replaces the whole value; upstream's main branch replaces one part of it \
        [version-difference]
            7 │     - data.text.url
              │       ^ RenderOptions.compatibility = .next renders what the main branch does
        """),
    Difference(
      name: "claim templates",
      files: [
        "kustomization.yaml": """
        resources: [a.yaml]
        labels:
        - includeTemplates: true
          pairs:
            app: cart
        """,
        "a.yaml": """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: a}
        spec:
          volumeClaimTemplates: [{metadata: {name: data}}]
        """,
      ],
      warning: """
        /kustomization.yaml:5:10: warning: kustomize v5.8.1 adds the labels of includeTemplates to \
        volumeClaimTemplates; upstream's main branch adds them with includeVolumeClaimTemplates only \
        [version-difference]
            5 │     app: cart
              │          ^ RenderOptions.compatibility = .next renders what the main branch does
        """),
    Difference(
      name: "dots in a path",
      files: [
        "kustomization.yaml": "resources:\n- base - ../base\n",
        "base - ../base/kustomization.yaml": "namePrefix: a-\n",
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": "kind: ConfigMap\nmetadata: {name: a}\n",
      ],
      warning: """
        /kustomization.yaml:2:3: warning: kustomize v5.8.1 accepts a path with '..' inside one of its \
        parts; upstream's main branch refuses it as a mistake [version-difference]
            2 │ - base - ../base
              │   ^ RenderOptions.compatibility = .next renders what the main branch does
        """),
  ]

  private func render(
    _ difference: Difference, _ compatibility: Compatibility
  ) throws(Diagnostic) -> Rendering {
    let files = difference.files.map { ("/\($0.key)", $0.value) }
    var options = RenderOptions()
    options.compatibility = compatibility
    return try Renderer(
      fileSystem: MemoryFileSystem(Dictionary(uniqueKeysWithValues: files)), options: options
    ).render("/")
  }

  @Test(arguments: differences) private func isSaidOnce(_ difference: Difference) throws {
    let rendering = try render(difference, .stable)
    #expect(rendering.warnings.map(\.description) == [difference.warning])
    #expect(rendering.warnings.map(\.code) == ["version-difference"])
  }

  @Test(arguments: differences) private func isNotSaidOfNext(_ difference: Difference) throws {
    do {
      let rendering = try render(difference, .next)
      #expect(rendering.warnings.isEmpty)
      #expect(try rendering.bytes != render(difference, .stable).bytes)
    } catch {
      #expect(
        error.description == """
          /kustomization.yaml:2:3: error: directory "base - ../base" is ambiguous: a part of its path \
          contains ".."
              2 │ - base - ../base
                │   ^ two entries of a list may have become one; check the indentation
          """)
    }
  }

  @Test func saysNothingWhereBothRenderTheSame() throws {
    let same = Difference(
      name: "",
      files: [
        "kustomization.yaml": """
        resources: [a.yaml]
        images: [{name: web, newTag: '2'}]
        labels: [{pairs: {app: cart}, includeTemplates: true}]
        replacements:
        - sourceValue: new
          targets:
          - select: {kind: ConfigMap}
            fieldPaths: [data.text.url]
            options: {delimiter: ".", index: 0}
        """,
        "a.yaml": """
        kind: ConfigMap
        metadata: {name: a}
        data: {text: 'url: old'}
        ---
        kind: Pod
        metadata: {name: a}
        spec: {containers: [{image: "other@sha512:12"}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: a}
        """,
      ],
      warning: "")
    #expect(try render(same, .stable).warnings.isEmpty)
    #expect(try render(same, .stable).bytes == render(same, .next).bytes)
  }
}
