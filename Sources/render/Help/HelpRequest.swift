import Lamina

/// A call that asks for help or for the version, answered without the parser.
enum HelpRequest {
  case version
  case help(CommandPage, isLong: Bool)
  /// Help is asked for what is no command.
  case unknown(String)

  /// Nil where the call asks for something else.
  init?(_ arguments: ArraySlice<String>) {
    // `help` in front means the same as `--help` behind.
    let isTopic = arguments.first == "help"
    let words = isTopic ? arguments.dropFirst() : arguments
    let named = words.prefix { !$0.begins(with: "-") }
    let page = CommandPage.page(for: words)
    if isTopic {
      let topic = named.isEmpty ? .render : page
      self =
        topic.map { .help($0, isLong: true) } ?? .unknown(named.joined(separator: " "))
      return
    }
    // A command that only has others below it does nothing by itself.
    if let page, words.count == 1,
      CommandPage.all.contains(where: { $0.name.begins(with: "\(page.name) ") })
    {
      self = .help(page, isLong: false)
      return
    }
    guard let asked = Self.question(in: words, of: page ?? .render) else { return nil }
    if asked == "--version" {
      guard page == nil else { return nil }
      self = .version
    } else {
      self = .help(page ?? .render, isLong: asked == "--help")
    }
  }

  /// The flag that asks. The value of another flag is none, whatever it looks like.
  private static func question(
    in words: ArraySlice<String>, of page: CommandPage
  ) -> String? {
    var rest = words
    while let word = rest.popFirst() {
      switch word {
      case "--": return nil
      case "-h", "--help", "--version": return word
      default:
        guard word.begins(with: "-"), !word.contains("="), takesValue(word, page) else { continue }
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  private static func takesValue(_ word: String, _ page: CommandPage) -> Bool {
    let command = page.name.isEmpty ? "build" : page.name
    return CommandFlag.allCases.contains { flag in
      !flag.isSwitch && flag.commands.contains(command)
        && (flag.long == word || flag.row.short.map { "-\($0)" } == word)
    }
  }

  func answer() -> Never {
    switch self {
    case .version: StandardOutput.print("\(Version.text)\n")
    case .help(let page, let isLong):
      StandardOutput.print(CommandHelp.text(of: page, isLong: isLong))
    case .unknown(let words):
      let nearest = Suggestion.nearest(to: words, among: CommandPage.all.map(\.name))
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "; `render -h` lists all"
      fail("error: there is no command \"\(words)\"\(hint)", status: 64)
    }
    exitWithSuccess()
  }
}
