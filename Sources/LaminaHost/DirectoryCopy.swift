import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Listing and copying directories.
enum DirectoryCopy {
  /// The names of what a directory holds; none where it cannot be read.
  static func names(in directory: String) -> [String] {
    guard let listing = opendir(directory) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Copies all that a directory holds into another one that is there. Links stay links.
  ///
  /// Only the permissions come along; times and owners are new. A copy is made for builds that
  /// change what they read.
  static func copy(_ source: String, to target: String) throws(HostFailure) {
    for name in names(in: source) {
      let (from, to) = ("\(source)/\(name)", "\(target)/\(name)")
      var status = stat()
      guard lstat(from, &status) == 0 else { throw HostFailure(errno, from) }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard mkdir(to, 0o700) == 0 else { throw HostFailure(errno, to) }
        try copy(from, to: to)
      case S_IFLNK: try copyLink(from, to: to)
      default: try copyFile(from, to: to, mode: status.st_mode & 0o777)
      }
    }
  }

  /// Copies the words of a link, wherever they lead.
  private static func copyLink(_ source: String, to target: String) throws(HostFailure) {
    guard let words = self.target(ofLink: source), symlink(words, target) == 0 else {
      throw HostFailure(errno, target)
    }
  }

  /// What a symbolic link says; nil where there is none, with the error's number left in `errno`.
  static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Copies bytes and permissions. Files in the cache are small enough to be held at once
  /// (`FetchLimits`).
  private static func copyFile(
    _ source: String, to target: String, mode: mode_t
  ) throws(HostFailure) {
    let bytes: [UInt8]
    do { bytes = try DiskFileSystem().read(source) } catch { throw .other("\(source): \(error)") }
    try TemporaryDirectory.write(bytes, to: target)
    guard chmod(target, mode) == 0 else { throw HostFailure(errno, target) }
  }
}
