import ArgumentParser

/// `completion bash|zsh|fish`
enum CompletionWord {
  static var all: [WordCommand] {
    let shells: [(String, CompletionShell)] = [("bash", .bash), ("zsh", .zsh), ("fish", .fish)]
    return shells.map { name, shell in
      WordCommand("completion \(name)", "Prints a script that completes commands in \(name).") {
        call in
        StandardOutput.print(
          call.program == "render"
            ? RenderCommand.completionScript(for: shell) + "\n" : script(for: name))
      }
    } + [
      SmallWords.refused(
        "completion powershell", "scripts are there for bash, zsh and fish")
    ]
  }

  /// A script for kustomize's words, which are a table of their own.
  private static func script(for shell: String) -> String {
    let groups = Dictionary(grouping: prefixes, by: \.group).mapValues { $0.map(\.word) }
      .sorted { $0.key < $1.key }
    switch shell {
    case "fish": return fish(groups)
    case "zsh": return "autoload -U +X bashcompinit && bashcompinit\n" + bash(groups)
    default: return bash(groups)
    }
  }

  /// Each word of the table with those before it.
  private static var prefixes: [(group: String, word: String)] {
    var result: [(group: String, word: String)] = []
    for command in KustomizeProgram.commands {
      for (index, word) in command.words.enumerated() {
        let group = command.words[..<index].joined(separator: " ")
        if !result.contains(where: { $0.group == group && $0.word == word }) {
          result.append((group, word))
        }
      }
    }
    return result
  }

  private static func bash(_ groups: [(key: String, value: [String])]) -> String {
    let cases = groups.map { "    '\($0.key)') words='\($0.value.joined(separator: " "))' ;;" }
    return """
      _kustomize() {
        local words=
        case "${COMP_WORDS[*]:1:COMP_CWORD-1}" in
      \(cases.joined(separator: "\n"))
        esac
        COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
        [ -n "$words" ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
      }
      complete -o filenames -F _kustomize kustomize

      """
  }

  private static func fish(_ groups: [(key: String, value: [String])]) -> String {
    groups.map { group, words in
      let line = (["kustomize", group]).filter { !$0.isEmpty }.joined(separator: " ")
      return
        "complete -c kustomize -n 'test \"(commandline -opc)\" = \"\(line)\"' -f -a '\(words.joined(separator: " "))'\n"
    }.joined()
  }
}
