import Testing

@testable import LaminaSchema

@Suite struct KubernetesFactsTests {
  @Test(
    arguments: [
      ("1.33", 33), ("v1.33", 33), ("1.33.2", 33), ("1.25", 25), ("1.9", 9), ("", nil), ("1", nil),
      ("2.33", nil), ("1.x", nil), ("1.33.2.1", nil), ("1.+3", nil), ("1.", nil),
    ] as [(String, Int?)])
  func versions(_ text: String, _ minor: Int?) {
    #expect(KubernetesVersion(text)?.minor == minor)
  }

  @Test func knownVersions() {
    #expect(KubernetesVersion.oldest.description == "1.25")
    #expect(KubernetesVersion.newest.description == "1.37")
    #expect(!KubernetesVersion(minor: 24).isKnown)
    #expect(KubernetesFacts(version: KubernetesVersion(minor: 24)).version == nil)
  }

  @Test(arguments: [
    ("28", "in 1.28"), ("-28", "up to 1.28"), ("30-", "since 1.30"), ("26-28", "in 1.26 to 1.28"),
    ("-", "in all versions"),
  ])
  func versionSets(_ text: String, _ description: String) {
    #expect(VersionSet(Array(text.utf8)[...]).description == description)
  }

  @Test func groups() {
    let facts = KubernetesFacts(version: nil)
    #expect(facts.isBuiltIn(group: ""))
    #expect(facts.isBuiltIn(group: "networking.k8s.io"))
    #expect(!facts.isBuiltIn(group: "gateway.networking.k8s.io"))
    #expect(facts.knows(apiVersion: "extensions/v1beta1", kind: "Ingress"))
    #expect(!facts.knows(apiVersion: "apps/v1", kind: "Deploymnt"))
  }

  @Test func listKeys() {
    let facts = KubernetesFacts(version: nil)
    func keys(_ path: String...) -> [String]? {
      facts.listKeys(apiVersion: "apps/v1", kind: "Deployment", path: path)
    }
    #expect(keys("spec", "template", "spec", "containers") == ["name"])
    #expect(
      keys("spec", "template", "spec", "containers", "ports") == ["containerPort", "protocol"])
    #expect(keys("spec", "template", "spec", "containers", "command") == nil)
    #expect(keys("spec", "replicas") == nil)
    #expect(keys("spec", "nothing") == nil)
  }

  /// Fields are found by halving, so that each object's must be in order; and every type must be there.
  @Test func table() {
    let types = FactTypes()
    #expect(types.fields.count > 2_000)
    for field in types.fields {
      if case .line(let line) = field.type { #expect(line < types.lineCount) }
    }
    for line in 0..<types.lineCount {
      guard case .object(let range) = types.contents(line) else { continue }
      for index in range {
        let name = Array(types.text(types.fields[index].name).utf8)
        #expect(types.find(name.span, in: range).contains(index))
      }
    }
  }

  @Test(arguments: [
    ("1", true), ("0.5", true), (".5", true), ("1.", true), ("100m", true), ("1Ki", true),
    ("1e3", true), ("1E-3", true), ("-1Gi", true), ("+5", true), ("1E", true), ("1k", true),
    ("", false), ("m", false), ("128 MB", false), ("1KB", false), ("1K", false), ("100mi", false),
    ("1.2.3", false), ("1e", false), ("1e+", false), ("--1", false), ("1gi", false),
  ])
  func quantities(_ text: String, _ isValid: Bool) {
    #expect(Quantity.isValid(text) == isValid)
  }

  @Test(
    arguments: [
      ("128 MB", "memory", "128M"), ("100mi", "cpu", "100m"), ("100mi", "memory", "100Mi"),
      ("1gb", "memory", "1G"), ("1 GiB", "memory", "1Gi"), ("512b", "memory", "512"),
      ("1K", "memory", "1k"), ("lots", "memory", nil), ("1 week", "memory", nil),
    ] as [(String, String, String?)])
  func nearestQuantities(_ text: String, _ resource: String, _ nearest: String?) {
    #expect(Quantity.nearest(to: text, of: resource) == nearest)
  }
}
