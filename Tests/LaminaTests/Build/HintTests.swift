import Lamina
import Testing

/// Hints that say what to write instead, and none that makes it worse.
@Suite struct HintTests {
  private static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: a, annotations: {example.com/port: "1"}}
    spec: {replicas: 1, template: {spec: {containers: [{name: c, image: i}]}}}

    """

  private func failure(
    _ kustomization: String, _ files: [String: String] = [:]
  ) throws -> Diagnostic {
    var all = files
    all["kustomization.yaml"] = "resources: [d.yaml, s.yaml]\n\(kustomization)\n"
    all["d.yaml"] = Self.deployment
    all["s.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {key: v2}\n"
    let texts = Dictionary(uniqueKeysWithValues: all.map { ("/r/\($0.key)", $0.value) })
    do {
      _ = try Renderer(fileSystem: MemoryFileSystem(texts)).render("/r", displayPath: ".")
    } catch { return error }
    throw Unexpected()
  }

  private struct Unexpected: Error {}

  // MARK: - Patches

  @Test(
    arguments: [
      (
        "apps/v1", "{name: web, namespace: b}", "\"web\" is in the namespace \"a\"", "p.yaml:3:34"
      ),
      ("apps/v1", "{name: web}", "\"web\" is in the namespace \"a\"", "p.yaml:1:1"),
      (
        "apps/v1beta1", "{name: web, namespace: a}", "\"web\" has the apiVersion apps/v1",
        "p.yaml:1:13"
      ),
      ("apps/v1", "{name: wbe, namespace: a}", "did you mean \"web\"?", "p.yaml:3:18"),
      ("apps/v1", "{name: p-web, namespace: a}", "did you mean \"web\"?", "p.yaml:3:18"),
    ])
  func aPatchWithoutATarget(
    apiVersion: String, metadata: String, hint: String, place: String
  ) throws {
    let patch = "apiVersion: \(apiVersion)\nkind: Deployment\nmetadata: \(metadata)\n"
    let failure = try failure("patches: [{path: p.yaml}]", ["p.yaml": patch])
    #expect(failure.hint == hint)
    #expect(failure.location.map { "\($0)" } == place)
    #expect(
      failure.notes.map(\.message) == ["\"web\" is here", "the patch was asked for here"])
  }

  @Test func aPatchLikeNothing() throws {
    let patch = "apiVersion: v1\nkind: Service\nmetadata: {name: other}\n"
    let failure = try failure("patches: [{path: p.yaml}]", ["p.yaml": patch])
    #expect(failure.hint == nil)
    #expect(failure.notes.map(\.message) == ["the patch was asked for here"])
  }

  // MARK: - Keys

  /// A comment that repeats a key is no place of it.
  @Test(arguments: [
    ("x: 1\nresourcez: # resourcez of the shop\n- a.yaml\n", "kustomization.yaml:3:1"),
    ("images:\n- name: a\n  newTog:\n    # newTog is no field\n    b\n", "kustomization.yaml:4:3"),
    ("images:\n- {name: newTog, 'newTog': b}\n", "kustomization.yaml:3:18"),
    ("\u{e9}: 1 # \u{e9}\n", "kustomization.yaml:2:1"),
  ])
  func aKeyIsWhereItIs(kustomization: String, place: String) throws {
    let failure = try failure(kustomization)
    let places = ([failure] + failure.others).map { $0.location.map { "\($0)" } }
    #expect(places.contains(place), "\(places)")
  }

  @Test(arguments: ["labels: [{pairs: {\"8080\": x}}]", "commonLabels: {\"true\": x}"])
  func aKeyThatLosesItsQuotes(kustomization: String) throws {
    #expect(
      try failure(kustomization).hint
        == "kustomize fails here as well, with or without quotes: it needs another key")
  }

  @Test func aKeyThatNeedsQuotes() throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t}\ndata:\n  8080: x\n"
    let failure = try failure("resources: [t.yaml]\nnamePrefix: a-", ["t.yaml": map])
    #expect(failure.hint == "kustomize fails here as well; write the key in quotes")
  }

  // MARK: - Fields

  @Test(
    arguments: [
      (
        #"metadata.annotations["example.com/port"]"#,
        #"write it as metadata.annotations.example\.com/port"#
      ),
      (
        #"metadata.annotations.["example.com/port"]"#,
        #"write it as metadata.annotations.example\.com/port"#
      ),
      (
        "metadata.annotations.example.com/port", #"did you mean "example\.com/port"?"#
      ),
      (
        "spec.template.spec.containers[0].image",
        "write it as spec.template.spec.containers.0.image"
      ),
      (
        "spec.template.spec.containers[name=c].image",
        "write it as spec.template.spec.containers.[name=c].image"
      ),
      ("spec.template.spec.container.0.image", "did you mean \"containers\"?"),
      ("spec.replica", "did you mean \"replicas\"?"),
      ("spec.template.spec.containers.[name=z].image", "options.create makes what is missing"),
      ("metadata.labels.tier", "options.create makes what is missing"),
    ])
  func aFieldThatIsNotThere(path: String, hint: String) throws {
    let failure = try failure(
      """
      replacements:
      - source: {kind: ConfigMap, fieldPath: data.key}
        targets: [{select: {kind: Deployment}, fieldPaths: ['\(path)']}]
      """)
    #expect(failure.hint == hint)
  }

  @Test func aSourceThatIsNotThere() throws {
    let failure = try failure(
      """
      replacements:
      - source: {kind: ConfigMap, fieldPath: data.kye}
        targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]
      """)
    #expect(failure.hint == "did you mean \"key\"?")
  }

  // MARK: - Paths

  @Test func anAbsoluteFileThatIsThere() throws {
    let failure = try failure("components: []\nconfigurations: []\nbases: [/r/../o.yaml]")
    #expect(failure.hint == "write the path relative to the kustomization")
  }

  // MARK: - Warnings

  @Test func aBuildThatFailsStillWarns() throws {
    let failure = try failure(
      "commonLabels: {a: b}\npatches: [{path: p.yaml}]",
      ["p.yaml": "kind: X\nmetadata: {name: y}\n"])
    #expect(failure.severity == .error)
    #expect(failure.warnings.map(\.severity) == [.warning])
    #expect(failure.warnings.first?.message.contains("commonLabels") == true)
    #expect(!"\(failure)".contains("commonLabels"))
  }
}
