package import Lamina
private import Synchronization

/// The files of a working tree as they were at a commit, read from git's objects.
///
/// Paths are those of the working tree, so that what is rendered from here is called what it is called
/// today. Where git holds nothing, the disk answers: outside of the repository, and for files that git
/// is told to ignore, which have no history and count as unchanged.
///
/// git is asked once for each directory, and once for what differs and for what is ignored; threads
/// share the answers.
package final class GitRevisionFiles: FileSystem {
  package let repository: GitRepository
  package let commit: String
  let workingTree: any FileSystem
  private let objects: GitObjects
  private let known = Mutex(Known())

  /// What was asked before.
  private struct Known {
    var trees: [ByteText: GitTree] = [:]
    var submodules: [ByteText: GitRevisionFiles] = [:]
    var changed: Set<ByteText>?
    var ignored: Set<ByteText>?
  }

  init(_ repository: GitRepository, commit: String, workingTree: any FileSystem) {
    self.repository = repository
    self.commit = commit
    self.workingTree = workingTree
    objects = GitObjects(repository.git)
  }

  // MARK: - Resolving

  /// Follows the path through the trees of the commit, with its links. Where it leaves the
  /// repository the disk goes on, and in a submodule that one's own files.
  package func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    var walk = PathWalk(path, knownDirectory: repository.top)
    while let part = walk.next() {
      let path = walk.path(of: part)
      guard isInside(walk.directory) else {
        let found = try workingTree.resolve(path)
        try walk.enter(found)
        continue
      }
      switch try entry(part, in: walk.directory) {
      case .directory: try walk.enter(ResolvedPath(path: path, isDirectory: true))
      case .file: try walk.enter(ResolvedPath(path: path, isDirectory: false))
      case .link(let id):
        let target = try objects.read(id.text, .blob, at: relative(path))
        try walk.follow(String(decoding: target, as: UTF8.self))
      case .submodule(let commit):
        let rest = walk.path(ofAllFrom: part)
        return try submodule(at: path, commit.text).resolve(rest)
      case nil:
        let rest = walk.path(ofAllFrom: part)
        guard try isIgnored(rest) else { throw .notFound }
        return try workingTree.resolve(rest)
      }
    }
    return walk.found
  }

  func isInside(_ path: String) -> Bool {
    Path.isInside(path, directory: repository.top)
  }

  /// A canonical path as git writes it.
  private func relative(_ path: String) -> String {
    let length = repository.top == "/" ? 1 : repository.top.utf8.count + 1
    return String(Substring(path.utf8.dropFirst(length)))
  }

  // MARK: - Reading

  /// The bytes as they were. Where the working tree has the same, they are read there, so that a
  /// build that has read them already need not read them again.
  package func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    guard isInside(path), !path.hasBytes(of: repository.top) else {
      return try workingTree.read(path)
    }
    let directory = Path.directory(path)
    switch try lookUp(path, in: directory) {
    case .file(let id):
      if isUnchanged(path), let bytes = try? workingTree.read(path) { return bytes }
      return try objects.read(id.text, .blob, at: relative(path))
    case .directory, .submodule: throw .isADirectory
    case .link: return try read(try resolve(path).path)
    case nil:
      if let submodule = enclosingSubmodule(of: path) { return try submodule.read(path) }
      guard try isIgnored(path) else { throw .notFound }
      return try workingTree.read(path)
    }
  }

  /// Whether git takes the file in the working tree for the one of the commit.
  private func isUnchanged(_ path: String) -> Bool {
    changedPaths.map { !$0.contains(path) } ?? false
  }

  /// What may differ; nil where git does not say, so that every file is read from its object.
  var changedPaths: Set<ByteText>? {
    known.withLock { known in
      if known.changed == nil {
        known.changed = try? repository.changedPaths(
          since: commit, repository.index(looksForUnknownFiles: false))
      }
      return known.changed
    }
  }

  /// Whether the working tree has the same files for sure, in submodules as well: then whoever reads
  /// these is told the same as by the working tree.
  ///
  /// git itself would look into submodules as the settings of each of them say.
  package var isUnchanged: Bool {
    guard let index = try? repository.index(looksForUnknownFiles: true),
      let changed = try? repository.changedPaths(since: commit, index)
    else { return false }
    known.withLock { $0.changed = changed }
    return changed.isEmpty && !index.hasUnknownFiles
      && index.submodules.allSatisfy(isUnchangedSubmodule)
  }

  /// Whether a submodule has the files of its commit, or is not checked out.
  private func isUnchangedSubmodule(_ submodule: GitIndex.Submodule) -> Bool {
    if let repository = try? GitRepository(containing: submodule.path),
      repository.top.hasBytes(of: submodule.path)
    {
      return repository.files(at: submodule.commit, over: workingTree).isUnchanged
    }
    return DirectorySearch.files(below: submodule.path).isEmpty
  }

  /// Whether git holds nothing at a path because it is told to ignore it.
  private func isIgnored(_ path: String) throws(FileSystemError) -> Bool {
    guard (try? workingTree.resolve(path)) != nil else { return false }
    let ignored = try known.withLock { known throws(FileSystemError) in
      if let ignored = known.ignored { return ignored }
      let ignored: Set<ByteText>
      do { ignored = try repository.ignoredPaths() } catch {
        throw .other("git ls-files: \(error)")
      }
      known.ignored = ignored
      return ignored
    }
    var path = path
    if ignored.contains(path) { return true }
    while isInside(path), !path.hasBytes(of: repository.top) {
      if ignored.contains("\(path)/") { return true }
      path = Path.directory(path)
    }
    return false
  }
}

