extension Rule {
  /// Only texts that are names apart from their dots are judged: whoever writes other signs of
  /// expressions knows what a dot is.
  static let targetUnescapedDot = Rule(
    .targetUnescapedDot, .warning,
    summary: "a dot in a name of a target matches any character",
    page: """
      The conditions of a target are regular expressions, in which a dot stands for any character: `my.app` also \
      selects `my-app`.

          patches:
          - target: {kind: ConfigMap, name: my.app}   # write my\\.app

      Every build warns where an object with another name is selected; otherwise it is a finding of `lint` only.
      """
  ) { inspection in
    let build = inspection.build
    build.forEachSelector { selector, isOfPatch in
      for isName in [true, false] {
        let condition = isName ? selector.name : selector.namespace
        guard let literal = condition.literalWithDots else { continue }
        let other = build.resource(selectedBy: selector, in: condition, besides: literal, isName)
        // Replacements have so many selectors that one which selects what it says is not worth a look.
        if other == nil, !isOfPatch { continue }
        inspection.report(
          .dotInTarget(condition, literal, other, isName, build), other == nil ? .lint : .warning)
      }
    }
  }
}

extension Selector.Condition {
  /// The text that a condition was meant to be, if it is nothing but a name with unescaped dots.
  fileprivate var literalWithDots: String? {
    var hasDot = false
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "."):
        if previous != UInt8(ascii: "\\") { hasDot = true }
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        if previous == UInt8(ascii: "\\") { return nil }
      case UInt8(ascii: "\\"): break
      default: return nil
      }
      previous = byte
    }
    return hasDot
      ? String(decoding: text.utf8.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self) : nil
  }
}

extension InspectedBuild {
  /// A resource that a selector selects though its name, or its namespace, is another one.
  fileprivate func resource(
    selectedBy selector: Selector, in condition: Selector.Condition, besides literal: String,
    _ isName: Bool
  ) -> (resource: Resource, name: String)? {
    var symbols = symbols
    guard let compiled = try? CompiledSelector(selector, symbols: &symbols) else { return nil }
    for resource in resources {
      guard (try? compiled.matches(resource, in: tree)) ?? false else { continue }
      let names =
        isName
        ? [resource.id.name] + resource.formerIDs.map(\.name)
        : [resource.id.namespace] + resource.formerIDs.map(\.namespace)
      let texts = names.map { symbols.string($0) }
      // A name that a later layer changed is not what the target met.
      if !texts.contains(bytesOf: literal), let text = texts.last { return (resource, text) }
    }
    return nil
  }
}

extension Problem {
  fileprivate static func dotInTarget(
    _ condition: Selector.Condition, _ literal: String,
    _ other: (resource: Resource, name: String)?,
    _ isName: Bool, _ build: InspectedBuild
  ) -> Problem {
    let escaped = literal.parts(at: ".", omittingEmptySubsequences: false)
      .joined(separator: "\\.")
    let problem = Problem(
      .targetUnescapedDot,
      other.map {
        "the dot in \"\(condition.text)\" matches any character, here that of \"\($0.name)\""
      }
        ?? "the dot in \"\(condition.text)\" matches any character",
      at: condition.position, hint: "write \"\(escaped)\"",
      fixes: [
        build.replacement(
          of: condition.text, at: condition.position, with: escaped, isSafe: other == nil)
      ])
    guard let other else { return problem }
    return problem.noting(
      "this one is selected as well", at: build.tree.position(other.resource.root))
  }
}
