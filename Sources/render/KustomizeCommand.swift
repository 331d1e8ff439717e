internal import Lamina

/// The first words of kustomize's commands that do without the argument parser.
enum KustomizeCommand: String, CaseIterable {
  case cfg
  case completion
  case create
  case edit
  case fn
  case `init`
  case localize
  case openapi

  /// Nil where the first word asks for something else, or is a directory to be rendered: one with a
  /// kustomization, with flags behind it at most.
  init?(_ arguments: ArraySlice<String>) {
    if arguments.first == "help", let word = arguments.dropFirst().first,
      let command = KustomizeCommand(rawValue: word)
    {
      self = command
      return
    }
    guard let word = arguments.first, let command = KustomizeCommand(rawValue: word) else {
      return nil
    }
    let hasWords = arguments.dropFirst().first.map { !$0.begins(with: "-") } ?? false
    if !hasWords, OutputFile.isDirectory(word), EditedFile.hasKustomization(in: word) { return nil }
    self = command
  }

  func run(_ arguments: ArraySlice<String>) -> Never {
    WordCommandTable(program: "render", commands: KustomizeCommands.all).run(Array(arguments))
  }
}
