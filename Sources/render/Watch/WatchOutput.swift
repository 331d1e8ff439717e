import Lamina
import LaminaHost

/// Where `watch` writes the renderings.
struct WatchOutput {
  private let path: String
  /// nil where the one root is written to the path itself.
  private let directory: OutputDirectory?

  /// - Parameter holdsOne: there is one root, and there will not be more.
  init(_ path: String, holdsOne: Bool) throws(OutputFailure) {
    self.path = path
    let isFile = holdsOne && !OutputFile.isDirectory(path) && !path.ends(with: "/")
    directory = isFile ? nil : try OutputDirectory(path)
  }

  /// Writes a rendering, whole or not at all.
  ///
  /// - Parameter searched: the one directory that was searched for roots; nil where there are others.
  func write(
    _ rendering: Rendering, of root: String, below searched: String?
  ) throws(OutputFailure) {
    let inputs = InputPlaces(rendering.filesRead)
    guard let directory else {
      try inputs.check(path)
      return try OutputFile.write(rendering.bytes[...], to: path)
    }
    let name = OutputName.file(of: root, below: searched)
    try inputs.check("\(path)/\(name)")
    try directory.write(rendering.bytes[...], to: name)
  }
}
