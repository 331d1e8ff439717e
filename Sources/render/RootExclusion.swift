import Lamina
import LaminaHost
import Pattern

/// The roots that a flag or the settings leave out of those that are found.
struct RootExclusion {
  /// What `--exclude` says, matched against the names of roots.
  var patterns: [String] = []
  /// What settings of the command say beside those of all commands, by paths from the project's directory.
  var settings: [Glob] = []

  /// The roots that are not left out. Warns of a pattern that no root matches, which may be a mistake.
  ///
  /// - Parameters:
  ///   - directory: that of the project, from which the settings name roots.
  ///   - place: the name of a root and its path, where it has one.
  func kept<Root>(
    _ roots: [Root], _ file: ProjectFile, in directory: String,
    place: (Root) -> (name: String, path: String?)
  ) -> [Root] {
    let globs = patterns.map { Glob(Path.clean($0), separator: "/") }
    let settings = settings + file.excluded
    if globs.isEmpty, settings.isEmpty { return roots }
    let here = RelativePath(from: directory)
    var isUsed = globs.map { _ in false }
    let kept = roots.filter { root in
      let (name, path) = place(root)
      var isKept = true
      for (index, glob) in globs.enumerated() where glob.matches(Path.clean(name)) {
        isUsed[index] = true
        isKept = false
      }
      if !isKept { return false }
      guard let text = path.map({ here.text(of: Path.clean($0)) }) else { return true }
      return !settings.contains { $0.matches(text) }
    }
    for (pattern, isUsed) in zip(patterns, isUsed) where !isUsed {
      StandardError.warn("warning: --exclude \(pattern): it matches no root")
    }
    return kept
  }
}
