import ArgumentParser
import Lamina
import LaminaHost

/// What decides on how roots are built, for every command that builds some.
struct BuildFlags: ParsableArguments {
  @OptionGroup
  var messages: MessageFlags

  @Option(name: CommandFlag.loadRestrictor.names, help: CommandFlag.loadRestrictor.help)
  var loadRestrictor = LoadRestriction.rootOnly.rawValue

  @Option(
    name: CommandFlag.loadRoot.names, help: CommandFlag.loadRoot.help, completion: .directory)
  var loadRoot: String?

  @Option(name: CommandFlag.compatibility.names, help: CommandFlag.compatibility.help)
  var compat: String?

  @Flag(name: CommandFlag.offline.names, help: CommandFlag.offline.help)
  var offline = false

  @Flag(name: CommandFlag.noCache.names, help: CommandFlag.noCache.help)
  var noCache = false

  @Option(
    name: CommandFlag.timeout.names, parsing: .unconditional, help: CommandFlag.timeout.help)
  var timeout: Double?

  @OptionGroup(title: "Helm charts")
  var helm: HelmFlags

  @OptionGroup(title: "Functions and plugins")
  var functions: FunctionFlags

  func validate() throws {
    if let timeout, !(timeout > 0) { throw ValidationError("--timeout must be more than 0") }
    try LegalValues.check(
      loadRestrictor, "--load-restrictor", LoadRestriction.allCases.map(\.rawValue))
    if loadRoot != nil, loadRestrictor == LoadRestriction.none.rawValue {
      throw ValidationError(
        "--load-root restricts what is read, and LoadRestrictionsNone lifts all restrictions")
    }
    if let compat {
      try LegalValues.check(compat, "--compat", Compatibility.allCases.map(\.rawValue))
    }
  }

  /// A call with these options.
  func invocation(of roots: RootArguments) -> Invocation {
    var invocation = invocation(jobs: roots.search.jobs)
    invocation.exclusion.patterns = roots.search.exclude
    invocation.directories = roots.directory
    if roots.search.all { invocation.searchDirectories() }
    return invocation
  }

  /// A call with these options, which says itself what is rendered.
  func invocation(jobs: Int?) -> Invocation {
    var invocation = Invocation()
    invocation.messages = messages.options
    invocation.jobs = jobs
    invocation.keepsFetched = !noCache
    invocation.timeout = timeout
    invocation.compatibility = compat.flatMap { Compatibility(rawValue: $0) }
    invocation.options.isOffline = offline
    invocation.options.loadRestriction = LoadRestriction(rawValue: loadRestrictor) ?? .rootOnly
    invocation.options.loadRoot = loadRoot.map { DiskFileSystem.absolute($0) }
    invocation.options.functions = functions.options
    invocation.options.helm = helm.options
    return invocation
  }
}

enum LegalValues {
  /// Refuses a value that a flag does not have, in the words of kustomize.
  static func check(_ value: String, _ flag: String, _ legal: [String]) throws {
    if legal.contains(value) { return }
    let legal = legal.joined(separator: ", ")
    throw ValidationError("illegal flag value \(flag) \(value); legal values: \(legal)")
  }
}
