import Lamina

/// The command when it is called as kustomize, by a link of that name or as `render kustomize …`.
///
/// It then speaks kustomize's command line: `build` takes one directory, errors begin with `Error:`, and the
/// usage names kustomize.
struct KustomizeProgram {
  private let arguments: [String]

  /// Nil where the command is called by another name.
  ///
  /// - Parameter call: the program's name and its arguments.
  init?(_ call: [String]) {
    if let name = call.first, Self.isKustomize(name) {
      arguments = Array(call.dropFirst())
    } else if call.count > 1, call[1] == "kustomize",
      call.count > 2 || !OutputFile.isDirectory(call[1])
    {
      arguments = Array(call.dropFirst(2))
    } else {
      return nil
    }
  }

  /// `kustomize`, or a release's own name: `kustomize-v5.8.1`.
  private static func isKustomize(_ program: String) -> Bool {
    let name = Path.lastPart(program)
    return name == "kustomize" || name.begins(with: "kustomize-") || name.begins(with: "kustomize_")
  }

  static var commands: [WordCommand] {
    [BuildWord.command, VersionWord.command] + KustomizeCommands.all
  }

  func run() -> Never {
    // kustomize has no such flag; here it tells the two apart.
    if arguments == ["--version"] {
      StandardOutput.print("\(Version.text)\n")
      exitWithFailure(status: 0)
    }
    CompletionRequest(arguments[...], program: "kustomize")?.answer()
    WordCommandTable(program: "kustomize", commands: Self.commands).run(arguments)
  }
}

/// Says what is wrong as kustomize does, and ends.
func failAsKustomize(_ error: any Error) -> Never {
  for warning in (error as? Diagnostic)?.warnings ?? [] { StandardError.say(warning) }
  StandardError.write("Error: \(StandardError.text(of: error))\n")
  exitWithFailure()
}
