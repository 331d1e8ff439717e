import Lamina

/// An option about helm, as a common call writes it: `--name`, `--name value` or `--name=value`.
struct HelmOption {
  private enum Name: String {
    case enable = "--enable-helm"
    case command = "--helm-command"
    case apiVersions = "--helm-api-versions"
    case kubeVersion = "--helm-kube-version"
    case debug = "--helm-debug"
  }

  private let name: Name
  /// What stands behind `=`.
  private let value: String?

  /// Nil where the argument is something else.
  init?(_ argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first.flatMap({ Name(rawValue: String($0)) }) else { return nil }
    self.name = name
    value = parts.count > 1 ? String(parts[1]) : nil
  }

  /// Takes the option's value from the arguments behind it, if that is where it stands; false where it
  /// is missing or makes no sense.
  func read(from rest: inout ArraySlice<String>, into options: inout HelmOptions) -> Bool {
    switch name {
    case .enable: return read(into: &options.isEnabled)
    case .debug: return read(into: &options.debug)
    case .command, .apiVersions, .kubeVersion: break
    }
    guard let value = value ?? rest.popFirst() else { return false }
    switch name {
    case .command: options.command = value
    case .apiVersions: options.apiVersions.append(value)
    case .kubeVersion: options.kubeVersion = value
    case .enable, .debug: break
    }
    return true
  }

  /// The words are those of Go's `strconv.ParseBool`.
  private func read(into isOn: inout Bool) -> Bool {
    switch value {
    case nil, "1", "t", "T", "TRUE", "true", "True": isOn = true
    case "0", "f", "F", "FALSE", "false", "False": isOn = false
    default: return false
    }
    return true
  }
}
