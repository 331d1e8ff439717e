import Lamina
import LaminaHost

/// The files that the builds of a call read, none of which it may write over: what is rendered would take the place of
/// what it is rendered from.
struct InputPlaces {
  /// Canonical.
  private var paths: Set<ByteText> = []

  init(_ paths: [String] = []) { insert(paths) }

  mutating func insert(_ paths: [String]) { self.paths.formUnion(texts: paths) }

  /// Throws where a file is to be written that a build reads, also by another name, or that makes the next call fail.
  func check(_ output: String) throws(OutputFailure) {
    if contains(output) { throw Self.failure(output) }
    if Path.lastPart(output).hasBytes(of: ProjectFile.name) {
      throw OutputFailure(path: output, reason: "files of this name hold the settings of render")
    }
    if let other = kustomization(beside: output) {
      throw OutputFailure(
        path: output, reason: "its directory has a kustomization already: \(other)")
    }
  }

  func contains(_ output: String) -> Bool {
    // What is not there was not read.
    guard !paths.isEmpty,
      let found = try? DiskFileSystem().resolve(Path.clean(DiskFileSystem.absolute(output)))
    else { return false }
    return paths.contains(found.path)
  }

  /// The name of a kustomization that is read from the directory of an output that would be a second one.
  private func kustomization(beside output: String) -> String? {
    let names = Renderer.kustomizationNames
    guard !paths.isEmpty, names.contains(bytesOf: Path.lastPart(output)),
      let directory = try? DiskFileSystem().resolve(
        Path.directory(Path.clean(DiskFileSystem.absolute(output))))
    else { return nil }
    return names.first { paths.contains(Path.join(directory.path, $0)) }
  }

  static func failure(_ path: String) -> OutputFailure {
    OutputFailure(path: path, reason: "the build reads this file")
  }
}
