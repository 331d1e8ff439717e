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
///     new/                           what is being fetched
///
/// Repositories, refs and URLs are named by their digests, since addresses may hold passwords. What is
/// new is made in `new` and then takes its place at once: other processes see all of it or nothing.
struct RemoteCache {
  let directory: String

  /// Uses a directory, which is made where it is missing, and readable by its owner only.
  init(at path: String) throws(HostFailure) {
    try TemporaryDirectory.makeDirectories(above: path)
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw HostFailure(errno, path) }
    guard let resolved = realpath(path, nil) else { throw HostFailure(errno, path) }
    defer { free(resolved) }
    guard access(resolved, W_OK) == 0 else { throw HostFailure(errno, path) }
    directory = String(cString: resolved)
  }

  /// Where caches of this user lie by custom: `$XDG_CACHE_HOME`, or else `~/.cache`.
  static var usualDirectory: String? {
    if let caches = Environment.value("XDG_CACHE_HOME"), caches.hasPrefix("/") {
      return "\(caches)/lamina"
    }
    guard let home = Environment.value("HOME"), home.hasPrefix("/") else { return nil }
    return "\(home)/.cache/lamina"
  }

  // MARK: - Places

  func directory(ofRepository repository: String) -> String {
    "\(directory)/git/\(Self.digest(repository))"
  }

  /// Where a commit's files lie, or would.
  func place(of commit: String, _ address: RepositoryAddress) -> String {
    let name = address.wantsSubmodules ? commit : "\(commit)-alone"
    return "\(directory(ofRepository: address.repository))/\(name)"
  }

  func file(at url: String) -> String { "\(directory)/files/\(Self.digest(url))" }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func digest(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let digest = SHA256.hash(Array(text.utf8).span)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  // MARK: - Refs

  private func refFile(_ address: RepositoryAddress) -> String {
    "\(directory(ofRepository: address.repository))/refs/\(Self.digest(address.ref))"
  }

  /// The commit that a ref led to when it was last looked up.
  func commit(of address: RepositoryAddress) -> String? {
    guard let bytes = try? DiskFileSystem().read(refFile(address)) else { return nil }
    return GitName.commit(String(decoding: bytes, as: UTF8.self))
  }

  func note(_ commit: String, for address: RepositoryAddress) throws(HostFailure) {
    if self.commit(of: address) == commit { return }
    let new = try makeDirectory()
    defer { TemporaryDirectory.remove(new) }
    try TemporaryDirectory.write(Array(commit.utf8), to: "\(new)/ref")
    try take("\(new)/ref", as: refFile(address))
  }

  // MARK: - New things

  /// Makes a directory for what is being fetched, and removes those that were left behind by
  /// processes that could not clean up.
  func makeDirectory() throws(HostFailure) -> String {
    let parent = "\(directory)/new"
    if mkdir(parent, 0o700) != 0, errno != EEXIST { throw HostFailure(errno, parent) }
    removeLeftovers(in: parent)
    var name = Array("\(parent)/XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw HostFailure(errno, parent) }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// No fetching takes a day.
  private func removeLeftovers(in parent: String) {
    for name in DirectoryCopy.names(in: parent) {
      var status = stat()
      let path = "\(parent)/\(name)"
      if lstat(path, &status) == 0, time(nil) - Self.changed(status) > 86_400 {
        TemporaryDirectory.remove(path)
      }
    }
  }

  private static func changed(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  /// Gives a new thing its place. Where another process was faster with a directory, its one stays.
  func take(_ new: String, as place: String) throws(HostFailure) {
    try TemporaryDirectory.makeDirectories(above: place)
    if rename(new, place) != 0, errno != EEXIST, errno != ENOTEMPTY {
      throw HostFailure(errno, place)
    }
  }
}
