import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Brings a commit of a repository into the cache, or finds it there.
///
/// kustomize clones to a temporary directory, with one shallow fetch (internal/git/cloner.go); what
/// it then reads is what lies in the cache here.
///
/// A commit that is named in full never changes, so if it is in the cache the server is not asked.
/// For a branch or a tag it is asked for the commit, which is little, and the files come from the
/// cache if that is there.
struct GitCheckout {
  let host: MachineHost
  let cache: RemoteCache
  let address: RepositoryAddress

  /// The files of the commit that the address leads to.
  ///
  /// - Parameter isOffline: takes what the cache has, and fails if it has nothing.
  func checkout(isOffline: Bool) throws(HostFailure) -> Checkout {
    guard address.ref.isEmpty || GitName.isRef(address.ref) else {
      throw .other("\"\(address.ref)\" is not the name of a branch, a tag or a commit")
    }
    let named = GitName.commit(address.ref)
    if isOffline {
      let commit: String?
      if let named { commit = named } else { commit = try cache.commit(of: address) }
      guard let commit, let known = try cached(commit) else { throw .notInCache }
      return known
    }
    if let named, let known = try cached(named) { return known }
    if named == nil, let commit = try currentCommit(), let known = try cached(commit) {
      try cache.note(commit, for: address)
      return known
    }
    return try fetch()
  }

  /// An address that says how long it may take is believed.
  ///
  /// Without a `timeout` in it, the limit of the host counts, and then kustomize's 27 seconds.
  private var timeLimit: Double {
    address.timeLimit == RepositoryAddress.usualTimeLimit
      ? host.limits.repositoryTime ?? address.timeLimit : address.timeLimit
  }

  /// The files of a commit, if the cache has them.
  private func cached(_ commit: String) throws(HostFailure) -> Checkout? {
    guard let place = try cache.files(of: commit, address) else { return nil }
    return Checkout(directory: place, fileSystem: DiskFileSystem(), commit: commit)
  }

  // MARK: - Asking

  /// The commit that the ref leads to now; nil where it is not worth asking, or not to be had so.
  ///
  /// For a repository that was never fetched, a second call would only take time.
  private func currentCommit() throws(HostFailure) -> String? {
    guard try cache.knows(address) else { return nil }
    let remote = GitRemote(address.repository)
    let git = GitProgram(
      host: host, directory: cache.directory, timeLimit: timeLimit,
      environment: remote.environment)
    let ref = address.ref.isEmpty ? "HEAD" : address.ref
    // The order in which git-fetch tries the meanings of a short name.
    let names = [ref, "refs/\(ref)", "refs/tags/\(ref)", "refs/heads/\(ref)"]
    let listing = try git.succeed(
      "ls-remote", "--quiet", "--", remote.url, ref, "\(ref)^{}")
    var commits: [ByteText: String] = [:]
    for line in listing.parts(at: "\n") {
      let parts = line.parts(at: "\t", maxSplits: 1)
      guard parts.count == 2, let commit = GitName.commit(String(parts[0])) else { continue }
      commits[ByteText(parts[1])] = commit
    }
    guard let name = names.first(where: { commits[$0] != nil }) else { return nil }
    // A tag with a message is an object of its own, which leads to the commit.
    return commits["\(name)^{}"] ?? commits[name]
  }

  // MARK: - Fetching

  /// Fetches a commit to a new directory, and moves its files into the cache when all of them are
  /// there.
  ///
  /// `.git` goes: nothing reads it, and it may be larger than the files.
  private func fetch() throws(HostFailure) -> Checkout {
    let new = try cache.makeDirectory()
    defer { TemporaryDirectory.remove(new) }
    let files = "\(new)/files"
    guard mkdir(files, 0o700) == 0 else { throw HostFailure(errno, files) }
    let remote = GitRemote(address.repository)
    let git = GitProgram(
      host: host, directory: files, timeLimit: timeLimit, environment: remote.environment,
      bounds: FetchBounds(directory: new, size: host.limits.repositorySize))
    try git.succeed("init", "--quiet", "--template=")
    // A pack is written as it comes, while single objects are held in memory, and so are large ones.
    try git.succeed(
      "-c", "fetch.unpackLimit=1", "-c", "core.bigFileThreshold=16m", "fetch", "--quiet",
      "--depth=1", "--no-tags", "--", remote.url, address.ref.isEmpty ? "HEAD" : address.ref)
    try git.succeed("checkout", "--quiet", "--detach", "FETCH_HEAD")
    if address.wantsSubmodules, access("\(files)/.gitmodules", F_OK) == 0 {
      // Submodules may be named by paths that start from the repository's own address.
      try git.succeed("remote", "add", "--", "origin", remote.url)
      try git.succeed("submodule", "--quiet", "update", "--init", "--recursive")
    }
    let head = try git.succeed("rev-parse", "--verify", "HEAD").prefix { $0 != "\n" }
    guard let commit = GitName.commit(String(head)) else {
      throw .other("git rev-parse: it printed \"\(head)\" and not a commit")
    }
    TemporaryDirectory.remove("\(files)/.git")
    try cache.take(files, as: commit, address)
    try cache.note(commit, for: address)
    guard let checkout = try cached(commit) else { throw .notInCache }
    return checkout
  }
}
