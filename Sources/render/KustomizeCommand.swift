/// The first words of kustomize's commands that do without the argument parser.
enum KustomizeCommand: String {
  case create
  case edit
  case `init`

  /// Nil where the first word asks for something else, or is a directory to be rendered.
  init?(_ arguments: ArraySlice<String>) {
    guard let word = arguments.first, let command = KustomizeCommand(rawValue: word) else {
      return nil
    }
    if arguments.count == 1, OutputFile.isDirectory(word) { return nil }
    self = command
  }

  func run(_ arguments: ArraySlice<String>) -> Never {
    WordCommandTable(program: "render", commands: KustomizeCommands.all).run(Array(arguments))
  }
}
