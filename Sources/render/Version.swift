/// What the command says of itself.
enum Version {
  static let own = "0.1.0"
  /// The kustomize whose bytes are printed, and which tools may take this command for.
  static let kustomize = "v5.8.1"
  /// What `--version` prints.
  static let text = "\(own) (kustomize \(kustomize))"
}
