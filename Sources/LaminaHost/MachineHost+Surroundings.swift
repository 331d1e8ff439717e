internal import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What options may say of this machine and its user.
extension MachineHost {
  /// The numbers of the user and the group that this process runs as, as `UID:GID`.
  package static var currentUser: String { "\(getuid()):\(getgid())" }

  /// The first directory there is of those in which kustomize looks for plugins
  /// (api/konfig/plugins.go `DefaultAbsPluginHome`).
  package static var pluginDirectory: String? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let home = variable("HOME")
    let places = [
      variable("KUSTOMIZE_PLUGIN_HOME"),
      variable("XDG_CONFIG_HOME").map { "\($0)/kustomize/plugin" },
      home.map { "\($0)/.config/kustomize/plugin" }, home.map { "\($0)/kustomize/plugin" },
    ]
    for case let place? in places where access(place, F_OK) == 0 {
      return place.begins(with: "/") ? place : "\(DiskFileSystem.workingDirectory)/\(place)"
    }
    return nil
  }
}
