internal import Lamina

/// The fields that the API server refuses to change, by kind.
///
/// From Kubernetes v1.34: `Validate…Update` in pkg/apis/*/validation and the strategies in
/// pkg/registry. What custom resources refuse (`self == oldSelf` in their definitions) is not known here.
struct ImmutableFields {
  /// A field that cannot be changed, with all below it but for some.
  fileprivate struct Rule {
    let path: [String]
    /// Fields below the path that can be changed.
    var exceptions: [[String]] = []
    /// The server takes it for unchanged when the field is left out.
    var mayBeLeftOut = false
    /// The field that freezes the others when it is true.
    var onlyIf: String?
  }

  private let rules: [Rule]

  init(group: String, kind: String) {
    rules =
      switch (group, kind) {
      // pkg/registry/apps/{deployment,replicaset,daemonset}/strategy.go
      case ("apps", "Deployment"), ("apps", "ReplicaSet"), ("apps", "DaemonSet"):
        [Rule(path: ["spec", "selector"])]
      // apps/validation ValidateStatefulSetUpdate
      case ("apps", "StatefulSet"):
        [
          Rule(
            path: ["spec"],
            exceptions: [
              ["replicas"], ["ordinals"], ["template"], ["updateStrategy"],
              ["revisionHistoryLimit"], ["persistentVolumeClaimRetentionPolicy"],
              ["minReadySeconds"],
            ])
        ]
      // batch/validation ValidateJobSpecUpdate
      case ("batch", "Job"):
        [
          "selector", "template", "completionMode", "podFailurePolicy", "backoffLimitPerIndex",
          "managedBy", "successPolicy",
        ].map { Rule(path: ["spec", $0]) }
      // core/validation ValidateServiceClusterIPsRelatedFields
      case ("", "Service"):
        [Rule(path: ["spec", "clusterIP"], mayBeLeftOut: true)]
      // core/validation ValidatePersistentVolumeClaimUpdate
      case ("", "PersistentVolumeClaim"):
        [Rule(path: ["spec"], exceptions: [["resources"], ["volumeAttributesClassName"]])]
      // core/validation ValidatePersistentVolumeUpdate
      case ("", "PersistentVolume"):
        [
          Rule(
            path: ["spec"],
            exceptions: [
              ["accessModes"], ["capacity"], ["claimRef"], ["mountOptions"], ["nodeAffinity"],
              ["persistentVolumeReclaimPolicy"], ["storageClassName"],
              ["volumeAttributesClassName"],
            ])
        ]
      // core/validation ValidatePodUpdate
      case ("", "Pod"):
        [
          Rule(
            path: ["spec"],
            exceptions: [
              ["containers", "image"], ["initContainers", "image"], ["activeDeadlineSeconds"],
              ["terminationGracePeriodSeconds"], ["tolerations"], ["schedulingGates"],
            ])
        ]
      // core/validation ValidateConfigMapUpdate, ValidateSecretUpdate
      case ("", "ConfigMap"):
        ["data", "binaryData", "immutable"].map { Rule(path: [$0], onlyIf: "immutable") }
      case ("", "Secret"):
        [Rule(path: ["type"])]
          + ["data", "stringData", "immutable"].map { Rule(path: [$0], onlyIf: "immutable") }
      // rbac/validation ValidateRoleBindingUpdate
      case ("rbac.authorization.k8s.io", "RoleBinding"),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding"):
        [Rule(path: ["roleRef"])]
      // storage/validation ValidateStorageClassUpdate
      case ("storage.k8s.io", "StorageClass"):
        ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"].map { Rule(path: [$0]) }
      // scheduling/validation ValidatePriorityClassUpdate
      case ("scheduling.k8s.io", "PriorityClass"):
        ["value", "preemptionPolicy"].map { Rule(path: [$0]) }
      // networking/validation ValidateIngressClassUpdate
      case ("networking.k8s.io", "IngressClass"): [Rule(path: ["spec", "controller"])]
      // node/validation ValidateRuntimeClassUpdate
      case ("node.k8s.io", "RuntimeClass"): [Rule(path: ["handler"])]
      // apiextensions/validation ValidateCustomResourceDefinitionUpdate
      case ("apiextensions.k8s.io", "CustomResourceDefinition"):
        [["group"], ["scope"], ["names", "kind"], ["names", "plural"]].map {
          Rule(path: ["spec"] + $0)
        }
      default: []
      }
  }

  /// The field that a change may not touch, in a few words; nil where it may.
  ///
  /// - Parameter old: the resource as the cluster has it.
  func field(touchedBy change: FoundChange, of old: ComparedValue) -> String? {
    let keys = change.path.keys
    for rule in rules where rule.onlyIf.map({ old[$0] == .bool(true) }) ?? true {
      if rule.mayBeLeftOut, change.removes { continue }
      if let field = rule.field(touchedAt: keys) { return field.joined(separator: ".") }
    }
    return nil
  }
}

extension ImmutableFields.Rule {
  /// The field to name where something changes at a way of keys: the rule's own, or where others beside
  /// it can be changed, the one below it.
  fileprivate func field(touchedAt keys: [String]) -> [String]? {
    // What holds the field was replaced or removed as a whole.
    if path.starts(with: keys) { return path }
    guard keys.starts(with: path) else { return nil }
    if exceptions.isEmpty { return path }
    let below = Array(keys.dropFirst(path.count))
    if exceptions.contains(where: { below.starts(with: $0) }) { return nil }
    return path + below.prefix(1)
  }
}

extension ChangedPath {
  /// The keys on the way, without the elements of lists.
  var keys: [String] {
    steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  /// What changes is the field at a way of keys, something below it, or what holds it.
  func leads(toOrBelow wanted: [String]) -> Bool {
    keys.starts(with: wanted) || wanted.starts(with: keys)
  }
}

extension FoundChange {
  fileprivate var removes: Bool { if case .removed = kind { true } else { false } }
}
