/// The files of a repository, as they are at one commit.
public struct Checkout: Sendable {
  /// Where the top of the repository lies, as a canonical path of `fileSystem`.
  public let directory: String
  /// What the files are read with.
  public let fileSystem: any FileSystem
  /// The commit in hexadecimal digits.
  public let commit: String
  /// Called once when the build is over and reads nothing more.
  public let release: @Sendable () -> Void

  /// Says where the files are.
  ///
  /// - Parameters:
  ///   - directory: where the top of the repository lies, as a canonical path of the file system.
  ///   - fileSystem: what the files are read with.
  ///   - commit: the commit in hexadecimal digits.
  ///   - release: what is done when the build is over, on the thread of the build.
  public init(
    directory: String, fileSystem: any FileSystem, commit: String,
    release: @escaping @Sendable () -> Void = {}
  ) {
    self.directory = directory
    self.fileSystem = fileSystem
    self.commit = commit
    self.release = release
  }
}
