/// Telling paths on this machine from those that name a place elsewhere.
enum RemotePath {
  /// Whether a resource is fetched over HTTP (internal/loader/fileloader.go `IsRemoteFile`).
  static func isURL(_ path: String) -> Bool {
    let lowered = path.lowercased()
    return lowered.hasPrefix("http://") || lowered.hasPrefix("https://")
  }

  /// Whether a directory would be cloned from a git repository, once it turned out not to be here.
  static func isRepository(_ path: String) -> Bool {
    let schemes = [
      "https://", "http://", "ssh://", "git::", "git@", "file://", "gh:", "github.com",
    ]
    let lowered = path.lowercased()
    return schemes.contains { lowered.hasPrefix($0) } || lowered.contains(".git/")
      || lowered.hasSuffix(".git")
  }
}
