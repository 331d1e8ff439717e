import Lamina
import LaminaHost

/// A file of the tree for which standard input stands in, as `--stdin-as` names it.
///
/// For editors and pipes: what is not saved yet is rendered in its place. The file need not be there.
///
/// An object, as `OutputRecords`: an optional struct is a type that is made at run time, which every build would pay.
final class StandIn: Sendable {
  /// The file as the caller wrote it.
  let name: String
  /// Its canonical path.
  let path: String
  /// The files of the machine with standard input in the place of that one.
  let files: OverlayFileSystem

  /// Reads standard input to its end.
  init(_ name: String) throws {
    self.name = name
    let disk = DiskFileSystem()
    let whole = Path.clean(DiskFileSystem.absolute(name))
    do {
      let found = try disk.resolve(whole)
      if found.isDirectory { throw FileSystemError.isADirectory }
      path = found.path
    } catch FileSystemError.notFound {
      do {
        path = Path.join(try disk.resolve(Path.directory(whole)).path, Path.lastPart(whole))
      } catch { throw StandInFailure(name: name, reason: "its directory: \(error)") }
    } catch { throw StandInFailure(name: name, reason: "\(error)") }
    var memory = MemoryFileSystem()
    memory.write(try StandardInput.readAll(), to: path)
    files = OverlayFileSystem(memory, over: disk)
  }

  /// Warns where no build has read the file: its name may be wrong.
  func check(isRead: Bool) {
    if !isRead {
      StandardError.warn("warning: \(CommandFlag.stdinAs.long) \(name): no kustomization reads it")
    }
  }
}

/// Standard input cannot stand in for a file.
private struct StandInFailure: Error, CustomStringConvertible {
  let name: String
  let reason: String

  var description: String { "\(name): error: standard input cannot stand in for it: \(reason)" }
}
