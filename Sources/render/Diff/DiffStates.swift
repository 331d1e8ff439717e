import Lamina
import LaminaHost

/// The states of the files that a call compares. What they have in common is read and parsed once.
struct DiffStates {
  private let invocation: Invocation
  private let project: Project.Settings?
  private let answers = SharedAnswers()
  /// What is on the disk.
  let present: State
  /// By the top of the repository and the commit.
  private var past: [ByteText: State] = [:]

  /// The files at one time.
  struct State {
    let files: SharedFiles
    let renderer: Renderer
    /// nil for what is on the disk.
    var revision: GitRevisionFiles?
    /// A revision that has the same files as the disk, so that these are read for both.
    var isPresent = false
    /// Where programs find the revision, if the build runs some.
    var checkout: CheckedOutCommit?
    /// The repository and the commit of a revision.
    var commit: (repository: GitRepository, id: String)?
  }

  /// - Parameter project: the settings; nil reads them.
  init(_ invocation: Invocation, _ project: Project.Settings? = nil) {
    self.invocation = invocation
    self.project = project
    let files = SharedFiles(DiskFileSystem())
    present = State(files: files, renderer: invocation.renderer(files, answers, project))
  }

  /// The files of a repository as they were at a commit: read from git's objects, or checked out for
  /// programs, which read the disk whatever the build reads from.
  mutating func state(
    of repository: GitRepository, at commit: String
  ) throws(GitFailure) -> State {
    let key = "\(repository.top)\u{0}\(commit)"
    if let known = past[key] { return known }
    var state: State
    if invocation.runsPrograms {
      let files = SharedFiles(DiskFileSystem())
      state = State(
        files: files, renderer: invocation.renderer(files, answers, project),
        checkout: try repository.checkOut(commit))
    } else {
      let revision = repository.files(at: commit, over: present.files)
      if revision.isUnchanged {
        state = State(
          files: present.files, renderer: present.renderer, revision: revision, isPresent: true)
      } else {
        let files = SharedFiles(revision, like: present.files)
        state = State(
          files: files, renderer: invocation.renderer(files, answers, project), revision: revision)
      }
    }
    state.commit = (repository, commit)
    past[key] = state
    return state
  }

  /// Removes what was checked out.
  func release() { for state in past.values { state.checkout?.remove() } }

  /// `REVISION:PATH`, as git reads it: the path begins at the repository's top, or with `./` and `../`
  /// at the working directory. An absolute path also says which repository is meant.
  mutating func revision(
    _ name: String, path: String
  ) throws(GitFailure) -> (state: State, path: String) {
    let isHere = path.begins(with: "./") || path.begins(with: "../") || path == "." || path == ".."
    let start = isHere || path.begins(with: "/") ? path : "."
    let repository = try GitRepository(containing: Invocation.path(of: start))
    let state = try state(of: repository, at: try repository.commit(name))
    return (state, start == path ? Invocation.path(of: path) : Path.join(repository.top, path))
  }
}

extension DiffStates.State {
  /// What is at a path: a kustomization, a file that was rendered before, or nothing.
  ///
  /// - Parameter prefix: what messages write before the path, as `main:`.
  func content(
    at path: String, displayPath: String, prefix: String = ""
  ) throws(DiffFailure) -> DiffInput.Content {
    let path = location(of: path)
    if let found = try? files.resolve(path), !found.isDirectory {
      do { return .manifest(try bytes(of: found.path)) } catch {
        throw DiffFailure("cannot read \(prefix)\(displayPath): \(error)")
      }
    }
    if !Renderer.hasKustomization(path, in: files) { return .absent }
    return directory(path, displayPath: displayPath, prefix: prefix)
  }

  /// What is rendered for a path, whether there is something or not.
  ///
  /// - Parameter path: see `location(of:)`.
  func directory(_ path: String, displayPath: String, prefix: String) -> DiffInput.Content {
    .directory(path, displayPath: displayPath, renderer.writing(prefix))
  }

  /// Builds read what is on the disk now, and not what was there once.
  var isOnDisk: Bool { revision == nil && checkout == nil }

  /// The bytes of a file that the user named, which may be a pipe.
  private func bytes(of path: String) throws(FileSystemError) -> [UInt8] {
    isOnDisk ? try DiskFileSystem().readToEnd(path) : try files.read(path)
  }

  /// The roots below a directory, as paths from there. None where the directory is not there.
  func roots(below directory: String) throws(GitFailure) -> [String] {
    guard let found = directoryFound(at: directory) else { return [] }
    let all =
      try revision?.directories(below: found)
      ?? DirectorySearch.directories(below: found, holding: Renderer.kustomizationNames)
    let here = RelativePath(from: found)
    return Renderer.roots(among: all, in: files).map { here.text(of: $0) }
  }

  /// The canonical path of a directory; nil where there is none.
  func directoryFound(at path: String) -> String? {
    guard let found = try? files.resolve(location(of: path)), found.isDirectory else { return nil }
    return found.path
  }

  /// What is rendered for a path, which is not there itself if the revision was checked out.
  func location(of path: String) -> String { checkout?.path(of: path) ?? path }
}
