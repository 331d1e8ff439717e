import Lamina
import LaminaHost

/// The directory that a repository's own settings are for, and these.
struct Project {
  /// Canonical; that of `lamina.yaml`, or else the top of the repository, or the working directory.
  let directory: String
  let file: ProjectFile
  /// What a call may read, write and remove by itself: the repository, or outside of git the project's
  /// directory.
  let territory: Territory

  /// Looks for `lamina.yaml` in the working directory and those above it, up to the top of the
  /// repository.
  init() throws {
    let here = DiskFileSystem.workingDirectory
    var directory = here
    var found: String?
    while true {
      if found == nil, Self.exists(ProjectFile.name, in: directory) { found = directory }
      if Self.exists(".git", in: directory) { break }
      if directory == "/" {
        directory = found ?? here
        break
      }
      directory = Path.directory(directory)
    }
    self.directory = found ?? directory
    let territory: Territory
    do { territory = try Territory(directory) } catch { throw GoldenFailure("error: \(error)") }
    self.territory = territory
    file = try found.map { try Self.read(in: $0, territory, from: here) } ?? ProjectFile()
  }

  private static func exists(_ name: String, in directory: String) -> Bool {
    (try? DiskFileSystem().resolve(Path.join(directory, name))) != nil
  }

  private static func read(
    in directory: String, _ territory: Territory, from here: String
  ) throws -> ProjectFile {
    let path = Path.join(directory, ProjectFile.name)
    let shown = RelativePath(from: here).text(of: path)
    do {
      return try ProjectFile(try territory.read(path) ?? [], path: shown)
    } catch let failure as FileFailure {
      throw GoldenFailure("\(shown): error: cannot read: \(failure)")
    }
  }
}
