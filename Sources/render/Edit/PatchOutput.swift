import Lamina
import LaminaDiff
import LaminaHost

/// What a call would change, printed as a patch.
///
/// `patch` and `git apply` take no path that leads up. All paths begin in one directory: the working
/// directory, or, where a file is outside of it, the nearest one above that holds all of them, which is
/// said then.
enum PatchOutput {
  struct Change {
    let path: String
    /// Nil for a file that is made.
    let old: [UInt8]?
    let new: [UInt8]
  }

  /// - Parameter hidesSecrets: shows no values of Secrets.
  static func print(_ changes: [Change], hidesSecrets: Bool = false) throws {
    let working = DiskFileSystem.workingDirectory
    let paths = changes.map { Path.clean(EditedFile.absolute($0.path)) }
    var top = working
    while top != "/", !paths.allSatisfy({ Path.isInside($0, directory: top) }) {
      top = Path.directory(top)
    }
    let names = RelativePath(from: top)
    for (change, path) in zip(changes, paths) {
      try StandardOutput.write(
        FilePatch.text(
          of: names.text(of: path), from: change.old, to: change.new, hidesSecrets: hidesSecrets))
    }
    if !top.hasBytes(of: working), !changes.isEmpty {
      let directory = RelativePath(from: working).text(of: top)
      Notice.say("the patch begins in \(directory): apply it with `patch -p1 -d \(directory)`")
    }
  }
}
