/// A repository of charts whose address holds a user, as helm is told of it.
///
/// All users of the machine can read the arguments of a program, and kustomize puts the address there. Here
/// helm gets it in a file of repositories that is this chart's own. The file holds the address as it is
/// written, so that helm sends the user as it does with `--repo`. `helm repo add --password-stdin` has the
/// name of the user in its arguments, which may be a token, and takes none without a password.
struct HelmRepositoryFile: Sendable {
  /// What helm calls the repository.
  static let name = "repository"

  /// The address with its user.
  let address: String
  /// A directory that nobody but the user can look into.
  let directory: String

  /// Where the caller writes `bytes`.
  var path: String { "\(directory)/repositories.yaml" }

  /// The address is quoted as JSON, which is YAML too, so that no character of it can end the
  /// value.
  var bytes: [UInt8] {
    var bytes = Array("repositories:\n- name: \(Self.name)\n  url: ".utf8)
    appendJSONString(Array(address.utf8).span, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// What helm gets in the place of the user's own repositories.
  var environment: [String: String] {
    ["HELM_REPOSITORY_CONFIG": path, "HELM_REPOSITORY_CACHE": "\(directory)/cache"]
  }

  /// Whether an address holds a user: a name, a token or a name and a password.
  ///
  /// The part between `://` and the next `/`, `?` or `#` has an `@`. The address is not parsed
  /// further: one too many goes through the file, which works as well.
  static func isNeeded(for address: String) -> Bool {
    let rest = address.utf8.drop { $0 != UInt8(ascii: ":") }
    guard rest.starts(with: "://".utf8) else { return false }
    let host = rest.dropFirst(3).prefix { !"/?#".utf8.contains($0) }
    return host.contains(UInt8(ascii: "@"))
  }
}
