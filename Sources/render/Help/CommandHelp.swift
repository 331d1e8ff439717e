internal import Lamina

/// The help of a command, short (`-h`) or long (`--help`), made of its page and the table of flags.
///
/// The parser could print help as well; to make it costs more than a small build.
enum CommandHelp {
  static func text(of page: CommandPage, isLong: Bool) -> String {
    var help = HelpPage()
    help.paragraph(page.abstract)
    help.heading("Usage")
    let name = page.name.isEmpty ? "render" : "render \(page.name)"
    help.lines(page.usage.map { "\(name) \($0)" })
    if isLong {
      for words in page.discussion { help.paragraph(words) }
      if !page.arguments.isEmpty {
        help.heading("Arguments")
        help.rows(page.arguments.map { ($0.name, $0.help) })
      }
    }
    if !page.examples.isEmpty {
      help.heading("Examples")
      help.lines(examples(page))
    }
    addFlags(of: page, isLong: isLong, to: &help)
    if page.name.isEmpty {
      addCommands(isLong: isLong, to: &help)
    } else {
      let below = CommandPage.all.filter { $0.name.begins(with: "\(page.name) ") }
      if !below.isEmpty {
        help.heading("Commands")
        help.rows(below.map { ("render \($0.name)", $0.abstract) })
      }
    }
    if isLong, !page.statuses.isEmpty {
      help.heading("Exit status")
      help.rows(page.statuses.map { ($0.status, $0.meaning) })
    }
    if !isLong { help.paragraph(more(than: page, name)) }
    return help.text
  }

  private static func examples(_ page: CommandPage) -> [String] {
    let explained = page.examples.filter { !$0.purpose.isEmpty }
    let width = explained.map(\.call.utf8.count).max() ?? 0
    // Purposes stand at the side where they fit there.
    let fits = explained.allSatisfy { width + 4 + $0.purpose.utf8.count + 2 <= HelpPage.width }
    return page.examples.flatMap { call, purpose in
      if purpose.isEmpty { return [call] }
      let blanks = String(repeating: " ", count: max(width - call.utf8.count, 0) + 2)
      return fits ? ["\(call)\(blanks)# \(purpose)"] : ["# \(purpose)", call]
    }
  }

  private static func more(than page: CommandPage, _ name: String) -> String {
    page.name.isEmpty
      ? "`render COMMAND -h` describes a command; `render --help` lists all flags."
      : "`\(name) --help` says more."
  }

  // MARK: - Flags

  private static func addFlags(of page: CommandPage, isLong: Bool, to help: inout HelpPage) {
    let command = page.name.isEmpty ? "build" : page.name
    let flags = CommandFlag.allCases.filter {
      $0.row.help != nil && $0.commands.contains(command)
    }
    guard isLong else {
      let shown = page.mainFlags ?? flags
      if shown.isEmpty { return }
      help.heading("Flags")
      return help.rows(shown.map { row(of: $0, isLong: false) })
    }
    for section in FlagSection.allCases {
      var rows = flags.filter { $0.section == section }.map { row(of: $0, isLong: true) }
      if section == .own { rows += ownRows(of: page) }
      if rows.isEmpty { continue }
      help.heading(section.rawValue)
      help.rows(rows)
    }
  }

  private static func ownRows(of page: CommandPage) -> [(name: String, text: String)] {
    let help = (name: "-h, --help", text: "Show short or long help.")
    return page.name.isEmpty
      ? [(name: "    --version", text: "Print the version of this command."), help] : [help]
  }

  private static func row(of flag: CommandFlag, isLong: Bool) -> (name: String, text: String) {
    let row = flag.row
    let letter = row.short.map { "-\($0), " } ?? "    "
    let value = row.value.map { " \($0.uppercased())" } ?? ""
    let words = row.help ?? ""
    let usual = row.usual.map { " (default: \($0))" } ?? ""
    return ("\(letter)\(flag.long)\(value)", isLong ? words + usual : firstSentence(of: words))
  }

  private static func firstSentence(of words: String) -> String {
    let bytes = words.utf8
    let end = bytes.indices.first { index in
      guard bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ";") else {
        return false
      }
      let next = bytes.index(after: index)
      return next < bytes.endIndex && bytes[next] == UInt8(ascii: " ")
    }
    return end.map { String(words[..<$0]) + "." } ?? words
  }

  // MARK: - Commands

  private static func addCommands(isLong: Bool, to help: inout HelpPage) {
    if !isLong {
      help.heading("Commands")
      return help.rows(CommandGroup.all.map { ($0.title, $0.commands.joined(separator: ", ")) })
    }
    for group in CommandGroup.all {
      help.heading("Commands to \(group.title)")
      help.rows(group.commands.map { ($0, abstract(of: $0)) })
    }
  }

  private static func abstract(of command: String) -> String {
    CommandPage.page(of: command)?.abstract ?? WordGroup.abstract(of: command)
  }
}

/// Commands that serve the same end.
struct CommandGroup {
  let title: String
  let commands: [String]

  static let all = [
    CommandGroup(title: "render", commands: ["build"]),
    CommandGroup(title: "review", commands: ["diff", "affected", "golden"]),
    CommandGroup(title: "understand", commands: ["explain", "lint", "deps", "watch"]),
    CommandGroup(
      title: "edit", commands: ["edit", "create", "localize", "cfg", "fn"]),
    CommandGroup(
      title: "set up",
      commands: [
        "completion", "lsp", "mcp", "schema", "version", "openapi", "kustomize", "worker",
      ]),
  ]
}

/// The sections of flags in the long form of help, in their order.
enum FlagSection: String, CaseIterable {
  case own = "Flags"
  case builds = "How directories are rendered"
  case remotes = "Remote resources"
  case charts = "Helm charts"
  case functions = "Functions and plugins"
}
