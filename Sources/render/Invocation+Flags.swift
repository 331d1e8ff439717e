import Lamina
import LaminaDiagnostics
import LaminaHost

/// Reading the flags of a common call, without the full parser.
extension Invocation {
  /// Takes a flag over; false where its value is missing or makes no sense, which the full parser says
  /// better.
  mutating func read(_ flag: FlagValue, _ rest: inout ArraySlice<String>) -> Bool {
    if flag.name.isSwitch {
      guard let isOn = flag.isOn else { return false }
      return set(flag.name, isOn)
    }
    guard let value = flag.text(from: &rest) else { return false }
    return set(flag.name, value)
  }

  private mutating func set(_ flag: CommandFlag, _ isOn: Bool) -> Bool {
    switch flag {
    case .quiet: messages.isQuiet = isOn
    case .verbose: messages.isVerbose = isOn
    case .offline: options.isOffline = isOn
    case .noCache: keepsFetched = !isOn
    case .managedByLabel: if isOn { addManagedByLabel() }
    // There is no stack of Go's to print.
    case .stackTrace: break
    case .strict: isStrict = isOn
    case .prune: records.prunes = isOn
    case .enableHelm: options.helm.isEnabled = isOn
    case .helmDebug: options.helm.debug = isOn
    case .enablePlugins: options.functions.isEnabled = isOn
    case .enableExec: options.functions.allowsPrograms = isOn
    case .network: options.functions.allowsNetwork = isOn
    case .asCurrentUser:
      options.functions.containerUser = isOn ? MachineHost.currentUser : "nobody"
    default: return false
    }
    return true
  }

  private mutating func set(_ flag: CommandFlag, _ value: String) -> Bool {
    switch flag {
    case .output: output = value
    case .exclude: exclusion.patterns.append(value)
    case .color:
      guard let choice = ColorChoice(rawValue: value) else { return false }
      messages.color = choice
    case .jobs:
      guard let count = Int(value), count > 0 else { return false }
      jobs = count
    case .timeout:
      guard let seconds = Double(value), seconds > 0 else { return false }
      timeout = seconds
    case .loadRestrictor:
      guard let restriction = LoadRestriction(rawValue: value) else { return false }
      options.loadRestriction = restriction
    case .stdinAs: standIn = value
    case .depfile: records.depfile = value
    case .manifest: records.manifest = value
    case .weights: shards.weights = value
    case .shard:
      guard let shard = Shard(value) else { return false }
      shards.shard = shard
    case .loadRoot: options.loadRoot = DiskFileSystem.absolute(value)
    case .diagnostics:
      guard let format = DiagnosticFormat(rawValue: value) else { return false }
      diagnosticFormat = format
    case .compatibility:
      guard let version = Compatibility(rawValue: value) else { return false }
      compatibility = version
    case .reorder:
      guard let order = Reordering(rawValue: value) else { return false }
      reorder(order)
    default: return setOfPrograms(flag, value)
    }
    return true
  }

  private mutating func setOfPrograms(_ flag: CommandFlag, _ value: String) -> Bool {
    switch flag {
    case .helmCommand: options.helm.command = value
    case .helmAPIVersions: options.helm.apiVersions.append(value)
    case .helmKubeVersion: options.helm.kubeVersion = value
    case .functionTimeout:
      guard let seconds = Double(value), seconds >= 0 else { return false }
      options.functions.timeLimit = seconds > 0 ? seconds : nil
    case .mount: options.functions.mounts.append(value)
    case .env: options.functions.environment.append(value)
    // kustomize knows the name of a network and does nothing with it.
    case .networkName: break
    default: return false
    }
    return true
  }
}
