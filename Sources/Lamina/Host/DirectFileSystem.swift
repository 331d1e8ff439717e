/// A file system that has a short way to what stands in a directory whose canonical path is known: the
/// long one looks at every part of a path, each time.
package protocol DirectFileSystem: FileSystem {
  /// What is at a path whose parts but for the last are canonical; nil where it is a symbolic link.
  ///
  /// - Throws: what `resolve` would.
  func entry(at path: String) throws(FileSystemError) -> ResolvedPath?

  /// The bytes of the file at such a path; nil where there is something else, nothing, or a symbolic
  /// link, or where the file cannot be read.
  func file(at path: String) -> [UInt8]?
}
