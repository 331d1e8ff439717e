import Lamina
import LaminaEditing
import LaminaHost

/// `fn run`: runs functions on the objects of a package, and writes what they change.
///
/// Source: cmd/config/internal/commands/run-fns.go and kyaml/runfn/runfn.go.
enum FunctionRunCommand {
  static var command: WordCommand {
    WordCommand(
      "fn run", arguments: "[DIR] [-- KIND KEY=VALUE...]",
      "Run functions on the objects of a package's files, and writes what they change.",
      flags: flags, run: run)
  }

  private static let flags = [
    WordFlag(
      "image", nil, "Run this image as a function, in the place of those of the package."),
    WordFlag(
      "exec-path", nil, "Run this program as a function, in the place of those of the package."),
    WordFlag(
      "enable-exec", nil, .isSwitch,
      "Run functions that are programs. They can do all that you can: not for files of others."),
    WordFlag(
      "fn-path", nil, .list, "Read functions from this directory, not from the package."),
    WordFlag("global-scope", nil, .isSwitch, "Functions read all objects, not those below them."),
    WordFlag("dry-run", nil, .isSwitch, "Print the objects, and write nothing."),
    WordFlag("results-dir", nil, "Write the results of functions to this directory."),
    WordFlag("log-steps", nil, .isSwitch, "Say which function runs."),
    WordFlag("network", nil, .isSwitch, "Let containers reach the network that declare it."),
    WordFlag("mount", nil, .texts, "What containers see of this machine."),
    WordFlag("env", "e", .texts, "A variable for functions."),
    WordFlag("as-current-user", nil, .isSwitch, "Run containers as this user."),
    WordFlag(
      "include-subpackages", nil, .isSwitch, "Has no effect, as in kustomize: all are read."),
    WordFlag(
      "function-timeout", nil, "The seconds after which a function is stopped (default 600)."),
  ]

  private static func run(_ call: CommandCall) throws {
    let flags = call.arguments
    let explicit = try ExplicitFunction(call)
    let words = call.words.prefix(flags.wordsBeforeDashes ?? call.words.count)
    if words.count > 1 {
      throw CommandFailure("0 or 1 arguments supported, function arguments go after '--'")
    }
    let options = try options(flags)
    let directory = words.first
    let package = try directory.map { path throws(CommandFailure) in try FunctionPackage(path) }
    let items = try package?.items ?? standardInput()
    let functions = try functions(of: items, explicit, flags, options)
    let pipeline = FunctionPipeline(
      functions: functions, options: options, host: MachineHost(),
      logsSteps: flags.isOn("log-steps"))
    let outcome = try pipeline.run(on: items)
    if let left = outcome.items {
      if let package, !flags.isOn("dry-run") {
        try package.write(left)
      } else {
        try print(left)
      }
    }
    if !outcome.failures.isEmpty {
      throw CommandFailure(outcome.failures.joined(separator: "\n---\n"), showsUsage: false)
    }
  }

  private static func options(_ flags: CommandArguments) throws(CommandFailure) -> FunctionOptions {
    var options = FunctionOptions()
    options.isEnabled = true
    options.allowsPrograms = flags.isOn("enable-exec")
    options.allowsNetwork = flags.isOn("network")
    options.mounts = flags.texts("mount")
    options.environment = flags.texts("env")
    if flags.isOn("as-current-user") { options.containerUser = MachineHost.currentUser }
    if flags.has("function-timeout") {
      let text = flags.text("function-timeout")
      guard let seconds = Double(text), seconds >= 0 else {
        throw CommandFailure("invalid argument \"\(text)\" for \"--function-timeout\" flag")
      }
      options.timeLimit = seconds > 0 ? seconds : nil
    }
    return options
  }

  /// Documents are numbered as they come; items of a list, and paths, have what their annotations say.
  private static func standardInput() throws(CommandFailure) -> [FunctionItem] {
    let stream = try ConfigObjects.standardInput()
    var items: [FunctionItem] = []
    for (number, object) in stream.objects.enumerated() {
      let notes = FunctionNotes(object.value)
      let value = FunctionNotes.removed(from: object.value, like: nil)
      let index = try notes.text("index", changedFrom: nil)
      items.append(
        FunctionItem(
          text: try FunctionText.text(of: value, printed: object.text, before: nil), value: value,
          path: try notes.text("path", changedFrom: nil),
          index: stream.isList ? index : "\(object.number)", origin: number))
    }
    return items
  }

  /// Prints objects with their paths, which say where they would be written.
  private static func print(_ items: [FunctionItem]) throws {
    var texts: [[UInt8]] = []
    for var item in items {
      item.index = nil
      texts.append(try FunctionList.noted(item, FunctionNotes.entries(of: item)))
    }
    try StandardOutput.write(Array(texts.joined(separator: Array("---\n".utf8))))
  }

  // MARK: - Functions

  private static func functions(
    of items: [FunctionItem], _ explicit: ExplicitFunction?, _ flags: CommandArguments,
    _ options: FunctionOptions
  ) throws -> [FunctionPipeline.Function] {
    let paths = flags.texts("fn-path")
    var found: [FunctionPipeline.Function] = []
    // Functions that the call names take the place of the package's own.
    if explicit == nil, paths.isEmpty {
      found += FunctionOrder.sorted(try read(items, isGlobal: flags.isOn("global-scope")))
    }
    for path in paths {
      let items = try FunctionPackage(path, suffixes: [".yaml", ".yml"]).items
      // Only containers are for the whole package then, as in kustomize.
      found += try read(items, isGlobal: flags.isOn("global-scope"), areContainersGlobal: true)
    }
    if let explicit { found += try read([explicit.item], isGlobal: true) }
    var result: [FunctionPipeline.Function] = []
    for var function in found {
      if function.function.wantsNetwork, !options.allowsNetwork {
        throw CommandFailure(
          "network required but not enabled with --network",
          details: ["  \(function.function.program) wants it"], showsUsage: false)
      }
      guard function.function.isRun(options) else {
        sayNotRun(function)
        continue
      }
      if flags.has("results-dir") {
        function.resultsFile = Path.join(
          EditedFile.absolute(flags.text("results-dir")), "results-\(result.count).yaml")
      }
      result.append(function)
    }
    return result
  }

