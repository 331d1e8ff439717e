import Lamina

/// The files of a commit in a directory of their own, for builds that run programs.
///
/// A program reads the disk, whatever the build reads from: with the working tree it would be told of
/// the wrong state.
///
/// Who asked for it removes it.
package struct CheckedOutCommit: Sendable {
  /// The canonical path that stands for the top of the working tree.
  package let top: String
  private let repository: GitRepository
  /// The directory to remove.
  private let directory: String

  fileprivate init(_ repository: GitRepository, directory: String) {
    self.repository = repository
    self.directory = directory
    top = "\(directory)/files"
  }

  /// Where a path of the working tree lies here; nil for what is outside of the repository.
  package func path(of path: String) -> String? {
    let path = (try? DiskFileSystem().resolve(path).path) ?? Path.clean(path)
    guard Path.isInside(path, directory: repository.top) else { return nil }
    return Path.clean("\(top)/" + String(Substring(path.utf8.dropFirst(repository.top.utf8.count))))
  }

  /// Removes the files.
  package func remove() { TemporaryDirectory.remove(directory) }
}

extension GitRepository {
  /// Writes the files of a commit to a temporary directory, as a checkout would, with an index of its
  /// own. Submodules and what git ignores are not there.
  ///
  /// The index of the working tree is not touched.
  package func checkOut(_ commit: String) throws(GitFailure) -> CheckedOutCommit {
    let directory: String
    do { directory = try TemporaryDirectory.make() } catch { throw GitFailure("\(error)") }
    let checkout = CheckedOutCommit(self, directory: directory)
    do throws(HostFailure) {
      try TemporaryDirectory.makeDirectories(above: "\(checkout.top)/x")
      let environment = ["GIT_INDEX_FILE": "\(directory)/index"]
      for arguments in [
        ["read-tree", commit], ["checkout-index", "--all", "--prefix=\(checkout.top)/"],
      ] {
        let result = try git.run(arguments, environment: environment)
        guard result.status == .exited(0) else {
          throw .other("git \(arguments[0]): \(GitProgram.complaint(result.errors))")
        }
      }
    } catch {
      checkout.remove()
      throw GitFailure("\(error)")
    }
    return checkout
  }
}
