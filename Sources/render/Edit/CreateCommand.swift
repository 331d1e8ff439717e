import Lamina
import LaminaDiff
import LaminaEditing
import LaminaHost

/// `create`, also called `init`.
enum CreateCommand {
  static var all: [WordCommand] {
    ["create", "init"].map { WordCommand($0, summary, flags: flags, run: run) }
  }

  private static let summary = "Create a kustomization in the current directory."

  private static let flags = [
    WordFlag("resources", nil, "Paths, patterns and addresses, with commas between them."),
    WordFlag("namespace", nil, "The value of namespace."),
    WordFlag("nameprefix", nil, "The value of namePrefix."),
    WordFlag("namesuffix", nil, "The value of nameSuffix."),
    WordFlag("labels", nil, "Labels, as KEY:VALUE,KEY:VALUE."),
    WordFlag("annotations", nil, "Annotations, as KEY:VALUE,KEY:VALUE."),
    WordFlag(
      "autodetect", nil, .isSwitch, "Add the files of the directory that hold resources."),
    WordFlag("recursive", nil, .isSwitch, "With --autodetect, look into directories as well."),
    WordFlag("directory", "C", "Create the kustomization in this directory."),
    WordFlag("dry-run", nil, .isSwitch, "Print the change as a patch, and write nothing."),
  ]

  private static func run(_ call: CommandCall) throws {
    let directory = call.arguments.text("directory")
    let text = try text(call.arguments, in: directory)
    let path = EditedFile.joined(directory, "kustomization.yaml")
    if call.arguments.isOn("dry-run") {
      return try PatchOutput.print([PatchOutput.Change(path: path, old: nil, new: text)])
    }
    do throws(FileFailure) { try WholeFile.write(text[...], to: path) } catch {
      throw CommandFailure("\(path): cannot write: \(error)", showsUsage: false)
    }
  }

  /// The text of the new file. All of it is known before anything is written.
  private static func text(_ arguments: CommandArguments, in directory: String) throws -> [UInt8] {
    var resources: [String] = []
    if !arguments.text("resources").isEmpty {
      let patterns = EditWords.list(arguments.text("resources"))
      resources = try ResourcePaths(in: directory).paths(patterns)
    }
    if EditedFile.hasKustomization(in: directory) {
      throw CommandFailure("kustomization file already exists", showsUsage: false)
    }
    if arguments.isOn("autodetect") {
      let found = DetectedResources.paths(
        in: directory, isRecursive: arguments.isOn("recursive"))
      resources += found.filter { !resources.contains(bytesOf: $0) }
    }
    let annotations = try metadata(arguments.text("annotations"), .annotations)
    let labels = try metadata(arguments.text("labels"), .labels)
    do throws(EditError) {
      var editor = try KustomizationEditor([])
      _ = try editor.fix { _ in false }
      try editor.addPaths(resources, to: .resources)
      try editor.setNamePrefix(arguments.text("nameprefix"))
      try editor.setNameSuffix(arguments.text("namesuffix"))
      try editor.setNamespace(arguments.text("namespace"))
      try editor.setMetadata(labels, in: .labels)
      try editor.setMetadata(annotations, in: .annotations)
      return editor.bytes
    } catch { throw CommandFailure(error.message, showsUsage: false) }
  }

  /// Entries in the order of their keys, as Go writes a map.
  private static func metadata(
    _ text: String, _ field: KustomizationEditor.MetadataField
  ) throws(CommandFailure) -> [MetadataArgument] {
    if text.isEmpty { return [] }
    return try EditWords.metadata(EditWords.list(text), field)
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

/// The files below a directory that hold resources.
enum DetectedResources {
  /// Paths from the directory, in the order of their names. A directory with a kustomization counts as one
  /// resource. Hidden files and files without a resource, which kustomize lists, are passed over.
  static func paths(in directory: String, isRecursive: Bool) -> [String] {
    var result: [String] = []
    var open = [""]
    while let path = open.popLast() {
      let place = EditedFile.joined(directory, path)
      if !path.isEmpty, isDirectory(place) {
        guard isRecursive else { continue }
        if EditedFile.hasKustomization(in: place) {
          result.append(path)
          continue
        }
      } else if !path.isEmpty {
        if holdsResources(place) { result.append(path) }
        continue
      }
      let names = DirectorySearch.names(in: place.isEmpty ? "." : place)
      open += names.filter { !$0.begins(with: ".") }.reversed()
        .map { path.isEmpty ? $0 : "\(path)/\($0)" }
    }
    return result
  }

  /// A link to a directory is none of this one's.
  private static func isDirectory(_ path: String) -> Bool {
    let path = EditedFile.absolute(path)
    return (try? DiskFileSystem().entry(inKnownDirectory: path))??.isDirectory ?? false
  }

  private static func holdsResources(_ path: String) -> Bool {
    guard let bytes = try? DiskFileSystem().read(EditedFile.absolute(path)),
      let rendering = try? Rendering(manifest: bytes, displayPath: path)
    else { return false }
    return !rendering.resources.isEmpty
  }
}