  /// kustomize says nothing.
  private static func sayNotRun(_ function: FunctionPipeline.Function) {
    let place = function.configuration.path.map { "\($0): " } ?? ""
    let program = function.function.program
    Notice.say(
      program.isEmpty
        ? "\(place)the function names neither an image nor a program, and is not run"
        : "\(place)\(program) is a program, and is not run without --enable-exec")
  }

  private static func read(
    _ items: [FunctionItem], isGlobal: Bool, areContainersGlobal: Bool = false
  ) throws -> [FunctionPipeline.Function] {
    var result: [FunctionPipeline.Function] = []
    for item in items {
      guard let function = try PackageFunction(item.text, path: item.path ?? item.kind) else {
        continue
      }
      let isGlobal = isGlobal || areContainersGlobal && function.isContainer
      result.append(
        FunctionPipeline.Function(
          function: function, configuration: item,
          scope: isGlobal ? "" : FunctionPipeline.scope(ofPath: item.path)))
    }
    return result
  }
}

/// The order in which a package's functions run: those of deeper directories first
/// (kyaml/runfn/runfn.go `sortFns`).
private enum FunctionOrder {
  static func sorted(_ functions: [FunctionPipeline.Function]) -> [FunctionPipeline.Function] {
    functions.enumerated().map { (key: Key($0.element, $0.offset), function: $0.element) }
      .sorted { $0.key < $1.key }.map(\.function)
  }

  private struct Key: Comparable {
    let depth: Int
    let directory: [UInt8]
    /// Functions of one directory and file run in the order in which they stand.
    let number: Int

    init(_ function: FunctionPipeline.Function, _ number: Int) {
      let directory = FunctionPipeline.scope(ofPath: function.configuration.path)
      depth = directory.parts(at: "/").count
      self.directory = Array(directory.utf8)
      self.number = number
    }

    static func < (a: Key, b: Key) -> Bool {
      if a.depth != b.depth { return a.depth > b.depth }
      if a.directory != b.directory { return a.directory.lexicographicallyPrecedes(b.directory) }
      return a.number < b.number
    }
  }
}

/// The function that a call names, with the object that the words behind `--` make.
private struct ExplicitFunction {
  let item: FunctionItem

  /// Nil where the call names none.
  init?(_ call: CommandCall) throws(CommandFailure) {
    let flags = call.arguments
    let (image, program) = (flags.text("image"), flags.text("exec-path"))
    if !program.isEmpty, !flags.isOn("enable-exec") {
      throw CommandFailure("must specify --enable-exec with --exec-path")
    }
    let words = flags.wordsBeforeDashes.map { call.words.dropFirst($0) }
    if image.isEmpty, program.isEmpty {
      if words != nil { throw CommandFailure("must specify --image") }
      return nil
    }
    var container = [YAMLValue.Entry("image", .string(image))]
    if flags.isOn("network") { container.append(YAMLValue.Entry("network", .other("true"))) }
    let spec: YAMLValue =
      image.isEmpty
      ? .mapping([
        YAMLValue.Entry("exec", .mapping([YAMLValue.Entry("path", .string(program))]))
      ])
      : .mapping([YAMLValue.Entry("container", .mapping(container))])
    var kind = "ConfigMap"
    var data: [YAMLValue.Entry] = []
    for (number, word) in (words ?? []).enumerated() {
      guard let cut = word.cut(at: "=") else {
        if number > 0 { throw CommandFailure("args must have keys and values separated by =") }
        kind = word
        continue
      }
      let entry = YAMLValue.Entry(String(cut.before), Self.value(of: String(cut.after)))
      data.removeAll { $0.key.hasBytes(of: entry.key) }
      data.append(entry)
    }
    let annotation = String(decoding: try ConfigObject.text(of: spec), as: UTF8.self)
    let value = YAMLValue.mapping([
      YAMLValue.Entry(
        "metadata",
        .mapping([
          YAMLValue.Entry("name", .string("function-input")),
          YAMLValue.Entry(
            "annotations",
            .mapping([YAMLValue.Entry("config.kubernetes.io/function", .string(annotation))])),
        ])), YAMLValue.Entry("data", .mapping(data)), YAMLValue.Entry("kind", .string(kind)),
      YAMLValue.Entry("apiVersion", .string("v1")),
    ])
    item = FunctionItem(text: try ConfigObject.text(of: value), value: value)
  }

  /// The function decides what a value is: `replicas=3` gives a number.
  private static func value(of text: String) -> YAMLValue {
    if text.isEmpty { return .string("") }
    guard let value = try? YAMLEditor(Array("v: \(text)\n".utf8)).value["v"] else {
      return .string(text)
    }
    switch value {
    case .other(let plain) where plain.hasBytes(of: text): return value
    case .null where !text.utf8.contains(UInt8(ascii: "#")): return .null
    default: return .string(text)
    }
  }
}
