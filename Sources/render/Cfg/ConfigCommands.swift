internal import Lamina
import LaminaEditing
import LaminaHost
import LaminaSyntax

/// `cfg cat`, `count`, `grep` and `tree`: they look at YAML files, and no kustomization is involved.
enum ConfigCommands {
  static var all: [WordCommand] {
    [
      WordCommand(
        "cfg count", arguments: "[DIR]", "Count objects by kind.",
        flags: [WordFlag("kind", nil, .isSwitch, "Count each kind (default true)."), recursion],
        run: count),
      WordCommand(
        "cfg grep", arguments: "QUERY [DIR]",
        "Print objects of which PATH=REGEXP, or <, <=, >, >=, is true.",
        flags: [
          annotate,
          WordFlag("invert-match", nil, .isSwitch, "Print those of which it is not true."),
          recursion,
        ], run: grep),
      WordCommand(
        "cfg cat", arguments: "[DIR]", "Print objects with their comments.",
        flags: [
          annotate, WordFlag("format", nil, .isSwitch, "Has no effect: the layout stays."),
          WordFlag("strip-comments", nil, .isSwitch, "Leave out comments."),
          WordFlag("include-local", nil, .isSwitch, "Also print objects for local use."),
          WordFlag("exclude-non-local", nil, .isSwitch, "Leave out all others."),
          WordFlag("wrap-kind", nil, "Print one list of this kind."),
          WordFlag("wrap-version", nil, "The API version of the list."),
          WordFlag("function-config", nil, "The file of the list's functionConfig."),
          WordFlag("style", nil, .list, "FlowStyle or TaggedStyle; others have no effect."),
          WordFlag("dest", nil, "Write to this file."), recursion,
        ], run: cat),
      WordCommand(
        "cfg tree", arguments: "[DIR|-]", "Print objects as a tree.", flags: ConfigTree.flags,
        run: ConfigTree.run),
    ]
  }

  private static let annotate = WordFlag(
    "annotate", nil, .isSwitch, "Annotate objects with their files.")
  private static let recursion = WordFlag(
    "recurse-subpackages", "R", .isSwitch,
    "Look into packages below, which have a Krmfile (default true).")

  private static func packages(
    _ call: CommandCall, _ words: [String]
  ) throws(CommandFailure) -> [ConfigObjects.Package] {
    let flags = call.arguments
    guard let directory = words.first else {
      let stream = try ConfigObjects.standardInput()
      return [ConfigObjects.Package(path: "", objects: stream.objects)]
    }
    let isRecursive = !flags.has("recurse-subpackages") || flags.isOn("recurse-subpackages")
    return try ConfigObjects.packages(directory, isRecursive: isRecursive)
  }

  private static func objects(
    _ call: CommandCall, _ words: [String]
  ) throws(CommandFailure) -> [ConfigObject] {
    try packages(call, words).flatMap(\.objects)
  }

  private static func count(_ call: CommandCall) throws {
    let countsKinds = !call.arguments.has("kind") || call.arguments.isOn("kind")
    let parts = try packages(call, call.words).map { package in
      (package.path.isEmpty ? "" : "\(package.path)/\n")
        + (countsKinds ? kinds(of: package.objects) : "\(package.objects.count)\n")
    }
    StandardOutput.print(parts.joined(separator: "\n"))
  }

  private static func kinds(of objects: [ConfigObject]) -> String {
    var counts: [ByteText: Int] = [:]
    for object in objects { counts[object.kind, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value)\n" }.joined()
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

  /// Objects for local use are left out unless they are asked for.
  static func local(_ objects: [ConfigObject], _ flags: CommandArguments) -> [ConfigObject] {
    objects.filter {
      $0.isLocalConfig ? flags.isOn("include-local") : !flags.isOn("exclude-non-local")
    }
  }

  private static func cat(_ call: CommandCall) throws {
    let flags = call.arguments
    var objects = local(try objects(call, call.words), flags)
    if flags.isOn("annotate") { objects = try objects.map { try $0.annotated() } }
    if flags.isOn("strip-comments") { objects = objects.map { ConfigComments.removed(from: $0) } }
    let output = try ConfigOutput(flags).bytes(of: objects)
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
