/// The kinds that `order: legacy` puts first and last.
struct LegacySortOptions: Sendable {
  var orderFirst: [String] = []
  var orderLast: [String] = []
}

extension LegacySortOptions {
  /// The order of old, meant to be the one in which a cluster can take the objects.
  ///
  /// (builtins/SortOrderTransformer.go `defaultOrderFirst`, `defaultOrderLast`.)
  static let standard = LegacySortOptions(
    orderFirst: [
      "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount",
      "PodSecurityPolicy", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap",
      "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass", "PersistentVolume",
      "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
    ],
    orderLast: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"])
}
