import Lamina
import LaminaHost

/// What one call of the command is to do.
struct Invocation {
  var directory = "."
  var output: String?
  /// What is fetched is kept for builds to come.
  var keepsFetched = true
  var options = RenderOptions()

  init() {}

  /// Reads the arguments of a common call; nil where the full parser must look at them.
  init?(common arguments: ArraySlice<String>) {
    var hasDirectory = false
    var rest = arguments
    if rest.first == "build" { rest = rest.dropFirst() }
    while let argument = rest.popFirst() {
      if let flag = FlagValue<HelmOption>(argument) {
        guard HelmOption.read(flag, &rest, into: &options.helm) else { return nil }
        continue
      }
      if let flag = FlagValue<FunctionOption>(argument) {
        guard FunctionOption.read(flag, &rest, into: &options.functions) else { return nil }
        continue
      }
      switch argument {
      case "-o", "--output":
        guard let path = rest.popFirst() else { return nil }
        output = path
      case "--load-restrictor":
        guard let word = rest.popFirst(), let restriction = LoadRestriction(rawValue: word) else {
          return nil
        }
        options.loadRestriction = restriction
      case "--offline": options.isOffline = true
      case "--no-cache": keepsFetched = false
      default:
        if argument.hasPrefix("-") || hasDirectory || argument == "help" { return nil }
        directory = argument
        hasDirectory = true
      }
    }
  }

  /// Warns of a flag that kustomize asks people to move away from.
  func warnDeprecated(_ flag: String, instead: String) {
    StandardError.write("warning: \(flag) is deprecated; use \(instead) in the kustomization\n")
  }

  /// Renders, and leaves with the status that says how it went.
  func run() {
    do {
      let rendering = try render()
      for warning in rendering.warnings { StandardError.write("\(warning)\n") }
      try write(rendering)
    } catch let diagnostic as Diagnostic {
      fail("\(diagnostic)")
    } catch let failure as OutputFailure {
      fail("\(failure.path): error: cannot write: \(failure.reason)")
    } catch {
      fail("error: \(error)")
    }
  }

  private func render() throws -> Rendering {
    let isWhole = directory.hasPrefix("/") || (try? RepositoryAddress(directory)) != nil
    let path = isWhole ? directory : "\(DiskFileSystem.workingDirectory)/\(directory)"
    var options = options
    if options.functions.isEnabled {
      options.functions.pluginDirectory = MachineHost.pluginDirectory
      // In kustomize the flag that enables plugins enables helm as well.
      options.helm.isEnabled = true
    }
    if Environment.value("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL") == "on" {
      options.addsManagedByLabel = true
    }
    let host = MachineHost(cacheDirectory: keepsFetched ? MachineHost.usualCacheDirectory : nil)
    return try Renderer(fileSystem: DiskFileSystem(), host: host, options: options)
      .render(path, displayPath: directory)
  }

  private func write(_ rendering: Rendering) throws {
    guard let output else { return try StandardOutput.write(rendering.bytes) }
    guard OutputFile.isDirectory(output) else {
      return try OutputFile.write(rendering.bytes[...], to: output)
    }
    for (resource, name) in zip(rendering.resources, rendering.fileNames) {
      try OutputFile.write(resource.yaml, to: "\(output)/\(name)")
    }
  }

  private func fail(_ message: String) -> Never {
    StandardError.write(message + "\n")
    exitWithFailure()
  }
}
