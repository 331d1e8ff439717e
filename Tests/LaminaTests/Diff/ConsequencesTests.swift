import LaminaDiff
import Testing

@Suite struct ConsequencesTests {
  private func kinds(_ old: String, _ new: String) throws -> [String] {
    try ComparisonFixture().diff(old, new).resources.flatMap(\.consequences).map {
      "\($0.kind.rawValue): \($0.message)"
    }
  }

  private func object(
    _ apiVersion: String, _ kind: String, _ fields: String, name: String = "a",
    namespace: String = ""
  ) -> String {
    let place = namespace.isEmpty ? "" : ", namespace: \(namespace)"
    return
      "{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: \(name)\(place)}, \(fields)}\n"
  }

  private static let again = "has to be deleted and made anew"

  @Test(arguments: [
    (
      "apps/v1", "Deployment", "spec: {selector: {a: b}}", "spec: {selector: {a: c}}",
      "spec.selector"
    ),
    (
      "apps/v1", "StatefulSet",
      "spec: {volumeClaimTemplates: [{metadata: {name: a}, spec: {x: 1}}]}",
      "spec: {volumeClaimTemplates: [{metadata: {name: a}, spec: {x: 2}}]}",
      "spec.volumeClaimTemplates"
    ),
    ("apps/v1", "StatefulSet", "spec: {serviceName: a}", "spec: {}", "spec.serviceName"),
    (
      "batch/v1", "Job", "spec: {template: {spec: {x: 1}}}", "spec: {template: {spec: {x: 2}}}",
      "spec.template"
    ),
    ("v1", "Service", "spec: {clusterIP: None}", "spec: {clusterIP: 10.0.0.1}", "spec.clusterIP"),
    (
      "v1", "PersistentVolumeClaim", "spec: {storageClassName: a}", "spec: {storageClassName: b}",
      "spec.storageClassName"
    ),
    ("v1", "ConfigMap", "immutable: true, data: {a: b}", "immutable: true, data: {a: c}", "data"),
    (
      "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "roleRef: {name: a}",
      "roleRef: {name: b}", "roleRef"
    ),
    (
      "apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster}",
      "spec: {scope: Namespaced}", "spec.scope"
    ),
    ("scheduling.k8s.io/v1", "PriorityClass", "value: 1", "value: 2", "value"),
  ])
  func someFieldsCannotBeChanged(
    apiVersion: String, kind: String, old: String, new: String, field: String
  ) throws {
    let sides = (object(apiVersion, kind, old), object(apiVersion, kind, new))
    #expect(
      try kinds(sides.0, sides.1).first
        == "immutable-field: \(field) cannot be changed: the \(kind) \(Self.again)")
    // Another object can have what it likes there.
    let other = object(apiVersion, kind, new, namespace: "other")
    #expect(try !kinds(sides.0, other).contains { $0.hasPrefix("immutable-field") })
  }

  @Test(arguments: [
    ("apps/v1", "StatefulSet", "spec: {minReadySeconds: 1}", "spec: {minReadySeconds: 2}"),
    (
      "v1", "PersistentVolumeClaim", "spec: {resources: {requests: {storage: 1Gi}}}",
      "spec: {resources: {requests: {storage: 2Gi}}}"
    ),
    ("v1", "ConfigMap", "data: {a: b}", "data: {a: c}"),
    ("v1", "ConfigMap", "data: {a: b}", "immutable: true, data: {a: b}"),
    ("v1", "Service", "spec: {clusterIP: None}", "spec: {}"),
    ("example.com/v1", "Deployment", "spec: {selector: {a: b}}", "spec: {selector: {a: c}}"),
  ])
  func othersCan(apiVersion: String, kind: String, old: String, new: String) throws {
    #expect(try kinds(object(apiVersion, kind, old), object(apiVersion, kind, new)) == [])
  }

  @Test func moreOrFewerPodsAreCounted() throws {
    let (none, three) = ("spec: {x: 1}", "spec: {x: 1, replicas: 3}")
    #expect(
      try kinds(object("apps/v1", "Deployment", none), object("apps/v1", "Deployment", three))
        == ["scale: scaled from 1 pod, the default to 3 pods"])
  }

  @Test func aRemovedClaimTakesItsDataWithIt() throws {
    let removal = try kinds(object("v1", "PersistentVolumeClaim", "spec: {}"), "")
    #expect(removal.map { $0.prefix { $0 != ":" } } == ["removal", "data-loss"])
  }

  @Test func aMovedClaimLeavesItsDataBehind() throws {
    let moved = try kinds(
      object("v1", "PersistentVolumeClaim", "spec: {x: 1}"),
      object("v1", "PersistentVolumeClaim", "spec: {x: 1}", namespace: "b"))
    #expect(moved.map { $0.prefix { $0 != ":" } } == ["namespace-change", "data-loss"])
    #expect(moved.last == "data-loss: the old PersistentVolumeClaim: its data may go with it")
  }

  /// A service of Knative is not the service of that name.
  @Test func anotherGroupIsAnotherObject() throws {
    let service = object("v1", "Service", "spec: {clusterIP: None}")
    #expect(
      try kinds(service, object("serving.knative.dev/v1", "Service", "spec: {x: 1}")) == [
        "removal: the API group changes from none to serving.knative.dev: a new Service is made, "
          + "and the old one goes away where it is pruned"
      ])
    let ingress = object("extensions/v1beta1", "Ingress", "spec: {x: 1}")
    #expect(try kinds(ingress, object("networking.k8s.io/v1", "Ingress", "spec: {x: 2}")) == [])
  }

  @Test func podsFollowTheirTemplate() throws {
    let sides = ["web:1", "web:2"].map { image in
      ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map {
        object("apps/v1", $0, "spec: {template: {spec: {image: '\(image)'}}}", name: "web")
      }.joined(separator: "---\n")
    }
    #expect(
      try kinds(sides[0], sides[1])
        == Array(repeating: "rollout: the pod template changes: all pods are replaced", count: 3))
  }
}
