import Lamina
import LaminaEditing
import LaminaHost

/// The paths and addresses that `edit add resource` and `create` put into lists.
struct ResourcePaths {
  private let directory: String

  /// - Parameter directory: where relative paths begin; empty is the working directory.
  init(in directory: String) { self.directory = directory }

  /// What patterns match; what matches nothing must be a repository or file that can be fetched, and is
  /// taken as it is.
  func paths(_ patterns: [String]) throws(CommandFailure) -> [String] {
    var result: [String] = []
    for pattern in patterns {
      let found = try FilePaths(directory: directory).matching(pattern)
      if found.isEmpty {
        try checkRemote(pattern)
        result.append(pattern)
      } else {
        result += found
      }
    }
    return result
  }

  /// Fetches what is remote, by rendering a kustomization that lists nothing else.
  private func checkRemote(_ address: String) throws(CommandFailure) {
    guard address.contains(":") else {
      throw CommandFailure("\(address) has no match: no such file or directory", showsUsage: false)
    }
    let top = "/render-edit"
    var files = MemoryFileSystem()
    do throws(EditError) {
      var trial = try YAMLEditor([])
      try trial.set(.sequence([.string(address)]), at: ["resources"])
      files.write(trial.bytes, to: "\(top)/kustomization.yaml")
    } catch { throw CommandFailure("\(address) has no match: \(error.message)", showsUsage: false) }
    let host = MachineHost(cacheDirectory: MachineHost.usualCacheDirectory)
    do throws(Diagnostic) {
      _ = try Renderer(fileSystem: files, host: host).render(top)
    } catch {
      // What is there may need more than this trial allows; that is no reason not to list it.
      let isMissing = ["not-fetched", "unreadable", "missing-kustomization"].contains(error.code)
      guard isMissing else { return }
      throw CommandFailure(
        "\(address) has no match: \(error.message)",
        details: ["Use --no-verify to add it without fetching it."], showsUsage: false)
    }
  }
}

/// The files that `--from-file` names, as `[KEY=]PATTERN`.
struct GeneratorFiles {
  let directory: String

  func paths(_ sources: [String]) throws(CommandFailure) -> [String] {
    var result: [String] = []
    for source in sources {
      let parts = source.parts(at: "=", omittingEmptySubsequences: false)
      let hasKey = parts.count == 2
      let pattern = String(hasKey ? parts[1] : parts.first ?? "")
      let found = try FilePaths(directory: directory).matching(pattern)
      if found.isEmpty { Notice.say("\(pattern) has no match") }
      guard hasKey, let key = parts.first, !key.isEmpty else {
        result += found
        continue
      }
      guard found.count == 1, let path = found.first else {
        throw CommandFailure(
          "failed to expand file source: 'pattern '\(source)' catches files [\(found.joined(separator: " "))], should catch only one"
        )
      }
      result.append("\(key)=\(path)")
    }
    return result
  }
}
