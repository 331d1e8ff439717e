/// Telling files of this machine from those that are fetched over HTTP.
enum RemoteFile {
  /// Whether a path is a URL of a scheme that kustomize fetches (internal/loader/fileloader.go
  /// `IsRemoteFile`).
  ///
  /// What Go's parser of URLs refuses is a path like any other, and in the end a repository.
  static func isURL(_ path: String) -> Bool {
    let text = Substring(path).utf8
    guard let scheme = ["http://", "https://"].first(where: text.startsIgnoringCase) else {
      return false
    }
    let rest = text.dropFirst(scheme.utf8.count)
    return rest.allSatisfy { $0 >= 0x20 && $0 != 0x7f } && hasWholeEscapes(rest)
  }

  /// Go's `url.Parse` refuses a `%` without two hexadecimal digits behind it.
  private static func hasWholeEscapes(_ text: Substring.UTF8View) -> Bool {
    let path = text.prefix { $0 != UInt8(ascii: "?") }
    return path.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst()
      .allSatisfy { $0.prefix(2).compactMap(JSONString.hexDigit).count == 2 }
  }
}
