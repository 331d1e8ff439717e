extension Rule {
  /// Rules about targets that select nothing pass over such selectors (`Selector.holdsGlob`), since
  /// this one gives the reason.
  static let targetGlob = Rule(
    .targetGlob, .warning,
    summary: "a condition of a target is written as a glob, and is a regular expression",
    page: """
      The conditions of `target`, `select` and `reject` are regular expressions that have to match all of the \
      text. `web*` matches `we`, `web` and `webb`, and not `web-1`.

          patches:
          - target: {kind: Deployment, name: web*}   # write web.*
      """
  ) { inspection in
    let build = inspection.build
    build.forEachSelector { selector, _ in
      selector.forEachPattern { condition in
        if condition.isGlob { inspection.report(.globInTarget(condition, build), .warning) }
      }
    }
  }
}

extension Selector {
  /// A condition is written as a glob, so that it hardly selects what is meant.
  var holdsGlob: Bool {
    [kind, name, namespace, group, version].contains { $0.isGlob }
  }
}

extension Selector.Condition {
  /// A star repeats a letter, a digit, a dash or an underscore, and nothing else in the text tells of a regular
  /// expression.
  fileprivate var isGlob: Bool {
    var previous: UInt8 = 0
    var holdsStar = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "*"):
        if previous == UInt8(ascii: ".") || previous == 0 { return false }
        holdsStar = true
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        break
      default: return false
      }
      previous = byte
    }
    return holdsStar
  }
}

extension Problem {
  fileprivate static func globInTarget(
    _ condition: Selector.Condition, _ build: InspectedBuild
  ) -> Problem {
    let meant = condition.text.parts(at: "*", omittingEmptySubsequences: false)
      .joined(separator: ".*")
    return Problem(
      .targetGlob,
      "the conditions of a target are regular expressions: \"*\" in \"\(condition.text)\" repeats the letter before it",
      at: condition.position, hint: "write \"\(meant)\"",
      fixes: [
        build.replacement(
          of: condition.text, at: condition.position, with: meant, isSafe: false)
      ])
  }
}
