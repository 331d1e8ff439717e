import Lamina
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The directory that a repository's own settings are for, and these.
struct Project {
  /// Canonical; that of `lamina.yaml`, or else the top of the repository, or the working directory.
  let directory: String
  let file: ProjectFile
  /// What a call may read, write and remove by itself: the repository, or outside of git the project's
  /// directory.
  let territory: Territory

  init() throws { try self.init(Search()) }

  private init(_ search: Search) throws {
    directory = search.found ?? search.top
    let territory: Territory
    do { territory = try Territory(search.top) } catch { throw ProjectFailure("error: \(error)") }
    self.territory = territory
    file =
      try search.found.map { try Self.read(in: $0, territory, from: search.start) }
      ?? ProjectFile()
  }

  /// What builds need of a project.
  struct Settings {
    /// As in `Project`.
    let directory: String
    /// The top of the repository, or outside of git what stands for it.
    let top: String
    let file: ProjectFile
  }

  /// The settings alone, for builds: where there are none, this costs two system calls for each directory
  /// up to the top of the repository.
  static func settings() throws -> Settings { try settings(of: Search()) }

  /// The settings for the files below a directory that need not be the working directory.
  ///
  /// - Parameter directory: canonical.
  static func settings(for directory: String) throws -> Settings {
    try settings(of: Search(from: directory))
  }

  private static func settings(of search: Search) throws -> Settings {
    let file = search.found == nil ? ProjectFile() : try Project(search).file
    return Settings(directory: search.found ?? search.top, top: search.top, file: file)
  }

  /// Looks for `lamina.yaml` in the working directory and those above it, up to the top of the
  /// repository.
  private struct Search {
    let start: String
    /// The directory with the file.
    private(set) var found: String?
    /// The top of the repository, or outside of git the directory that was found, or the working directory.
    private(set) var top: String

    init(from start: String = DiskFileSystem.workingDirectory) {
      self.start = start
      top = start
      while true {
        if found == nil, exists(ProjectFile.name, in: top) { found = top }
        if exists(".git", in: top) { return }
        if top == "/" {
          top = found ?? start
          return
        }
        top = Path.directory(top)
      }
    }

    private func exists(_ name: String, in directory: String) -> Bool {
      access(Path.join(directory, name), F_OK) == 0
    }
  }

  private static func read(
    in directory: String, _ territory: Territory, from here: String
  ) throws -> ProjectFile {
    let path = Path.join(directory, ProjectFile.name)
    let shown = RelativePath(from: here).text(of: path)
    do {
      return try ProjectFile(
        try territory.read(path) ?? [], path: shown, optionWords: CallOption.flagWords)
    } catch let failure as FileFailure {
      throw ProjectFailure("\(shown): error: cannot read: \(failure)")
    }
  }
}

/// The settings of a project cannot be read, as a line of standard error says it.
struct ProjectFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
