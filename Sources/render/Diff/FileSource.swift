import Lamina
import LaminaDiff
import LaminaHost

/// Where the files of a side are in git, for addresses of them.
struct FileSource {
  private let side: SourceLinks.Side

  /// - Parameters:
  ///   - prefix: what messages write before the paths of the side.
  ///   - directory: where these paths begin, from the repository's top; nil is the working directory.
  init?(
    _ repository: GitRepository, prefix: String, commit: String?, directory: String? = nil
  ) {
    guard let commit else { return nil }
    let here = RelativePath(from: repository.top).text(of: DiskFileSystem.workingDirectory)
    side = SourceLinks.Side(prefix: prefix, commit: commit, directory: directory ?? here)
  }

  /// nil for what is in no repository.
  init?(_ source: DiffSource, _ states: inout DiffStates) throws(GitFailure) {
    switch source {
    case .standardInput: return nil
    case .path(let words):
      guard let repository = try? GitRepository(containing: Invocation.path(of: words)) else {
        return nil
      }
      self.init(repository, prefix: "", commit: try? repository.commit("HEAD"))
    case .revision(let name, let path):
      guard let commit = try states.revision(name, path: path).state.commit else { return nil }
      self.init(
        commit.repository, prefix: "\(name):", commit: commit.id,
        directory: path.begins(with: ".") ? nil : ".")
    }
  }

  /// The addresses of the files of two sides.
  static func links(
    base: String, old: FileSource?, new: FileSource?
  ) -> SourceLinks {
    SourceLinks(base: base, old: old?.side, new: new?.side)
  }
}
