import Lamina
import LaminaEditing
import LaminaHost

/// The files that patterns of a call mean, as Go's `filepath.Glob` finds them.
struct FilePaths {
  /// Where relative patterns begin; empty is the working directory.
  let directory: String

  /// The paths that match a pattern, in the order of their names. A path without special characters matches
  /// itself, if there is something. Hidden files match only a pattern that begins with a dot.
  func matching(_ pattern: String) throws(CommandFailure) -> [String] {
    let found = try glob(pattern)
    if baseName(pattern).begins(with: ".") { return found }
    return found.filter { !baseName($0).begins(with: ".") }
  }

  /// Whether something is at a path. An empty path names nothing, as it does for Go, and not the directory
  /// where paths begin: scripts pass one where a variable is unset.
  func exists(_ path: String) -> Bool {
    guard !path.isEmpty else { return false }
    let files = DiskFileSystem()
    let path = EditedFile.absolute(EditedFile.joined(directory, path))
    return (try? files.resolve(path)) != nil || (try? files.entry(inKnownDirectory: path)) != nil
  }

  private func glob(_ pattern: String) throws(CommandFailure) -> [String] {
    guard FilePattern.isPattern(pattern) else { return exists(pattern) ? [pattern] : [] }
    let cut = pattern.cut(atLast: "/")
    let name = cut.map { String($0.after) } ?? pattern
    guard let namePattern = FilePattern(name) else {
      throw CommandFailure("syntax error in pattern")
    }
    let above = cut.map { $0.before.isEmpty ? "/" : String($0.before) } ?? ""
    var result: [String] = []
    let directories =
      try FilePattern.isPattern(above) ? glob(above) : [above]
    for parent in directories {
      let path = EditedFile.joined(directory, parent)
      for entry in DirectorySearch.names(in: path.isEmpty ? "." : path)
      where namePattern.matches(entry) {
        result.append(parent.isEmpty ? entry : Path.clean("\(parent)/\(entry)"))
      }
    }
    return result
  }

  private func baseName(_ path: String) -> Substring {
    path.parts(at: "/").last ?? Substring(path)
  }
}
