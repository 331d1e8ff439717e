import Lamina
import LaminaHost

/// An option about functions, as a common call writes it.
enum FunctionOption: String, CaseIterable {
  case enablePlugins = "--enable-alpha-plugins"
  case enableExec = "--enable-exec"
  case network = "--network"
  case networkName = "--network-name"
  case mount = "--mount"
  case env = "--env"
  case shortEnv = "-e"
  case asCurrentUser = "--as-current-user"
  case timeout = "--function-timeout"

  /// It is on or off, and takes no other value.
  var isSwitch: Bool {
    switch self {
    case .enablePlugins, .enableExec, .network, .asCurrentUser: true
    default: false
    }
  }

  /// Takes an option over; false where its value is missing or makes no sense.
  static func read(
    _ flag: FlagValue<FunctionOption>, _ rest: inout ArraySlice<String>,
    into options: inout FunctionOptions
  ) -> Bool {
    switch flag.name {
    case .enablePlugins, .enableExec, .network, .asCurrentUser:
      guard let isOn = flag.isOn else { return false }
      switch flag.name {
      case .enablePlugins: options.isEnabled = isOn
      case .enableExec: options.allowsPrograms = isOn
      case .network: options.allowsNetwork = isOn
      default: options.containerUser = isOn ? MachineHost.currentUser : "nobody"
      }
    case .timeout:
      guard let seconds = flag.text(from: &rest).flatMap({ Double($0) }), seconds >= 0 else {
        return false
      }
      options.timeLimit = seconds > 0 ? seconds : nil
    case .networkName, .mount, .env, .shortEnv:
      guard let value = flag.text(from: &rest) else { return false }
      switch flag.name {
      case .mount: options.mounts.append(value)
      case .env, .shortEnv: options.environment.append(value)
      // kustomize knows the name of a network and does nothing with it.
      default: break
      }
    }
    return true
  }
}
