import ArgumentParser

/// What the commands have in common that render roots and report of them.
struct ReportFlags: ParsableArguments {
  @OptionGroup
  var search: SearchFlags

  @Flag(name: CommandFlag.showSecrets.names, help: CommandFlag.showSecrets.help)
  var showSecrets = false
}
