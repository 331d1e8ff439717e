import LaminaHost

ProcessMemory.preferLargePages()

// `render DIR` reads its arguments itself; everything else (help, odd flags, mistakes) goes to the
// full parser, which costs more time at start than a small build.
if let invocation = Invocation(common: CommandLine.arguments.dropFirst()) {
  invocation.run()
} else {
  RenderCommand.runFromCommandLine()
}
