import LaminaEditing
import LaminaHost
import LaminaSyntax

/// `cfg cat`, `count`, `grep` and `tree`: they look at YAML files, and no kustomization is involved.
enum ConfigCommands {
  static var all: [WordCommand] {
    [
      WordCommand(
        "cfg count", arguments: "[DIR]", "Counts objects by kind.",
        flags: [WordFlag("kind", nil, .isSwitch, "Count each kind (default true)."), recursion],
        run: count),
      WordCommand(
        "cfg grep", arguments: "QUERY [DIR]",
        "Prints objects of which PATH=REGEXP, or <, <=, >, >=, is true.",
        flags: [
          annotate,
          WordFlag("invert-match", nil, .isSwitch, "Print those of which it is not true."),
          recursion,
        ], run: grep),
      WordCommand(
        "cfg cat", arguments: "[DIR]", "Prints objects with their comments.",
        flags: [
          annotate, WordFlag("format", nil, .isSwitch, "Has no effect: the layout stays."),
          WordFlag("strip-comments", nil, .isSwitch, "Leave out comments."),
          WordFlag("include-local", nil, .isSwitch, "Also print objects for local use."),
          WordFlag("exclude-non-local", nil, .isSwitch, "Leave out all others."),
          WordFlag("wrap-kind", nil, "Print one list of this kind."),
          WordFlag("wrap-version", nil, "The API version of the list."),
          WordFlag("dest", nil, "Write to this file."), recursion,
        ], run: cat),
      WordCommand(
        "cfg tree", arguments: "[DIR|-]", "Prints objects as a tree.", flags: ConfigTree.flags,
        run: ConfigTree.run),
    ]
  }

  private static let annotate = WordFlag(
    "annotate", nil, .isSwitch, "Annotate objects with their files.")
  private static let recursion = WordFlag(
    "recurse-subpackages", "R", .isSwitch, "Look into directories (default true).")

  private static func objects(
    _ call: CommandCall, _ words: [String]
  ) throws(CommandFailure) -> [ConfigObject] {
    let flags = call.arguments
    let isRecursive = !flags.has("recurse-subpackages") || flags.isOn("recurse-subpackages")
    return try ConfigObjects.read(words.first, isRecursive: isRecursive)
  }

  private static func count(_ call: CommandCall) throws {
    let objects = try objects(call, call.words)
    if call.arguments.has("kind"), !call.arguments.isOn("kind") {
      return StandardOutput.print("\(objects.count)\n")
    }
    var counts: [String: Int] = [:]
    for object in objects { counts[object.kind, default: 0] += 1 }
    let lines = counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\($0.key): \($0.value)\n" }
    StandardOutput.print(lines.joined())
  }

  private static func grep(_ call: CommandCall) throws {
    guard let text = call.words.first else {
      throw CommandFailure("missing required argument: QUERY")
    }
    let query = try ConfigQuery(text)
    let inverts = call.arguments.isOn("invert-match")
    let objects = try objects(call, Array(call.words.dropFirst()))
      .filter { query.isTrue(of: $0.value) != inverts }
    let annotates = !call.arguments.has("annotate") || call.arguments.isOn("annotate")
    try print(annotates ? objects.map { try $0.annotated() } : objects)
  }

  private static func cat(_ call: CommandCall) throws {
    let flags = call.arguments
    var objects = try objects(call, call.words).filter {
      $0.isLocalConfig
        ? flags.isOn("include-local") || flags.isOn("exclude-non-local")
        : !flags.isOn("exclude-non-local")
    }
    if flags.isOn("annotate") { objects = try objects.map { try $0.annotated() } }
    if flags.isOn("strip-comments") { objects = objects.map { ConfigComments.removed(from: $0) } }
    let output =
      flags.text("wrap-kind").isEmpty
      ? stream(of: objects)
      : list(of: objects, kind: flags.text("wrap-kind"), version: flags.text("wrap-version"))
    if !flags.text("dest").isEmpty {
      return try OutputFile.write(output[...], to: flags.text("dest"))
    }
    try StandardOutput.write(output)
  }

  private static func print(_ objects: [ConfigObject]) throws {
    try StandardOutput.write(stream(of: objects))
  }

  private static func stream(of objects: [ConfigObject]) -> [UInt8] {
    Array(objects.map(\.text).joined(separator: Array("---\n".utf8)))
  }

  private static func list(of objects: [ConfigObject], kind: String, version: String) -> [UInt8] {
    var lines = ["apiVersion: \(version)", "kind: \(kind)", "items:"]
    for object in objects {
      let text = String(decoding: object.text, as: UTF8.self)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .enumerated()
      {
        lines.append(index == 0 ? "- \(line)" : line.isEmpty ? "" : "  \(line)")
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

/// Takes the comments out of a text.
enum ConfigComments {
  static func removed(from object: ConfigObject) -> ConfigObject {
    guard let tree = try? SyntaxTree(object.text) else { return object }
    var result = object
    result.text = []
    var next = 0
    for token in tree.tokens where token.kind == .comment {
      var start = token.range.lowerBound
      while start > next,
        object.text[start - 1] == UInt8(ascii: " ") || object.text[start - 1] == UInt8(ascii: "\t")
      {
        start -= 1
      }
      result.text += object.text[next..<start]
      next = token.range.upperBound
      // A line that held nothing else goes.
      let isWholeLine = start == 0 || object.text[start - 1] == UInt8(ascii: "\n")
      if isWholeLine, next < object.text.count, object.text[next] == UInt8(ascii: "\n") {
        next += 1
      }
    }
    result.text += object.text[next...]
    return result
  }
}
