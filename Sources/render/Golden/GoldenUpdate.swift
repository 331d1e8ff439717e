import Lamina
import LaminaHost

/// Writes golden files: those that changed, each whole or not at all.
struct GoldenUpdate {
  private let invocation: Invocation
  private let golden: GoldenRoots
  private let here = RelativePath(from: DiskFileSystem.workingDirectory)

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    golden = try GoldenRoots(invocation)
  }

  /// Returns whether a root failed, whose golden files stay as they are. Says on standard output what
  /// it writes and removes.
  func run() -> Bool {
    var isKept: Set<String> = []
    var failedKeys: Set<String> = []
    var hasFailed = false
    golden.render(invocation) { root, outcome in
      do {
        for (path, bytes) in try outcome.get().files.sorted(by: { $0.key < $1.key }) {
          isKept.insert(path)
          try write(bytes, to: path)
        }
      } catch {
        StandardError.write("\(error)\n")
        hasFailed = true
        failedKeys.insert(GoldenHeader(key: root.key).key)
      }
    }
    for (path, key) in golden.present() where !isKept.contains(path) && !failedKeys.contains(key) {
      do { try remove(path) } catch {
        StandardError.write("\(error)\n")
        hasFailed = true
      }
    }
    return hasFailed
  }

  private func write(_ bytes: [UInt8], to path: String) throws(GoldenFailure) {
    if let present = try? DiskFileSystem().read(path), present == bytes { return }
    do {
      try OutputFile.makeDirectories(above: path)
      try OutputFile.write(bytes[...], to: path)
    } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot write: \(error.reason)")
    }
    StandardOutput.print("wrote \(here.text(of: path))\n", statusOfFailure: 2)
  }

  private func remove(_ path: String) throws(GoldenFailure) {
    do { try OutputFile.remove(path) } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot remove: \(error.reason)")
    }
    StandardOutput.print("removed \(here.text(of: path))\n", statusOfFailure: 2)
  }
}
