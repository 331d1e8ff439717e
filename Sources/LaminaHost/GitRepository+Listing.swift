import Lamina

extension GitRepository {
  /// The files that differ between a commit and the working tree, by their canonical paths, and some
  /// that do not: those that were written anew with the same bytes. Files that git does not know of are
  /// not among them.
  ///
  /// A plain `git diff` would note in the index which files are the same after all.
  ///
  /// - Parameter looksIntoSubmodules: those in which something differs are among them, too.
  func changedPaths(
    since commit: String, looksIntoSubmodules: Bool = false
  ) throws(HostFailure) -> Set<String> {
    let ignored = looksIntoSubmodules ? "none" : "all"
    return try list(
      "diff-index", "--name-only", "-z", "--no-renames", "--ignore-submodules=\(ignored)", commit)
  }

  /// Whether there are files that git does not know of and is not told to ignore.
  func hasUnknownFiles() throws(HostFailure) -> Bool {
    try !list("ls-files", "-z", "--others", "--exclude-standard", "--directory").isEmpty
  }

  /// Files and directories that git is told to ignore; of a directory that is ignored as a whole only
  /// itself, with a slash at its end.
  func ignoredPaths() throws(HostFailure) -> Set<String> {
    try list("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
  }

  /// All directories that a commit holds.
  func directories(at commit: String) throws(HostFailure) -> Set<String> {
    try list("ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", commit)
  }

  /// Runs git, which prints paths with null bytes between them.
  ///
  /// They come relative to the top and are returned as absolute ones.
  private func list(_ arguments: String...) throws(HostFailure) -> Set<String> {
    let output = try git.succeed(arguments)
    return Set(
      output.utf8.split(separator: 0).map { "\(top == "/" ? "" : top)/\(Substring($0))" })
  }
}
