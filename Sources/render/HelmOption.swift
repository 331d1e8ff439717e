import Lamina

/// An option about helm, as a common call writes it.
enum HelmOption: String, CaseIterable {
  case enable = "--enable-helm"
  case command = "--helm-command"
  case apiVersions = "--helm-api-versions"
  case kubeVersion = "--helm-kube-version"
  case debug = "--helm-debug"

  /// It is on or off, and takes no other value.
  var isSwitch: Bool { self == .enable || self == .debug }

  /// Takes an option over; false where its value is missing or makes no sense.
  static func read(
    _ flag: FlagValue<HelmOption>, _ rest: inout ArraySlice<String>, into options: inout HelmOptions
  ) -> Bool {
    switch flag.name {
    case .enable, .debug:
      guard let isOn = flag.isOn else { return false }
      if flag.name == .enable { options.isEnabled = isOn } else { options.debug = isOn }
    case .command, .apiVersions, .kubeVersion:
      guard let value = flag.text(from: &rest) else { return false }
      switch flag.name {
      case .command: options.command = value
      case .apiVersions: options.apiVersions.append(value)
      default: options.kubeVersion = value
      }
    }
    return true
  }
}
