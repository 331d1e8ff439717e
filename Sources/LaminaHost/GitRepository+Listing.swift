import Lamina

extension GitRepository {
  /// Without these settings git takes files for unchanged that it has not looked at: because a monitor of
  /// the file system says so, or because only the time and the size of a file are compared, which whoever
  /// writes it may choose.
  private static let watchfulness = [
    "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "-c", "core.trustctime=true",
    "-c", "core.checkStat=default",
  ]

  /// The files that differ between a commit and the working tree, by their canonical paths, and some
  /// that do not: those that were written anew with the same bytes, and those that git was told not to
  /// look at. Files that git does not know of are not among them, and submodules only if they have another
  /// commit checked out.
  ///
  /// A plain `git diff` would note in the index which files are the same after all.
  func changedPaths(since commit: String, _ index: GitIndex) throws(HostFailure) -> Set<ByteText> {
    let changed = try list(
      Self.watchfulness + [
        "diff-index", "--name-only", "-z", "--no-renames", "--ignore-submodules=dirty", commit,
      ])
    return changed.union(index.mayHaveChanged { isSparse }.map { ByteText($0) })
  }

  /// What the index says beside the files.
  ///
  /// - Parameter looksForUnknownFiles: whether files that git does not know of are looked for, which
  ///   takes a walk through the working tree.
  func index(looksForUnknownFiles: Bool) throws(HostFailure) -> GitIndex {
    let unknown = ["--others", "--exclude-standard", "--directory"]
    let arguments =
      Self.watchfulness + ["ls-files", "-z", "-v", "--stage", "--cached"]
      + (looksForUnknownFiles ? unknown : [])
    let result = try git.run(arguments)
    guard result.status == .exited(0), let index = GitIndex(result.output, below: top) else {
      throw .other("git ls-files: \(GitProgram.complaint(result.errors))")
    }
    return index
  }

  private var isSparse: Bool {
    (try? git.succeed("config", "--type=bool", "--get", "core.sparseCheckout")) == "true\n"
  }

  /// Files and directories that git is told to ignore; of a directory that is ignored as a whole only
  /// itself, with a slash at its end.
  func ignoredPaths() throws(HostFailure) -> Set<ByteText> {
    try list(["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"])
  }

  /// All directories that a commit holds.
  func directories(at commit: String) throws(HostFailure) -> Set<ByteText> {
    try list(["ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", commit])
  }

  /// Runs git, which prints paths with null bytes between them.
  ///
  /// They come relative to the top and are returned as absolute ones.
  private func list(_ arguments: [String]) throws(HostFailure) -> Set<ByteText> {
    let output = try git.succeed(arguments)
    return Set(
      texts: output.utf8.split(separator: 0).map { "\(top == "/" ? "" : top)/\(Substring($0))" })
  }
}
