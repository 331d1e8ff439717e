import LaminaSchema
import Testing

/// What the table says of a place, as editors show it.
@Suite struct ObjectPlaceTests {
  private let facts = KubernetesFacts(version: nil)

  private func place(_ path: String, _ kind: String = "Deployment") -> ObjectPlace {
    let versions = ["Deployment": "apps/v1", "Ingress": "networking.k8s.io/v1"]
    return ObjectPlace(
      apiVersion: versions[kind] ?? "v1", kind: kind,
      keys: path.split(separator: ".").map { String($0) })
  }

  private func names(_ path: String, _ kind: String = "Deployment") -> [String] {
    facts.fields(at: place(path, kind)).map(\.name)
  }

  @Test func requiredFieldsComeFirst() {
    #expect(names("spec").prefix(3) == ["selector", "template", "minReadySeconds"])
    #expect(facts.fields(at: place("spec")).map(\.isRequired).prefix(3) == [true, true, false])
    #expect(names("spec.template.spec").first == "containers")
    #expect(names("spec.nothing") == [])
    #expect(names("", "Unknown") == [])
  }

  @Test func mergeKeysComeBeforeThat() {
    #expect(names("spec.template.spec.containers").first == "name")
    #expect(names("spec.ports", "Service").prefix(2) == ["port", "protocol"])
    #expect(facts.field(at: place("spec.ports", "Service"))?.listKeys == ["port", "protocol"])
  }

  @Test(arguments: [
    ("spec.replicas", "integer"), ("spec.template", "mapping"),
    ("spec.template.spec.containers", "list of mappings"),
    ("spec.template.spec.containers.args", "list of strings"),
    ("metadata.labels", "mapping of strings"), ("metadata.labels.app", "string"),
    ("spec.template.spec.containers.resources.limits.cpu", "quantity"),
    ("spec.strategy.rollingUpdate.maxSurge", "integer or string"),
    ("spec.paused", "boolean"), ("spec.strategy.type", "string"),
  ])
  func typesHaveWords(_ path: String, _ type: String) {
    #expect(facts.field(at: place(path))?.type == type)
  }

  @Test func wordsAreThoseOfTheVersion() {
    #expect(
      facts.field(at: place("spec.template.spec.containers.imagePullPolicy"))?.values
        == ["Always", "IfNotPresent", "Never"])
    #expect(facts.field(at: place("spec.paused"))?.values == ["true", "false"])
    #expect(facts.field(at: place("spec.replicas"))?.values == [])
  }

  @Test func versionsAreSaidWhereTheyDiffer() {
    let context = "spec.template.spec.containers.securityContext"
    #expect(facts.field(at: place("\(context).appArmorProfile"))?.versions == "since 1.30")
    #expect(facts.field(at: place("\(context).privileged"))?.versions == nil)
    let old = KubernetesFacts(version: KubernetesVersion("1.29"))
    #expect(old.field(at: place("\(context).appArmorProfile")) == nil)
  }

  @Test func shapesSayWhatFollows() {
    #expect(facts.field(at: place("spec.replicas"))?.shape == .scalar)
    #expect(facts.field(at: place("spec.template"))?.shape == .mapping)
    #expect(facts.field(at: place("spec.template.spec.containers"))?.shape == .list)
    #expect(facts.field(at: place("spec.template.spec.containers.ports"))?.shape == .list)
  }

  @Test func kindsAndVersionsAreListed() {
    #expect(facts.apiVersions(ofKind: "Deployment") == ["apps/v1"])
    #expect(facts.kinds(ofAPIVersion: "apps/v1").contains("StatefulSet"))
    #expect(!facts.kinds(ofAPIVersion: "apps/v1").contains("Service"))
    #expect(facts.kinds(ofAPIVersion: nil).contains("Service"))
    #expect(
      facts.apiVersions(ofKind: "HorizontalPodAutoscaler").prefix(2) == [
        "autoscaling/v2", "autoscaling/v1",
      ])
    #expect(facts.apiVersions(ofKind: nil).first?.contains("beta") == false)
    #expect(facts.apiVersions(ofKind: "None") == [])
  }
}
