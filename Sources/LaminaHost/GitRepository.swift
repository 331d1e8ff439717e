package import Lamina

/// The git repository whose working tree holds the files that are rendered.
///
/// It is only read: neither the working tree nor the index changes.
///
/// `GitRevisionTests` makes repositories of every kind: shallow and sparse ones, worktrees,
/// submodules, filters.
package struct GitRepository: Sendable {
  /// The canonical path of the working tree's top.
  package let top: String
  /// Runs in the top.
  let git: GitProgram

  /// git has so many seconds for one question. Objects that a partial clone left out are fetched.
  private static let timeLimit = 600.0

  /// Finds the repository of a file or directory, which need not be there any more.
  package init(containing path: String, host: MachineHost = MachineHost()) throws(GitFailure) {
    let directory = Self.existingDirectory(at: path)
    let git = GitProgram(host: host, directory: directory, timeLimit: Self.timeLimit)
    let found: String
    do { found = try git.succeed("rev-parse", "--show-toplevel") } catch {
      throw .noRepository(at: directory, error)
    }
    let top = String(found.ends(with: "\n") ? found.dropLast() : found[...])
    self.top = (try? DiskFileSystem().resolve(top).path) ?? top
    self.git = GitProgram(host: host, directory: self.top, timeLimit: Self.timeLimit)
  }

  /// The commit that a revision names, in the words of git: `main`, `v1.2`, `HEAD~3`.
  package func commit(_ revision: String) throws(GitFailure) -> String {
    try ask(about: revision, ["rev-parse", "--verify", "\(revision)^{commit}"])
  }

  /// The last commit that the history of a revision and that of what is checked out have in common.
  package func mergeBase(with revision: String) throws(GitFailure) -> String {
    try ask(about: revision, ["merge-base", "\(revision)^{commit}", "HEAD^{commit}"])
  }

  /// The files as they were at a commit.
  ///
  /// - Parameter workingTree: reads what is there now. What git knows to be unchanged is read from it,
  ///   so that both states have it in common.
  package func files(
    at commit: String, over workingTree: any FileSystem = DiskFileSystem()
  ) -> GitRevisionFiles {
    GitRevisionFiles(self, commit: commit, workingTree: workingTree)
  }

  /// Runs a command that prints the id of a commit.
  private func ask(
    about revision: String, _ arguments: [String]
  ) throws(GitFailure) -> String {
    guard !revision.isEmpty, !revision.begins(with: "-"), !revision.utf8.contains(0) else {
      throw GitFailure("\"\(revision)\" is not the name of a revision")
    }
    let result: ProgramResult
    do { result = try git.run(arguments) } catch { throw GitFailure("\(error)") }
    let text = String(decoding: result.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    if result.status == .exited(0), let commit = GitName.commit(text) { return commit }
    if result.status == .exited(1), result.errors.isEmpty { throw unrelated(revision) }
    throw unknown(revision, GitProgram.complaint(result.errors))
  }

  /// The first directory above a path that is there.
  private static func existingDirectory(at path: String) -> String {
    var path = Path.clean(path)
    while true {
      if let found = try? DiskFileSystem().resolve(path), found.isDirectory { return found.path }
      if path == "/" || path == "." { return path }
      path = Path.directory(path)
    }
  }
}

// MARK: - What can be wrong

extension GitRepository {
  /// Whether a revision names a commit.
  private func exists(_ revision: String) -> Bool {
    (try? git.succeed("rev-parse", "--verify", "--quiet", "\(revision)^{commit}")) != nil
  }

  private var isShallow: Bool {
    (try? git.succeed("rev-parse", "--is-shallow-repository")) == "true\n"
  }

  private static let fetchMore =
    "this clone is shallow: fetch more, as with `git fetch --unshallow`"

  /// Why a revision is not known, with what may help: a branch of that name at `origin`, or more
  /// history.
  private func unknown(_ revision: String, _ complaint: String) -> GitFailure {
    if !exists("HEAD") { return GitFailure("\(top): the repository has no commit yet") }
    if exists(revision) { return GitFailure("revision \"\(revision)\": \(complaint)") }
    var hint = isShallow ? Self.fetchMore : nil
    if exists("origin/\(revision)") { hint = "there is \"origin/\(revision)\"" }
    return GitFailure("there is no revision \"\(revision)\" in \(top)", hint: hint)
  }

  /// Why there is no common commit; in a shallow clone it may only be missing here.
  private func unrelated(_ revision: String) -> GitFailure {
    GitFailure(
      "\"\(revision)\" and what is checked out have no commit in common",
      hint: isShallow ? Self.fetchMore : nil)
  }
}

extension GitFailure {
  /// The three reasons that people meet, told apart by git's own words, which are not translated
  /// (`GitProgram.call`).
  fileprivate static func noRepository(at directory: String, _ failure: HostFailure) -> GitFailure {
    let words = "\(failure)"
    if words.contains("dubious ownership") {
      // It says: in repository at '/shop'
      let quoted = words.parts(at: "'", omittingEmptySubsequences: false)
      let top = quoted.count > 2 ? String(quoted[1]) : directory
      return GitFailure(
        "git does not trust the repository \(top), which belongs to another user",
        hint: "allow it: git config --global --add safe.directory '\(top)'")
    }
    if words.contains("must be run in a work tree") {
      return GitFailure("the repository of \(directory) has no working tree")
    }
    if words.contains("not a git repository") {
      return GitFailure("\(directory) is not in a git repository")
    }
    return GitFailure("\(directory): \(words)")
  }
}
