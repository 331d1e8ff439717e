import ArgumentParser
import Lamina

/// What decides on how roots are built, for every command that builds some.
struct BuildFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which files kustomizations may read: those in or below their directory, or any.",
      valueName: "restriction"))
  var loadRestrictor = LoadRestriction.rootOnly.rawValue

  @Option(
    help: ArgumentHelp(
      """
      Which version of kustomize to equal: v5.8.1, or next for upstream's main branch \
      (default: v5.8.1, or compat in lamina.yaml).
      """,
      valueName: "version"))
  var compat: String?

  @Flag(help: "Use only cached remote resources, and fetch nothing.")
  var offline = false

  @Flag(help: "Fetch all remote resources again, and do not cache them.")
  var noCache = false

  @OptionGroup(title: "Helm charts")
  var helm: HelmFlags

  @OptionGroup(title: "Functions and plugins")
  var functions: FunctionFlags

  func validate() throws {
    try LegalValues.check(
      loadRestrictor, "--load-restrictor", LoadRestriction.allCases.map(\.rawValue))
    if let compat {
      try LegalValues.check(compat, "--compat", Compatibility.allCases.map(\.rawValue))
    }
  }

  /// A call with these options.
  func invocation(of roots: RootArguments) -> Invocation {
    var invocation = invocation(jobs: roots.jobs)
    invocation.directories = roots.directory
    invocation.searchedDirectory = roots.searchedDirectory
    return invocation
  }

  /// A call with these options, which says itself what is rendered.
  func invocation(jobs: Int?) -> Invocation {
    var invocation = Invocation()
    invocation.jobs = jobs
    invocation.keepsFetched = !noCache
    invocation.compatibility = compat.flatMap { Compatibility(rawValue: $0) }
    invocation.options.isOffline = offline
    invocation.options.loadRestriction = LoadRestriction(rawValue: loadRestrictor) ?? .rootOnly
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
