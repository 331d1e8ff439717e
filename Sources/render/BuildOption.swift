import Lamina

/// An option of a build, as a common call writes it; those for helm and for functions are elsewhere.
enum BuildOption: String, CaseIterable {
  case output = "--output"
  case shortOutput = "-o"
  case loadRestrictor = "--load-restrictor"
  case compatibility = "--compat"
  case searchedDirectory = "--all"
  case jobs = "--jobs"
  case shortJobs = "-j"
  case offline = "--offline"
  case noCache = "--no-cache"
  case reorder = "--reorder"
  case managedByLabel = "--enable-managedby-label"
  case stackTrace = "--stack-trace"

  /// It is on or off, and takes no other value.
  var isSwitch: Bool {
    switch self {
    case .offline, .noCache, .managedByLabel, .stackTrace: true
    default: false
    }
  }

  /// Takes an option over; false where its value is missing or makes no sense.
  static func read(
    _ flag: FlagValue<BuildOption>, _ rest: inout ArraySlice<String>,
    into invocation: inout Invocation
  ) -> Bool {
    switch flag.name {
    case .offline, .noCache, .managedByLabel, .stackTrace:
      guard let isOn = flag.isOn else { return false }
      switch flag.name {
      case .offline: invocation.options.isOffline = isOn
      case .noCache: invocation.keepsFetched = !isOn
      case .managedByLabel: if isOn { invocation.addManagedByLabel() }
      // There is no stack of Go's to print.
      default: break
      }
    case .jobs, .shortJobs:
      guard let count = flag.text(from: &rest).flatMap({ Int($0) }), count > 0 else { return false }
      invocation.jobs = count
    case .searchedDirectory:
      guard invocation.searchedDirectory == nil, let path = flag.text(from: &rest) else {
        return false
      }
      invocation.searchedDirectory = path
    case .output, .shortOutput:
      guard let path = flag.text(from: &rest) else { return false }
      invocation.output = path
    case .loadRestrictor:
      guard let restriction = flag.text(from: &rest).flatMap({ LoadRestriction(rawValue: $0) })
      else { return false }
      invocation.options.loadRestriction = restriction
    case .compatibility:
      guard let version = flag.text(from: &rest).flatMap({ Compatibility(rawValue: $0) }) else {
        return false
      }
      invocation.compatibility = version
    case .reorder:
      guard let order = flag.text(from: &rest).flatMap({ Reordering(rawValue: $0) }) else {
        return false
      }
      invocation.reorder(order)
    }
    return true
  }
}
