/// The commands that kustomize has beside `build`.
enum KustomizeCommands {
  static var all: [WordCommand] {
    EditSetCommands.all + EditAddCommands.all + EditRemoveCommands.all + EditFixCommand.all
      + CreateCommand.all + ConfigCommands.all + [FunctionRunCommand.command]
      + [LocalizeCommand.command]
      + CompletionWord.all + SmallWords.all
  }
}
