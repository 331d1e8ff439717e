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
  func write(_ bytes: [UInt8], of root: String, below searched: String?) throws(OutputFailure) {
    guard let directory else { return try OutputFile.write(bytes[...], to: path) }
    try directory.write(bytes[...], to: OutputName.file(of: root, below: searched))
  }
}
