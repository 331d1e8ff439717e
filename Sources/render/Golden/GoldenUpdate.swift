import Lamina
import LaminaDiff
import LaminaHost

/// Writes golden files: those that changed, each whole or not at all.
struct GoldenUpdate {
  private let invocation: Invocation
  private let golden: GoldenRoots
  private let secrets: SecretStyle
  private let here = RelativePath(from: DiskFileSystem.workingDirectory)

  init(_ invocation: Invocation, _ secrets: SecretFlags) throws {
    self.invocation = invocation
    golden = try GoldenRoots(invocation)
    self.secrets = try secrets.style(golden.project)
  }

  /// Returns whether a root failed, whose golden files stay as they are. Says on standard output what
  /// it writes and removes.
  func run() -> Bool {
    var isKept: Set<ByteText> = []
    var failedKeys: Set<ByteText> = []
    var hasFailed = false
    golden.render(invocation, secrets, saysFailures: true) { root, outcome in
      do {
        let expected = try outcome.get()
        var written = 0
        for (path, bytes) in expected.files.sorted(by: { $0.key < $1.key }) {
          isKept.insert(path)
          if try write(bytes, to: path.string, in: root.territory) { written += 1 }
        }
        if written > 0 { saySecrets(expected.masked.secretCount, of: root) }
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

  /// What became of the secrets, where there are some.
  private func saySecrets(_ count: Int, of root: GoldenRoot) {
    if count == 0 { return }
    let values = count == 1 ? "1 secret value" : "\(count) secret values"
    let what: String
    switch secrets {
    case .shown: return
    case .masked: what = "masked \(values)"
    case .hashed: what = "wrote \(values) as \(count == 1 ? "a keyed hash" : "keyed hashes")"
    }
    if MessageOptions.current.isQuiet { return }
    let line = MessageLine.shown("\(root.name): \(what)")
    StandardOutput.print("\(line)\n", statusOfFailure: 2)
  }

  /// Returns whether the file was not as it is to be.
  private func write(
    _ bytes: [UInt8], to path: String, in territory: Territory
  ) throws(GoldenFailure) -> Bool {
    do {
      let present = try territory.read(path)
      if present == bytes { return false }
      if let present, !present.isEmpty, GoldenHeader(present) == nil {
        throw GoldenFailure(
          "\(here.text(of: path)): error: the file is no golden file, and is not replaced; "
            + "move it, or choose another name under golden in lamina.yaml")
      }
      try territory.write(bytes[...], to: path)
    } catch let failure as GoldenFailure {
      throw failure
    } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot write: \(error)")
    }
    say("wrote", path)
    return true
  }

  private func remove(_ path: String, in territory: Territory) throws(GoldenFailure) {
    do { try territory.remove(path) } catch {
      throw GoldenFailure("\(here.text(of: path)): error: cannot remove: \(error)")
    }
    say("removed", path)
  }

  private func say(_ what: String, _ path: String) {
    if MessageOptions.current.isQuiet { return }
    let line = MessageLine.shown("\(what) \(here.text(of: path))")
    StandardOutput.print("\(line)\n", statusOfFailure: 2)
  }
}
