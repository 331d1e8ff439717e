/// Dependencies as rules of a makefile, as compilers write them with `-MD -MP`.
///
/// Each file is also a target without a rule of its own: when it is gone, make builds again instead of
/// giving up. Remote content is left out, since make knows no times of it.
enum Depfile {
  /// - Parameters:
  ///   - roots: what is printed, in this order.
  ///   - target: what is made; nil is the file that `render --all` would write.
  static func text(
    of roots: [RootDependencies], target: String?
  ) throws(DependencyFailure) -> String {
    var text = ""
    var known: Set<String> = []
    for root in roots {
      let target = target ?? OutputName.file(of: root.name, below: nil)
      text += try escaped(target, isTarget: true) + ":"
      for file in root.files { text += " \\\n  " + (try escaped(file)) }
      text += "\n"
      for file in root.files where known.insert(file).inserted {
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
    var text = path.hasPrefix("~") ? "./" : ""
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
