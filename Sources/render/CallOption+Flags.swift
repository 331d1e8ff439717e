import Lamina

extension CallOption {
  /// What a person is told who types the command.
  @Sendable static func flagWords(_ option: CallOption) -> String {
    switch option {
    case .anyFile: "--load-restrictor LoadRestrictionsNone allows it"
    case .compatibilityNext: "'--compat next' renders what the main branch does"
    case .functions:
      "--enable-alpha-plugins allows functions and plugins; built-in kinds have apiVersion: builtin"
    case .helm: "--enable-helm"
    case .helmCommand: "--helm-command"
    case .helmElsewhere(let program):
      "is '\(program)' installed? --helm-command names another program"
    case .network: "--network allows it"
    case .online: "build it once without --offline"
    case .programs: "--enable-exec allows functions that are programs of this machine"
    case .ruleNames: "`render lint --rules` lists all of them"
    }
  }
}

extension RenderOptions {
  /// The usual options of a call, whose messages name flags.
  static var ofCommand: RenderOptions {
    var options = RenderOptions()
    options.optionWords = CallOption.flagWords
    return options
  }
}
