/// Finds the directories of repositories.
struct RepositoryReader {
  /// Knows what the build has fetched already.
  let remotes: RemoteContent
  var log: LayerLog?

  /// The directory that an address names, ready to be read (internal/loader/fileloader.go
  /// `newLoaderAtGitClone`).
  ///
  /// Files of a repository are never read from outside the directory of their kustomization, whatever
  /// the build allows elsewhere.
  ///
  /// - Parameters:
  ///   - failure: what went wrong when the address was tried as a file.
  ///   - visit: tells apart the ways on which one repository is reached.
  func directory(
    of address: RepositoryAddress, as what: String, at position: Position,
    after failure: DirectoryReader.ReadFailure? = nil, visit: Int
  ) throws(Problem) -> DirectoryReader {
    if address.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw .controlCharacter(address, what, at: position)
    }
    // A server that said nothing of a file says nothing of a repository: it is not waited for again.
    if case .remote(.silence(let seconds))? = failure {
      throw .notFetched(address.text, what, .silence(seconds: seconds), at: position)
    }
    let checkout: Checkout
    do { checkout = try remotes.checkout(of: address) } catch {
      throw .notFetched(address, what, error, after: failure, at: position)
    }
    let source = RemoteSource(address: address, checkout: checkout, visit: visit)
    guard let found = try? checkout.fileSystem.resolve(source.directory), found.isDirectory else {
      throw .noDirectory(address, what, at: position)
    }
    guard Path.isInside(found.path, directory: checkout.directory) else {
      throw .outsideRepository(address, what, at: position)
    }
    return DirectoryReader(
      fileSystem: KnownDirectories(checkout.fileSystem), restriction: .rootOnly, root: found.path,
      writtenRoot: Path.clean(address.path), remotes: remotes, log: log, source: source)
  }
}

extension Problem {
  fileprivate static func controlCharacter(
    _ address: RepositoryAddress, _ what: String, at position: Position
  ) -> Problem {
    Problem(
      .controlCharacterInAddress,
      "the address of \(what) \"\(address.text)\" holds a control character",
      at: position)
  }

  fileprivate static func notFetched(
    _ address: RepositoryAddress, _ what: String, _ error: HostFailure,
    after failure: DirectoryReader.ReadFailure?, at position: Position
  ) -> Problem {
    guard case .remote(let file) = failure, file != error else {
      return .notFetched(address.text, what, error, at: position)
    }
    let words = HostFailure.other("as a file: \(file); as a repository: \(error)")
    return .notFetched(address.text, what, words, at: position)
  }

  fileprivate static func noDirectory(
    _ address: RepositoryAddress, _ what: String, at position: Position
  ) -> Problem {
    Problem(
      .repositoryWithoutDirectory,
      "cannot read \(what) \"\(address.text)\": the repository has no directory \"\(address.path)\"",
      at: position)
  }

  fileprivate static func outsideRepository(
    _ address: RepositoryAddress, _ what: String, at position: Position
  ) -> Problem {
    Problem(
      .addressOutsideRepository,
      "\(what) \"\(address.text)\" leads out of its repository, and so may not be read",
      at: position)
  }
}
