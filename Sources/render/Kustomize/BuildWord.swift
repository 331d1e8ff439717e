/// `kustomize build`, with kustomize's flags and this command's own for what is fetched.
enum BuildWord {
  static var command: WordCommand {
    WordCommand(
      "build", arguments: "DIR", "Print what a directory's kustomization makes.", flags: flags
    ) {
      call in
      if call.words.count > 1 {
        throw CommandFailure("specify one path to kustomization.yaml", showsUsage: false)
      }
      guard var invocation = Invocation(common: arguments(of: call)[...]) else {
        throw CommandFailure(try illegalValue(call.arguments), showsUsage: false)
      }
      invocation.speaksAsKustomize = true
      invocation.run()
    }
  }

  private static let flags = [
    WordFlag("output", "o", "If specified, write output to this path."),
    WordFlag("load-restrictor", nil, "LoadRestrictionsRootOnly or LoadRestrictionsNone."),
    WordFlag("reorder", nil, "legacy or none (deprecated: use sortOptions)."),
    WordFlag("enable-managedby-label", nil, .isSwitch, "Deprecated: use buildMetadata."),
    WordFlag("enable-alpha-plugins", nil, .isSwitch, "Run functions, plugins and helm."),
    WordFlag("enable-exec", nil, .isSwitch, "Run functions that are programs."),
    WordFlag("enable-helm", nil, .isSwitch, "Let kustomizations run helm."),
    WordFlag("helm-command", nil, "The path or the name of helm."),
    WordFlag("helm-api-versions", nil, .texts, "API versions that charts find."),
    WordFlag("helm-kube-version", nil, "The version of Kubernetes that charts find."),
    WordFlag("helm-debug", nil, .isSwitch, "Show what helm did when it fails."),
    WordFlag("network", nil, .isSwitch, "Let containers reach the network."),
    WordFlag("network-name", nil, "Has no effect, as in kustomize."),
    WordFlag("mount", nil, .texts, "What containers see of this machine."),
    WordFlag("env", "e", .texts, "A variable for functions."),
    WordFlag("as-current-user", nil, .isSwitch, "Run containers as this user."),
    WordFlag("offline", nil, .isSwitch, "Use only cached remote resources."),
    WordFlag("no-cache", nil, .isSwitch, "Fetch all remote resources again."),
    WordFlag("compat", nil, "v5.8.1, or next."),
  ]

  /// The call as the fast reader of arguments takes it.
  private static func arguments(of call: CommandCall) -> [String] {
    let written = flags.flatMap { flag in
      call.arguments.texts(flag.name).map { "--\(flag.name)=\($0)" }
    }
    return ["build"] + written + call.words.filter { !$0.isEmpty }
  }

  /// Which value the reader did not take.
  private static func illegalValue(_ arguments: CommandArguments) throws -> String {
    for (name, legal) in legalValues where arguments.has(name) {
      let value = arguments.text(name)
      if !legal.contains(value) {
        return
          "illegal flag value --\(name) \(value); legal values: [\(legal.joined(separator: " "))]"
      }
    }
    return "these flags have values that make no sense"
  }

  private static let legalValues = [
    ("load-restrictor", ["LoadRestrictionsNone", "LoadRestrictionsRootOnly"]),
    ("reorder", ["legacy", "none"]), ("compat", ["v5.8.1", "next"]),
  ]
}
