internal import Lamina

/// `kustomize version` in all its forms.
enum VersionWord {
  static var command: WordCommand {
    WordCommand(
      "version", "Print the version of kustomize that this command stands in for.",
      flags: [
        WordFlag("short", nil, .isSwitch, "Print it in braces (deprecated)."),
        WordFlag("output", "o", "One of yaml or json."),
      ]
    ) { call in
      let format = call.arguments.text("output")
      if call.arguments.isOn("short") {
        if !format.isEmpty { throw CommandFailure("--short and --output are mutually exclusive") }
        StandardError.say("Flag --short has been deprecated, and will be removed in the future.")
        return StandardOutput.print("{\(Version.kustomize)  \(Provenance.buildDate)   }\n")
      }
      switch format {
      case "": StandardOutput.print("\(Version.kustomize)\n")
      case "yaml": StandardOutput.print(Provenance.yaml + "\n")
      case "json": StandardOutput.print(Provenance.json + "\n")
      // kustomize says nothing of other formats.
      default: break
      }
    }
  }
}

/// What `version -o` says. Fields of Go's stay, for readers that expect all of them.
enum Provenance {
  /// That of kustomize's release.
  static let buildDate = "2026-01-01T00:00:00Z"

  private static var fields: [(name: String, value: String)] {
    [
      ("version", Version.kustomize), ("gitCommit", "unknown"), ("buildDate", buildDate),
      ("goOs", system), ("goArch", architecture), ("goVersion", "unknown"),
      ("renderer", "lamina \(Version.own)"),
    ]
  }

  static var yaml: String {
    fields
      .map { "\($0.name): \($0.value.begins(with: "20") ? "\"\($0.value)\"" : $0.value)\n" }
      .joined()
  }

  static var json: String {
    let lines = fields.map { "  \"\($0.name)\": \"\($0.value)\"" }
    return "{\n\(lines.joined(separator: ",\n"))\n}"
  }

  private static var system: String {
    #if os(macOS)
      "darwin"
    #else
      "linux"
    #endif
  }

  private static var architecture: String {
    #if arch(arm64)
      "arm64"
    #else
      "amd64"
    #endif
  }
}
