/// Finds the directories that entries name, and refuses those that a layer may not stand on.
struct LayerDirectories {
  /// The layers that are being read.
  var chain = LayerChain()
  /// The number of checkouts that were reached, to tell them apart.
  private var visits = 0
  private let compatibility: Compatibility

  init(_ compatibility: Compatibility) { self.compatibility = compatibility }

  /// The directory of a repository, which the host fetches.
  ///
  /// - Parameter failure: what went wrong when the address was tried as a file.
  mutating func directory(
    at address: RepositoryAddress, _ entry: Kustomization.Entry, in directory: DirectoryReader,
    role: LayerRole, after failure: DirectoryReader.ReadFailure?
  ) throws(Problem) -> DirectoryReader {
    try chain.check(address.text, entry)
    if address.isFile, chain.isElsewhere { throw .repositoryOfThisMachine(entry) }
    visits += 1
    return try RepositoryReader(remotes: directory.remotes, log: directory.log)
      .directory(of: address, as: role.what, at: entry.position, after: failure, visit: visits)
  }

  /// The directory of a repository whose address served a file that holds no objects; what was wrong
  /// with that file says more than git does where the file is not even YAML.
  mutating func directory(
    at address: RepositoryAddress, _ entry: Kustomization.Entry, in directory: DirectoryReader,
    role: LayerRole, insteadOf problem: Problem
  ) throws(Problem) -> DirectoryReader {
    do {
      return try self.directory(
        at: address, entry, in: directory, role: role, after: .remote(.other(problem.message)))
    } catch { throw problem.code == .malformedYAML ? problem : error }
  }

  /// The directory that a path of an entry leads to.
  func directory(
    of entry: Kustomization.Entry, in directory: DirectoryReader, role: LayerRole,
    after failure: DirectoryReader.ReadFailure?
  ) throws(Problem) -> DirectoryReader {
    if Path.isAbsolute(entry.text) {
      // A file that is there and may not be read, or not at all, says more.
      if let failure, !failure.meansNoFile {
        throw .unreadable(entry, role.what, failure, in: directory)
      }
      throw .absoluteDirectory(entry)
    }
    if compatibility == .next, Self.hasDotsInsidePart(entry.text) { throw .dotsInsidePart(entry) }
    let written = directory.absolute(entry.text)
    if let loadRoot = directory.loadRoot, !loadRoot.contains(written) {
      throw .outsideLoadRoot(entry.text, role.what, loadRoot, at: entry.position)
    }
    let found = try? directory.fileSystem.resolve(written)
    guard let found, found.isDirectory else {
      if leavesRepository(entry.text) { throw .addressLeavesRepository(entry) }
      throw .neitherFileNorDirectory(entry, role, failure, in: directory, isFile: found != nil)
    }
    if let source = directory.source,
      !Path.isInside(found.path, directory: source.checkout.directory)
    {
      throw .outsideRepository(entry, source)
    }
    var child = directory
    child.root = found.path
    if directory.loadRoot != nil { child.unresolvedRoot = written }
    child.writtenRoot = Path.join(directory.writtenRoot, entry.text)
    try chain.check(child, entry)
    return child
  }

  /// A part of the path holds `..` and more, as where two entries of a list have become one
  /// (internal/loader/fileloader.go `hasAmbiguousPathSegment`).
  static func hasDotsInsidePart(_ path: String) -> Bool {
    path.parts(at: "/").contains { part in
      part != ".." && zip(part.utf8, part.utf8.dropFirst()).contains { $0 == dot && $1 == dot }
    }
  }

  private static let dot = UInt8(ascii: ".")
}

/// Whether a text would be an address, were it not for the path in it.
private func leavesRepository(_ text: String) -> Bool {
  do { _ = try RepositoryAddress(text) } catch { return error == .leavesRepository }
  return false
}

extension Problem {
  fileprivate static func repositoryOfThisMachine(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .localRepositoryFromRemote,
      "repository \"\(entry.text)\" is on this machine, where a repository from elsewhere may not look",
      at: entry.position)
  }

  fileprivate static func addressLeavesRepository(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .addressLeavesRepository,
      "the path in \"\(entry.text)\" leads out of the repository, and so may not be read",
      at: entry.position)
  }

  fileprivate static func outsideRepository(
    _ entry: Kustomization.Entry, _ source: RemoteSource
  ) -> Problem {
    Problem(
      .directoryOutsideRepository,
      "directory \"\(entry.text)\" is not in the repository \(source.address.repository), and so may not be read",
      at: entry.position)
  }

  fileprivate static func dotsInsidePart(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .ambiguousDirectory,
      "directory \"\(entry.text)\" is ambiguous: a part of its path contains \"..\"",
      at: entry.position, hint: "two entries of a list may have become one; check the indentation")
  }

  fileprivate static func absoluteDirectory(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .absoluteDirectory, "directory \"\(entry.text)\" cannot be absolute", at: entry.position,
      hint: "write the path relative to the kustomization")
  }

  fileprivate static func neitherFileNorDirectory(
    _ entry: Kustomization.Entry, _ role: LayerRole, _ failure: DirectoryReader.ReadFailure?,
    in directory: DirectoryReader, isFile: Bool
  ) -> Problem {
    guard case .component = role else {
      return .unreadable(
        entry, role.what, failure ?? .fileSystem(.notADirectory), in: directory, wanted: .either)
    }
    if !isFile {
      return .unreadable(
        entry, role.what, .fileSystem(.notFound), in: directory, wanted: .directory)
    }
    return .unreadable(
      entry, role.what, .fileSystem(.notADirectory), in: directory,
      hint: KustomizationFile.isOne(entry.text)
        ? "list the directory that holds it"
        : "components are directories; list a file of resources under resources")
  }
}
