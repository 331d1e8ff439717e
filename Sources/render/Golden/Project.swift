import Lamina
import LaminaHost

/// The directory that a repository's own settings are for, and these.
struct Project {
  /// Canonical; that of `lamina.yaml`, or else the top of the repository, or the working directory.
  let directory: String
  let file: ProjectFile

  /// Looks for `lamina.yaml` in the working directory and those above it, up to the top of the
  /// repository.
  init() throws {
    let here = DiskFileSystem.workingDirectory
    let disk = DiskFileSystem()
    var directory = here
    while true {
      let path = Path.join(directory, ProjectFile.name)
      if (try? disk.resolve(path)) != nil {
        self.directory = directory
        file = try Self.read(path, shownAs: RelativePath(from: here).text(of: path))
        return
      }
      let isTop = (try? disk.resolve(Path.join(directory, ".git"))) != nil
      if isTop || directory == "/" {
        self.directory = isTop ? directory : here
        file = ProjectFile()
        return
      }
      directory = Path.directory(directory)
    }
  }

  private static func read(_ path: String, shownAs shown: String) throws -> ProjectFile {
    let bytes: [UInt8]
    do { bytes = try DiskFileSystem().read(path) } catch {
      throw GoldenFailure("\(shown): error: cannot read: \(error)")
    }
    return try ProjectFile(bytes, path: shown)
  }
}
