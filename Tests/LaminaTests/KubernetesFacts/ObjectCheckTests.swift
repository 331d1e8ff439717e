import Testing

@testable import LaminaSchema

@Suite struct ObjectCheckTests {
  @Test func unknownFields() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {}
          Ingress: []
        """) == [
          "spec.Ingress: unknown field \"Ingress\" in spec of NetworkPolicy -> ingress"
        ])
  }

  @Test func fieldsThatBelongElsewhere() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        labels: {app: web}
        spec:
          containers:
          - name: web
            image: b
            securityContext: {ports: [{containerPort: 80}]}
        """) == [
          "labels: unknown field \"labels\" in Pod (there is a field \"labels\" in metadata)",
          "spec.containers[name=web].securityContext.ports: unknown field \"ports\" in "
            + "spec.containers[name=web].securityContext of Pod "
            + "(the object around this has a field \"ports\")",
        ])
  }

  @Test func fieldsOfSomeVersions() throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec: {hostnameOverride: a, containers: [{name: a, image: b}]}
      """
    #expect(try CheckedObjects.violations(pod) == [])
    #expect(
      try CheckedObjects.violations(pod, version: "1.30") == [
        "spec.hostnameOverride: unknown field \"hostnameOverride\" in spec of Pod "
          + "(Kubernetes has this field since 1.34, and is 1.30 here)"
      ])
    // The type of `resources` is another one since 1.29.
    let claim = """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: a}
      spec: {resources: {requests: {storage: 1Gi}, claims: [{name: x}]}}
      """
    #expect(try CheckedObjects.violations(claim) == [])
    #expect(try CheckedObjects.violations(claim, version: "1.28") == [])
    #expect(try CheckedObjects.violations(claim, version: "1.29").count == 1)
  }

  @Test func wrongTypes() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a, labels: {on: true}}
        spec:
          replicas: "3"
          paused: "yes"
          selector: {matchLabels: {app: a}}
          template:
            metadata: []
            spec:
              containers:
              - name: a
                command: run --fast
                env: [{name: PORT, value: 80}]
                ports: {containerPort: 80}
                livenessProbe: {httpGet: {port: true}, periodSeconds: 1.5, timeoutSeconds: 3.0}
                resources: {limits: {cpu: 100mi, memory: 128 MB}, requests: {cpu: 0.5, memory: 1e3}}
        """) == [
          "metadata.labels.on: labels.on must be a string, not the boolean true -> \"true\"",
          "spec.paused: paused must be true or false, not the string \"yes\" -> true",
          "spec.replicas: replicas must be an integer, not the string \"3\" -> 3",
          "spec.template.metadata: metadata must be a mapping, not a list",
          "spec.template.spec.containers[name=a].command: command must be a list, "
            + "not the string \"run --fast\" -> [\"run --fast\"]",
          "spec.template.spec.containers[name=a].env[name=PORT].value: value must be a string, "
            + "not the number 80 -> \"80\"",
          "spec.template.spec.containers[name=a].livenessProbe.httpGet.port: "
            + "port must be an integer or a string, not the boolean true",
          "spec.template.spec.containers[name=a].livenessProbe.periodSeconds: "
            + "periodSeconds must be an integer, not the number 1.5",
          "spec.template.spec.containers[name=a].ports: ports must be a list, not a mapping",
          "spec.template.spec.containers[name=a].resources.limits.cpu: "
            + "\"100mi\" is not a quantity such as 500m or 1Gi -> 100m",
          "spec.template.spec.containers[name=a].resources.limits.memory: "
            + "\"128 MB\" is not a quantity such as 500m or 1Gi -> 128M",
        ])
  }

  @Test func secretsStayOutOfMessages() throws {
    #expect(
      try CheckedObjects.violations(
        "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {PIN: 1234}}") == [
          "stringData.PIN: stringData.PIN must be a string, not a number"
        ])
  }

  @Test func requiredFields() throws {
    let set = """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: a}
      spec:
        selector: null
        template: {spec: {containers: [{image: b}]}}
      """
    let always = [
      "spec.template.spec.containers[0]: required field \"name\" is missing in "
        + "spec.template.spec.containers[0] of StatefulSet",
      "spec: required field \"selector\" is missing in spec of StatefulSet",
    ]
    #expect(try CheckedObjects.violations(set) == always)
    #expect(try CheckedObjects.violations(set, version: "1.33") == always)
    #expect(
      try CheckedObjects.violations(set, version: "1.30") == always + [
        "spec: required field \"serviceName\" is missing in spec of StatefulSet"
      ])
  }

  @Test func enumerations() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          dnsPolicy: ""
          restartPolicy: always
          containers:
          - {name: a, imagePullPolicy: Allways, securityContext: {capabilities: {add: [ALL]}}}
        """) == [
          "spec.containers[name=a].imagePullPolicy: \"Allways\" is not a value of "
            + "imagePullPolicy: it must be Always, IfNotPresent or Never -> Always",
          "spec.restartPolicy: \"always\" is not a value of restartPolicy: "
            + "it must be Always, Never or OnFailure -> Always",
        ])
    let claim = """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: a}
      spec: {accessModes: [ReadWriteonce]}
      """
    #expect(
      try CheckedObjects.violations(claim) == [
        "spec.accessModes[0]: \"ReadWriteonce\" is not a value of accessModes[0]: it must be "
          + "ReadOnlyMany, ReadWriteMany, ReadWriteOnce or ReadWriteOncePod -> ReadWriteOnce"
      ])
  }

  @Test func resourceNames() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
          - name: a
            resources: {limits: {memroy: 1Gi, hugepages-1Gi: 1Gi, nvidia.com/gpu: 1, "${X}": 1}}
        """) == [
          "spec.containers[name=a].resources.limits.memroy: there is no resource \"memroy\" -> memory "
            + "(resources are cpu, memory, storage, ephemeral-storage and hugepages-…, "
            + "or have a domain in front, such as nvidia.com/gpu)"
        ])
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: a}
        spec: {hard: {requests.cpu: 1, count/jobs.batch: 3}}
        """) == [])
  }

  @Test func whatIsFilledInLater() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: "{{ labels }}"}
        spec:
          ${FIELD}: 1
          restartPolicy: ${POLICY}
          hostNetwork: $(HOST)
          terminationGracePeriodSeconds: "ENC[AES256_GCM,data:x]"
          containers: ${CONTAINERS}
        sops: {mac: x}
        """) == [])
  }

  @Test func whatOtherRulesTell() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          $patch: replace
          $setElementOrder/containers: []
          containers: []
        """) == [])
  }

  @Test func whatIsNotLookedAt() throws {
    #expect(
      try CheckedObjects.violations(
        """
        apiVersion: example.com/v1
        kind: Widget
        metadata: {name: w}
        spec: {Ingress: 1}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, managedFields: [{fieldsV1: {"f:data": {".": {}}}}]}
        spec: {containers: []}
        status: {anything: 1}
        """) == [])
  }

  @Test func removedAndDeprecated() throws {
    func check(_ apiVersion: String, _ kind: String, _ version: String? = nil) throws -> [String] {
      try CheckedObjects.violations(
        "{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: a}, spec: {}}",
        version: version
      ).filter { $0.hasPrefix("apiVersion") }
    }
    #expect(
      try check("extensions/v1beta1", "Ingress") == [
        "apiVersion: extensions/v1beta1 Ingress was removed in Kubernetes 1.22; "
          + "use networking.k8s.io/v1 -> networking.k8s.io/v1"
      ])
    let autoscaler = (api: "autoscaling/v2beta2", kind: "HorizontalPodAutoscaler")
    #expect(
      try check(autoscaler.api, autoscaler.kind) == [
        "apiVersion: autoscaling/v2beta2 HorizontalPodAutoscaler was removed in Kubernetes 1.26; "
          + "use autoscaling/v2 -> autoscaling/v2"
      ])
    #expect(
      try check(autoscaler.api, autoscaler.kind, "1.25") == [
        "apiVersion: autoscaling/v2beta2 HorizontalPodAutoscaler is deprecated since "
          + "Kubernetes 1.23; use autoscaling/v2 -> autoscaling/v2"
      ])
    #expect(
      try check(autoscaler.api, autoscaler.kind, "1.26") == [
        "apiVersion: autoscaling/v2beta2 HorizontalPodAutoscaler was removed in "
          + "Kubernetes 1.26; use autoscaling/v2 -> autoscaling/v2"
      ])
    #expect(
      try check("v1", "Endpoints", "1.33") == [
        "apiVersion: v1 Endpoints is deprecated since Kubernetes 1.33; "
          + "use discovery.k8s.io/v1 EndpointSlice"
      ])
    #expect(try check("v1", "Endpoints", "1.32") == [])
    #expect(
      try check("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "1.28") == [
        "apiVersion: Kubernetes serves admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy "
          + "only since 1.30"
      ])
    #expect(try check("batch/v1", "CronJob") == [])
  }
}
