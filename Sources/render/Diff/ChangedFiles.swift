import Lamina
import LaminaHost

/// The files that changed since a commit, of which some may be read by no root: a pull request that
/// changes only such files does nothing, whatever its author thinks.
struct ChangedFiles: Sendable {
  private let revision: GitRevisionFiles
  /// The canonical path of the directory whose roots are compared.
  private let directory: String
  private let checkout: (from: String, to: String)?

  /// - Parameter checkout: where builds of the commit read it, if not in git.
  init(
    _ revision: GitRevisionFiles, below directory: String, checkout: CheckedOutCommit?
  ) {
    let found = (try? DiskFileSystem().resolve(directory))?.path
    self.directory = found ?? Path.clean(directory)
    self.revision = revision
    self.checkout = checkout.map { ($0.top, revision.repository.top) }
  }

  /// The changed files among those that look as if they were read by a kustomization, and are read by none,
  /// by their paths from the working directory.
  func unread(_ read: ReadFiles) -> [String] {
    let here = RelativePath(from: DiskFileSystem.workingDirectory)
    let read = checkout.map { read.moved(from: $0.from, to: $0.to) } ?? read
    return revision.changedFiles(below: directory)
      .filter { isCandidate($0) && !read.contains($0) }
      .map { here.text(of: $0) }
  }

  /// Manifests, and whatever lies in or below the directory of a kustomization. What is hidden belongs to
  /// other tools; texts for people, settings and golden files are read by no root.
  private func isCandidate(_ path: String) -> Bool {
    let below = path.utf8.dropFirst(directory == "/" ? 1 : directory.utf8.count + 1)
    let parts = Substring(below).parts(at: "/")
    guard let name = parts.last, !parts.contains(where: { $0.begins(with: ".") }),
      !name.ends(with: ".md"), name != ProjectFile.name
    else { return false }
    let present = try? DiskFileSystem().read(path)
    if let present, GoldenHeader(present) != nil { return false }
    if name.ends(with: ".yaml") || name.ends(with: ".yml"),
      Self.isManifest(present ?? (try? revision.read(path)) ?? [])
    {
      return true
    }
    var parent = Path.directory(path)
    while Path.isInside(parent, directory: directory) {
      if Renderer.hasKustomization(parent, in: DiskFileSystem())
        || Renderer.hasKustomization(parent, in: revision)
      {
        return true
      }
      if parent.hasBytes(of: directory) { break }
      parent = Path.directory(parent)
    }
    return false
  }

  /// The text has the two fields that every object has.
  private static func isManifest(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    return ["apiVersion:", "kind:"].allSatisfy { key in
      lines.contains { $0.starts(with: key.utf8) }
    }
  }
}

/// What the builds of a run have read.
struct ReadFiles: Sendable {
  private(set) var files: Set<ByteText> = []
  /// Directories that programs may have read.
  private var directories: Set<ByteText> = []

  init() {}

  init(_ log: ReadLog, _ layers: LayerLog) {
    files = Set(texts: log.paths)
    for edge in layers.edges {
      if case .directory(let path) = edge.part { directories.insert(path) }
    }
  }

  mutating func formUnion(_ other: ReadFiles) {
    files.formUnion(other.files)
    directories.formUnion(other.directories)
  }

  func contains(_ path: String) -> Bool {
    files.contains(path) || directories.contains { Path.isInside(path, directory: $0.string) }
  }

  /// The same, and what lies below one directory also as if it lay below another one.
  func moved(from: String, to: String) -> ReadFiles {
    func move(_ paths: Set<ByteText>) -> Set<ByteText> {
      paths.union(
        paths.lazy.map(\.string).filter { Path.isInside($0, directory: from) }
          .map { ByteText(to + $0.dropping(start: from)) })
    }
    var result = self
    result.files = move(files)
    result.directories = move(directories)
    return result
  }
}
