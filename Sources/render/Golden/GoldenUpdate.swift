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
    golden.render(invocation, saysFailures: true) { root, outcome in
      do {
        for (path, bytes) in try outcome.get().files.sorted(by: { $0.key < $1.key }) {
          isKept.insert(path)
          try write(bytes, to: path, in: root.territory)
        }
      } catch {
        // Why a root does not render is said with the warnings.
        if !(error is Diagnostic) { StandardError.say(error) }
        hasFailed = true
        failedKeys.insert(GoldenHeader(key: root.key).key)
      }
    }
    for file in golden.present() where !isKept.contains(file.path) && !failedKeys.contains(file.key)
    {
      do { try remove(file.path, in: file.territory) } catch {
        StandardError.say(error)
        hasFailed = true
      }
    }
    return hasFailed
  }

  private func write(
    _ bytes: [UInt8], to path: String, in territory: Territory
  ) throws(GoldenFailure) {
    do {
      if try territory.read(path) == bytes { return }
      try territory.write(bytes[...], to: path)
    } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot write: \(error)")
    }
    say("wrote", path)
  }

  private func remove(_ path: String, in territory: Territory) throws(GoldenFailure) {
    do { try territory.remove(path) } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot remove: \(error)")
    }
    say("removed", path)
  }

  private func say(_ what: String, _ path: String) {
    let line = MessageLine.shown("\(what) \(here.text(of: path))")
    StandardOutput.print("\(line)\n", statusOfFailure: 2)
  }
}
