import Lamina
import LaminaHost

/// The files that the builds of a call read, none of which it may write over: what is rendered would take the place of
/// what it is rendered from.
struct InputPlaces {
  /// Canonical.
  private var paths: Set<ByteText> = []

  init(_ paths: [String] = []) { insert(paths) }

  mutating func insert(_ paths: [String]) { self.paths.formUnion(texts: paths) }

  /// Throws where a file is to be written that a build reads, also by another name.
  func check(_ output: String) throws(OutputFailure) {
    if contains(output) { throw Self.failure(output) }
  }

  func contains(_ output: String) -> Bool {
    // What is not there was not read.
    guard !paths.isEmpty,
      let found = try? DiskFileSystem().resolve(Path.clean(DiskFileSystem.absolute(output)))
    else { return false }
    return paths.contains(found.path)
  }

  static func failure(_ path: String) -> OutputFailure {
    OutputFailure(path: path, reason: "the build reads this file")
  }
}
