import LaminaHost

ProcessMemory.preferLargePages()
ProcessEnd.cleansUp()

// A build goes as deep as its input, and the main thread may have any stack.
WorkThread.runProcess {
  // `render DIR` reads its arguments itself; everything else (odd flags, mistakes) goes to the full
  // parser, which costs more time at start than a small build; help and the version do without it.
  let arguments = CommandLine.arguments.dropFirst()
  if let kustomize = KustomizeProgram(CommandLine.arguments) {
    kustomize.run()
  } else if let command = KustomizeCommand(arguments) {
    command.run(arguments)
  } else if let request = CompletionRequest(arguments, program: "render") {
    request.answer()
  } else if let invocation = Invocation(common: arguments) {
    invocation.run()
  } else if let request = HelpRequest(arguments) {
    request.answer()
  } else {
    Invocation.refuseMistyped(arguments.first)
    RenderCommand.run(Array(arguments))
  }
}
