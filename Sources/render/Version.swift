import CRelease

/// What the command says of itself.
enum Version {
  static let own = String(cString: release_version())
  /// The kustomize whose bytes are printed, and which tools may take this command for.
  static let kustomize = "v5.8.1"
  /// What `--version` prints.
  static var text: String { "lamina \(own) (kustomize \(kustomize)), \(build)" }

  /// The commit of a release and its day; other builds do not know their own.
  private static var build: String {
    guard let commit = release_commit(), let date = release_date() else { return "development" }
    return "commit \(String(cString: commit)) of \(String(cString: date))"
  }
}
