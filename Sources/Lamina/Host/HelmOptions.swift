/// What a build may do with Helm charts: `kustomize build` has the same as flags.
public struct HelmOptions: Sendable {
  /// Helm may be run. It downloads charts that are not there yet into the kustomization's directory
  /// of charts. Without this, kustomizations with charts are refused.
  public var isEnabled = false
  /// The path of helm, or its name, which is looked up in `PATH`.
  public var command = "helm"
  /// The API versions that charts find in the cluster, for charts that do not name their own.
  public var apiVersions: [String] = []
  /// The version of Kubernetes that charts find, for charts that do not name their own.
  public var kubeVersion = ""
  /// Helm is asked for its debug output, which shows in messages when it fails.
  public var debug = false
  /// The number of seconds that each call of helm may take; nil lets it run.
  public var timeLimit: Double? = 600

  /// Options that do not let helm run.
  public init() {}
}
