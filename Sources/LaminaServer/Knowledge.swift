internal import LaminaSyntax

/// What has been worked out from the files as they are now; a change of any file empties it.
struct Knowledge {
  /// Files with their ranges, by canonical path; nil for what is no YAML.
  var trees: [String: SyntaxTree?] = [:]
}
