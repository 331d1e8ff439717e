internal import Lamina

/// Dependencies as rules of a makefile, as compilers write them with `-MD -MP`.
///
/// Each file is also a target without a rule of its own: when it is gone, make builds again instead of
/// giving up. Remote content is left out, since make knows no times of it.
enum Depfile {
  /// Files, and what they are made of.
  struct Rule {
    let targets: [String]
    /// One that stands here twice is written once.
    let files: [String]
  }

  static func text(of rules: [Rule]) throws(DependencyFailure) -> String {
    var text = ""
    var known: Set<ByteText> = []
    for rule in rules where !rule.targets.isEmpty {
      var own: Set<ByteText> = []
      let files = rule.files.filter { own.insert($0).inserted }
      for (index, target) in rule.targets.enumerated() {
        text += (index > 0 ? " " : "") + (try escaped(target, isTarget: true))
      }
      text += ":"
      for file in files { text += " \\\n  " + (try escaped(file)) }
      text += "\n"
      for file in files where known.insert(file).inserted {
        text += "\n" + (try escaped(file, isTarget: true)) + ":\n"
      }
    }
    return text
  }

  /// A name as make reads it. A backslash stands for itself, unless it is before something that needs
  /// one (GNU make, "Rule Syntax" and "Wildcards"); `%` has a meaning in targets only.
  private static func escaped(
    _ path: String, isTarget: Bool = false
  ) throws(DependencyFailure) -> String {
    var text = path.begins(with: "~") ? "./" : ""
    var backslashes = ""
    for character in path.unicodeScalars {
      switch character {
      case "\n", "\r", "\0":
        throw DependencyFailure(message: "a makefile cannot name the file \(path.debugDescription)")
      case "$": text += "$$"
      case "%" where isTarget: text += "\\%"
      case " ", "\t", "#", ":", "*", "?", "[", "]":
        text += backslashes + "\\" + String(character)
      default: text += String(character)
      }
      backslashes = character == "\\" ? backslashes + "\\" : ""
    }
    return text + backslashes
  }
}
