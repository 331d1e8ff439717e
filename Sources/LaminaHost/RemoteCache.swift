import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A directory that keeps what was fetched.
///
///     git/REPOSITORY/COMMIT/         the files of a repository with its submodules
///     git/REPOSITORY/COMMIT-alone/   the same without them
///     git/REPOSITORY/refs/REF        the commit that a ref led to when it was last looked up
///     files/URL                      a file as it was last served
///     new/fetch-XXXXXX/              what is being fetched
///
/// Repositories, refs and URLs are named by their digests, since addresses may hold passwords. What is
/// new is made in `new` and then takes its place at once: other processes see all of it or nothing. Every
/// directory is looked at before it is used (`CacheDirectory`).
struct RemoteCache {
  private let top: CacheDirectory

  var directory: String { top.path }

  /// Uses a directory, which is made where it is missing.
  ///
  /// - Returns: nil where it cannot be made or written to.
  /// - Throws: where it is there and others may have written to it.
  init?(at path: String) throws(HostFailure) {
    guard let top = try CacheDirectory.top(at: path) else { return nil }
    self.top = top
  }

  /// Where caches of this user lie by custom: `$XDG_CACHE_HOME`, or else `~/.cache`.
  static var usualDirectory: String? {
    if let caches = Environment.value("XDG_CACHE_HOME"), caches.begins(with: "/") {
      return "\(caches)/lamina"
    }
    guard let home = Environment.value("HOME"), home.begins(with: "/") else { return nil }
    return "\(home)/.cache/lamina"
  }

  /// SHA-256 in hexadecimal digits, which is a name of a file whatever the text holds.
  static func digest(_ text: String) -> String {
    SHA256.digits(of: Array(text.utf8).span)
  }

  // MARK: - Repositories

  /// The directory of a repository; nil where nothing of it was ever fetched.
  private func repository(_ address: RepositoryAddress) throws(HostFailure) -> CacheDirectory? {
    try top.directory("git")?.directory(Self.digest(address.repository))
  }

  private func madeRepository(_ address: RepositoryAddress) throws(HostFailure) -> CacheDirectory {
    try top.madeDirectory("git").madeDirectory(Self.digest(address.repository))
  }

  /// Whether anything of a repository was fetched before.
  func knows(_ address: RepositoryAddress) throws(HostFailure) -> Bool {
    try repository(address) != nil
  }

  /// The name of a commit's directory, which differs with and without submodules.
  private static func name(of commit: String, _ address: RepositoryAddress) -> String {
    address.wantsSubmodules ? commit : "\(commit)-alone"
  }

  /// Where a commit's files lie; nil where they do not.
  func files(of commit: String, _ address: RepositoryAddress) throws(HostFailure) -> String? {
    try repository(address)?.directory(Self.name(of: commit, address))?.path
  }

  /// Takes a directory with a commit's files.
  func take(
    _ files: String, as commit: String, _ address: RepositoryAddress
  ) throws(HostFailure) {
    try madeRepository(address).take(files, as: Self.name(of: commit, address))
  }

  /// The commit that a ref led to when it was last looked up.
  func commit(of address: RepositoryAddress) throws(HostFailure) -> String? {
    try repository(address)?.directory("refs")?.read(Self.digest(address.ref))
      .flatMap { GitName.commit(String(decoding: $0, as: UTF8.self)) }
  }

  /// Keeps what a ref leads to, for builds that are offline. Nothing is written where that is
  /// known.
  func note(_ commit: String, for address: RepositoryAddress) throws(HostFailure) {
    if try self.commit(of: address) == commit { return }
    let new = try makeDirectory()
    defer { TemporaryDirectory.remove(new) }
    try TemporaryDirectory.write(Array(commit.utf8), to: "\(new)/ref")
    try madeRepository(address).madeDirectory("refs")
      .take("\(new)/ref", as: Self.digest(address.ref))
  }

  // MARK: - Files

  /// The bytes of a file; nil where it was never fetched.
  func file(at url: String) throws(HostFailure) -> [UInt8]? {
    try top.directory("files")?.read(Self.digest(url))
  }

  /// Takes a file as it was served, in the place of an earlier one.
  func take(_ file: String, at url: String) throws(HostFailure) {
    try top.madeDirectory("files").take(file, as: Self.digest(url))
  }

  // MARK: - New things

  private static let prefix = "fetch-"

  /// Makes a directory for what is being fetched, and removes those that were left behind by
  /// processes that could not clean up.
  func makeDirectory() throws(HostFailure) -> String {
    let parent = try top.madeDirectory("new")
    // No fetching takes a day.
    parent.removeDirectories(unchangedFor: 86_400) { name in
      name.begins(with: Self.prefix) && name.utf8.count == Self.prefix.utf8.count + 6
    }
    return try TemporaryDirectory.make(in: parent.path, prefix: Self.prefix)
  }
}
