import ArgumentParser

/// Names for the help and the completion of `render`; `KustomizeCommand` runs these before the parser sees
/// them.
enum KustomizeStubs {
  static let all: [any ParsableCommand.Type] = [
    Edit.self, Create.self, Localize.self, Cfg.self, Fn.self, Completion.self,
  ]

  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change a kustomization, and nothing but the bytes that it is about.")
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a new kustomization.", aliases: ["init"])
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Localize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy a directory with everything that it reads, remote files among it.")
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Cfg: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count, print and search the objects of YAML files.")
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Fn: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run functions on the objects of a package's files.")
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a script that completes commands: bash, zsh or fish.")
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }
}