// MARK: - Trees

extension GitRevisionFiles {
  /// What has a name in a directory of the repository.
  private func entry(
    _ name: String, in directory: String
  ) throws(FileSystemError) -> GitTree.Entry? {
    try tree(of: directory)?.entries[name]
  }

  /// What is at a canonical path.
  private func lookUp(
    _ path: String, in directory: String
  ) throws(FileSystemError) -> GitTree.Entry? {
    try entry(Path.lastPart(path), in: directory)
  }

  /// The directory at a canonical path; nil where there is none.
  ///
  /// Each is asked for by the id that its parent has, from the top down.
  private func tree(of directory: String) throws(FileSystemError) -> GitTree? {
    if let tree = known.withLock({ $0.trees[directory] }) { return tree }
    let name: String
    if directory.hasBytes(of: repository.top) {
      name = "\(commit)^{tree}"
    } else {
      guard isInside(directory),
        case .directory(let id) = try lookUp(directory, in: Path.directory(directory))
      else { return nil }
      name = id.text
    }
    let bytes = try objects.read(name, .tree, at: relative(directory))
    guard let tree = GitTree(bytes, idLength: commit.utf8.count / 2) else {
      throw .other("git printed a tree in a form of which nothing is known")
    }
    known.withLock { $0.trees[directory] = tree }
    return tree
  }

  // MARK: - Submodules

  /// The files of a submodule, as they were at the commit that this one names.
  private func submodule(
    at path: String, _ commit: String
  ) throws(FileSystemError) -> GitRevisionFiles {
    if let submodule = known.withLock({ $0.submodules[path] }) { return submodule }
    guard let repository = try? GitRepository(containing: path), repository.top.hasBytes(of: path)
    else {
      throw .other("it is in the submodule \(relative(path)), which is not checked out")
    }
    guard (try? repository.commit(commit)) != nil else {
      throw .other("the submodule \(relative(path)) has not fetched its commit \(commit)")
    }
    let submodule = repository.files(at: commit, over: workingTree)
    known.withLock { $0.submodules[path] = submodule }
    return submodule
  }

  /// The submodule that a path was found in.
  ///
  /// What is read has a canonical path, so `resolve` has gone through the submodule before.
  private func enclosingSubmodule(of path: String) -> GitRevisionFiles? {
    known.withLock { known in
      known.submodules.first { Path.isInside(path, directory: $0.key.string) }?.value
    }
  }
}
