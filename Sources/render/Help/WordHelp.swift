/// The help of commands that do without the parser, as `render` prints it.
enum WordHelp {
  /// The help of a group, such as `edit` or `edit set`: short, the words of its commands; long, a row for each.
  static func text(ofGroup group: [String], _ table: WordCommandTable, isLong: Bool) -> String {
    let name = ([table.program] + group).joined(separator: " ")
    var help = HelpPage()
    let entry = WordGroup.all.first { [$0.word] == group }
    if let entry { help.paragraph(entry.abstract) }
    help.heading("Usage")
    help.lines(["\(name) COMMAND ..."])
    if let examples = entry?.examples, !examples.isEmpty {
      help.heading("Examples")
      help.lines(examples)
    }
    let commands = table.commands.filter {
      $0.words.count > group.count && $0.words.starts(with: group) && !$0.isRefused
    }
    let direct = commands.filter { $0.words.count == group.count + 1 }
    let groups = subgroups(of: commands, below: group.count)
    for word in groups where isLong {
      help.heading("\(name) \(word)")
      help.rows(
        commands.filter { $0.words.count > group.count + 1 && $0.words[group.count] == word }
          .map { row(of: $0, below: group.count + 1) })
    }
    if !isLong, !groups.isEmpty {
      help.heading("Groups")
      help.rows(
        groups.map { word in
          let words = commands.filter {
            $0.words.count > group.count + 1 && $0.words[group.count] == word
          }
          return (word, words.map { $0.words[group.count + 1] }.joined(separator: ", "))
        })
    }
    if !direct.isEmpty {
      help.heading("Commands")
      help.rows(direct.map { row(of: $0, below: group.count) })
    }
    let hint = "`\(name) COMMAND --help` describes a command"
    help.paragraph(isLong || groups.isEmpty ? hint + "." : hint + "; `\(name) --help` lists all.")
    return help.text
  }

  private static func subgroups(of commands: [WordCommand], below count: Int) -> [String] {
    var words: [String] = []
    for command in commands where command.words.count > count + 1 {
      if !words.contains(command.words[count]) { words.append(command.words[count]) }
    }
    return words
  }

  private static func row(
    of command: WordCommand, below count: Int
  ) -> (name: String, text: String) {
    let words = command.words.dropFirst(count) + [command.arguments].filter { !$0.isEmpty }
    return (words.joined(separator: " "), command.summary)
  }

  static func text(of command: WordCommand, _ table: WordCommandTable) -> String {
    var help = HelpPage()
    let words = ([table.program] + command.words + [command.arguments]).filter { !$0.isEmpty }
    help.paragraph(command.summary)
    help.heading("Usage")
    help.lines(["\(words.joined(separator: " ")) [flags]"])
    help.heading("Flags")
    help.rows(
      (command.flags + table.commonFlags).filter { !$0.isHidden }.map { flag in
        let letter = flag.letter.map { "-\($0), " } ?? "    "
        return ("\(letter)--\(flag.name)\(flag.isSwitch ? "" : " VALUE")", flag.help)
      })
    return help.text
  }
}
