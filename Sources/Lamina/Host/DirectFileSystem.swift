/// A file system that has a short way to what stands in a directory whose canonical path is known: the
/// long one looks at every part of a path, each time.
package protocol DirectFileSystem: FileSystem {
  /// What is at a path whose parts but for the last are canonical; nil where it is a symbolic link, or
  /// where `resolve` has to say what is wrong.
  func entry(at path: String) -> ResolvedPath?
}
