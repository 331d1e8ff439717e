import Lamina
import LaminaHost

/// Paths of files and roots as messages have them, from the directory that the settings are for.
struct LintPaths: Sendable {
  private let project: String
  private let here = DiskFileSystem.workingDirectory

  /// - Parameter project: the directory, canonical.
  init(project: String) { self.project = project }

  /// A path below the project's directory from there; another one as it is.
  func path(of text: String) -> String {
    let whole = Path.clean(Path.isAbsolute(text) ? text : Path.join(here, text))
    return RelativePath(from: project).text(of: whole)
  }
}
