import ArgumentParser

/// Names for the help and the completion of `render`; `KustomizeCommand` runs these before the parser sees
/// them.
enum KustomizeStubs {
  static let all: [any ParsableCommand.Type] = [
    Edit.self, Create.self, Localize.self, Cfg.self, Fn.self, Completion.self,
  ]

  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "edit"))
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "create"), aliases: ["init"])
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Localize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "localize"))
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Cfg: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "cfg"))
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Fn: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "fn"))
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }

  struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: WordGroup.abstract(of: "completion"))
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }
}
