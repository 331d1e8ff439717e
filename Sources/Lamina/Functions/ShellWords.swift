/// Cuts a line into words by the rules of a shell for quotes, backslashes and comments, without any
/// of its substitutions (internal/plugins/execplugin/shlex.go).
enum ShellWords {
  /// The words, or nil where a quote is not closed. Empty words are lost, even in quotes.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word = ""
    var quote: Unicode.Scalar?
    var isEscaped = false
    func endWord() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for scalar in line.unicodeScalars {
      if isEscaped {
        word.unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "\\", quote != "'" {
        isEscaped = true
      } else if quote == nil, scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if scalar == quote {
        quote = nil
      } else if quote == nil, scalar == "#" {
        break
      } else if quote == nil, scalar.properties.isWhitespace {
        endWord()
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    if quote != nil { return nil }
    endWord()
    return words
  }
}
