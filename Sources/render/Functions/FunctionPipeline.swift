import Lamina
import LaminaEditing
import LaminaHost

/// Runs functions on objects, one after the other.
///
/// Source: kyaml/runfn/runfn.go and kyaml/fn/runtime/runtimeutil/runtimeutil.go.
struct FunctionPipeline {
  /// A function with the object that configures it.
  struct Function {
    let function: PackageFunction
    let configuration: FunctionItem
    /// The directory of the package whose objects it reads; empty for all of them.
    let scope: String
    /// The file that its results go to.
    var resultsFile: String?
  }

  let functions: [Function]
  let options: FunctionOptions
  let host: MachineHost
  /// Says which function runs.
  let logsSteps: Bool

  /// The objects that the functions leave, and the failures that are to be told at the end.
  struct Outcome {
    /// Nil where a function left nothing: then nothing is written.
    var items: [FunctionItem]?
    var failures: [String] = []
  }

  func run(on items: [FunctionItem]) throws(CommandFailure) -> Outcome {
    var outcome = Outcome(items: items)
    for function in functions {
      guard let items = outcome.items else { break }
      if logsSteps { StandardError.say("Running \(function.function.program)") }
      let left = try run(function, on: items, &outcome.failures)
      outcome.items = left.isEmpty ? nil : left
    }
    return outcome
  }

  private func run(
    _ function: Function, on all: [FunctionItem], _ failures: inout [String]
  ) throws(CommandFailure) -> [FunctionItem] {
    let isInScope = all.map { Self.isIn(function.scope, $0) }
    let read = all.enumerated().filter { isInScope[$0.offset] }
      .map { (number: $0.offset, item: $0.element) }
    let input = try FunctionList.text(of: read, for: function.configuration)
    let result = try call(function, input)
    let name = function.function.program
    let output = try ConfigStream(result.output, name: "output of \(name)")
    if let file = function.resultsFile, let results = output.results {
      do throws(OutputFailure) { try OutputFile.write(results[...], to: file) } catch {
        throw CommandFailure("open \(file): \(error.reason)", showsUsage: false)
      }
    }
    if let failure = Self.failure(of: result) {
      guard function.function.defersFailure else {
        throw CommandFailure("\(name): \(failure)", showsUsage: false)
      }
      failures.append("\(name): \(failure)")
    }
    let hasPlaces = all.isEmpty || all.contains { $0.path != nil || $0.index != nil }
    var left: [FunctionItem] = []
    for object in output.objects {
      var item = try Self.item(object, isListed: output.isList, read: read.map(\.item), all)
      if item.path == nil {
        guard !item.kind.isEmpty else {
          throw CommandFailure(
            "missing Resource metadata",
            details: ["  \(name) printed an object without kind and without a path"],
            showsUsage: false)
        }
        item.path = item.usualPath(in: function.scope)
      }
      // Where no object came with a place, none leaves with one (kio/kio.go `determineAnnotationsFormat`).
      if !hasPlaces { (item.path, item.index) = (nil, nil) }
      left.append(item)
    }
    return left + all.enumerated().filter { !isInScope[$0.offset] }.map(\.element)
  }

  private func call(_ function: Function, _ input: [UInt8]) throws(CommandFailure) -> ProgramResult
  {
    let directory = DiskFileSystem.workingDirectory
    if directory == "/" {
      throw CommandFailure("root working directory '/' not allowed", showsUsage: false)
    }
    let call = function.function.call(options, in: directory, input: input)
    let result: ProgramResult
    do throws(HostFailure) { result = try host.run(call) } catch {
      throw CommandFailure("\(function.function.program): \(error)", showsUsage: false)
    }
    let words = String(decoding: result.errors, as: UTF8.self)
    for line in words.parts(at: "\n") { StandardError.say(String(line)) }
    return result
  }

  private static func failure(of result: ProgramResult) -> String? {
    switch result.status {
    case .exited(0): nil
    case .exited(let status): "exit status \(status)"
    case .signalled(let signal): "stopped by signal \(signal)"
    }
  }

  // MARK: - Objects

  /// An object that a function printed. One that it has read keeps its text where both mean the same.
  private static func item(
    _ object: ConfigObject, isListed: Bool, read: [FunctionItem], _ all: [FunctionItem]
  ) throws(CommandFailure) -> FunctionItem {
    let notes = FunctionNotes(object.value)
    let before = notes.id.flatMap { read.indices.contains($0 - 1) ? read[$0 - 1] : nil }
    let original = notes.number.flatMap { all.indices.contains($0) ? all[$0] : nil }
    let value = FunctionNotes.removed(from: object.value, like: before?.value)
    guard case .mapping = value else {
      throw CommandFailure("a function must print objects, and this is none", showsUsage: false)
    }
    let index = try notes.text("index", changedFrom: original?.index)
    return FunctionItem(
      text: try FunctionText.text(of: value, printed: object.text, before: before?.text),
      value: value, path: try notes.text("path", changedFrom: original?.path),
      // Documents are numbered as they come.
      index: isListed ? index : "\(object.number)", origin: before?.origin)
  }

  // MARK: - Scope

  /// The directory that a function is for: that of its file, or the one above a directory `functions`.
  static func scope(ofPath path: String?) -> String {
    guard let path else { return "" }
    let directory = self.directory(of: path)
    return directory == "." ? "" : directory
  }

  private static func directory(of path: String) -> String {
    let directory = path.contains("/") ? Path.directory(Path.clean(path)) : "."
    guard Path.lastPart(directory) == "functions" else { return directory }
    return directory.contains("/") ? Path.directory(directory) : "."
  }

  /// Whether an object stands in a directory. As in kyaml, one is in `sub` that stands in `subway`.
  private static func isIn(_ scope: String, _ item: FunctionItem) -> Bool {
    if scope.isEmpty { return true }
    return item.path.map { directory(of: $0).begins(with: scope) } ?? false
  }
}
