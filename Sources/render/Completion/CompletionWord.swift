internal import Lamina

/// `completion bash|zsh|fish`
///
/// The scripts only ask the command itself what may come next (`CompletionRequest`), so that the tables of flags
/// and of commands are all that there is to keep.
enum CompletionWord {
  static var all: [WordCommand] {
    ["bash", "zsh", "fish"].map { shell in
      WordCommand("completion \(shell)", "Print a script that completes commands in \(shell).") {
        StandardOutput.print(script(for: shell, program: $0.program))
      }
    } + [
      SmallWords.refused(
        "completion powershell", "there are scripts for bash, zsh and fish")
    ]
  }

  private static func script(for shell: String, program: String) -> String {
    // The packages install the command under both names.
    let names = program == "render" ? "render lamina" : program
    return switch shell {
    case "zsh": zsh(program, names)
    case "fish": fish(program, names)
    default: bash(program, names)
    }
  }

  private static func bash(_ program: String, _ names: String) -> String {
    """
    # Completes \(names) in bash. The command itself is asked for the candidates.
    _\(program)() {
      local IFS=$'\\n' word=${COMP_WORDS[COMP_CWORD]}
      local said
      said=$("${COMP_WORDS[0]}" \(CompletionRequest.word) "$COMP_CWORD" "${COMP_WORDS[@]:1}" 2>/dev/null) || return
      COMPREPLY=()
      if [ "$said" = \(CompletionRequest.files) ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
      elif [ -n "$said" ]; then
        COMPREPLY=($said)
        # The cursor stays behind what a longer word begins with.
        case ${COMPREPLY[0]} in */) compopt -o nospace 2>/dev/null ;; esac
      fi
    }
    complete -F _\(program) \(names)

    """
  }

  private static func zsh(_ program: String, _ names: String) -> String {
    """
    #compdef \(names)
    # Completes \(names) in zsh. The command itself is asked for the candidates.
    _\(program)() {
      local -a candidates
      candidates=("${(@f)$("${words[1]}" \(CompletionRequest.word) $((CURRENT - 1)) "${(@)words[2,-1]}" 2>/dev/null)}")
      if [ "${candidates[1]}" = \(CompletionRequest.files) ]; then
        _files
      elif [ -n "${candidates[1]}" ]; then
        compadd -- "${candidates[@]}"
      fi
    }
    # The file is the function's body where zsh loads it from fpath, and a script elsewhere.
    if [ "${funcstack[1]}" = _\(program) ]; then _\(program) "$@"; else compdef _\(program) \(names); fi

    """
  }

  private static func fish(_ program: String, _ names: String) -> String {
    let registrations = names.parts(at: " ").map {
      "complete -c \($0) -f -a '(__\(program)_complete)'\n"
    }
    return """
      # Completes \(names) in fish. The command itself is asked for the candidates.
      function __\(program)_complete
          set -l before (commandline -opc)
          set -l word (commandline -ct)
          set -l said ($before[1] \(CompletionRequest.word) (count $before) $before[2..-1] "$word" 2>/dev/null)
          if test "$said" = \(CompletionRequest.files)
              __fish_complete_path "$word"
          else
              printf '%s\\n' $said
          end
      end
      \(registrations.joined())
      """
  }
}
