import Lamina
import LaminaDiff
import LaminaEditing
import LaminaHost

/// The kustomization file that a call edits.
struct EditedFile {
  /// Paths in the file begin here; empty is the working directory.
  let directory: String
  /// The file as the call writes it.
  let path: String
  private(set) var bytes: [UInt8]
  /// `render mcp` has asked: no value of a Secret is shown, and what was written is printed.
  let isForAssistant: Bool

  /// Flags that say which file, and whether it is written.
  static let flags = [
    WordFlag("file", nil, "Edit this kustomization file."),
    WordFlag("directory", "C", "Edit the kustomization file of this directory."),
    WordFlag(
      "dry-run", nil, .isSwitch, "Print the change as a patch, and write nothing."),
    // Not shown: only `render mcp` gives it.
    WordFlag(forAssistant, nil, .isSwitch, ""),
  ]
  static let forAssistant = "for-assistant"

  /// Finds and reads the file. There must be exactly one of kustomize's names.
  init(_ arguments: CommandArguments) throws(CommandFailure) {
    isForAssistant = arguments.isOn(Self.forAssistant)
    if arguments.has("file") {
      path = arguments.text("file")
      directory = path.contains("/") ? Path.directory(path) : ""
    } else {
      directory = arguments.text("directory")
      path = try Self.find(in: directory)
    }
    bytes = try Self.read(path)
  }

  private static func find(in directory: String) throws(CommandFailure) -> String {
    let files = DiskFileSystem()
    let found = Renderer.kustomizationNames.filter {
      (try? files.resolve(absolute(joined(directory, $0)))) != nil
    }
    if found.count > 1 {
      throw CommandFailure(
        "Found multiple kustomization file: [\(found.joined(separator: " "))]", showsUsage: false)
    }
    guard let name = found.first else {
      let place = directory.isEmpty ? "" : " in \(directory)"
      throw CommandFailure(
        "Missing kustomization file 'kustomization.yaml'\(place).", showsUsage: false)
    }
    return joined(directory, name)
  }

  static func hasKustomization(in directory: String) -> Bool {
    let files = DiskFileSystem()
    return Renderer.kustomizationNames.contains {
      (try? files.resolve(absolute(joined(directory, $0)))) != nil
    }
  }

  /// Only a regular file can be edited: what a pipe or a device gives is nowhere to be written to.
  private static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileFailure) { try WholeFile.checkIsRegular(path) } catch {
      throw CommandFailure("\(path): \(error)", showsUsage: false)
    }
    do { return try DiskFileSystem().read(absolute(path)) } catch {
      if error == .isADirectory {
        throw CommandFailure("\(path) should be a file", showsUsage: false)
      }
      if error == .notFound {
        throw CommandFailure("Missing kustomization file '\(path)'.", showsUsage: false)
      }
      throw CommandFailure("\(path): \(error)", showsUsage: false)
    }
  }

  /// A path of the file's directory as the working directory sees it.
  func local(_ path: String) -> String { Self.joined(directory, path) }

  static func joined(_ directory: String, _ path: String) -> String {
    directory.isEmpty || path.begins(with: "/")
      ? path : directory.ends(with: "/") ? directory + path : "\(directory)/\(path)"
  }

  static func absolute(_ path: String) -> String {
    path.begins(with: "/") ? path : "\(DiskFileSystem.workingDirectory)/\(path)"
  }

  /// The file's name.
  var name: String { path.parts(at: "/").last.map { String($0) } ?? path }

  // MARK: - Editing

  /// Changes the file's text and writes it, or prints the change.
  static func edit(
    _ call: CommandCall, _ change: (inout KustomizationEditor, EditedFile) throws -> Void
  ) throws {
    let file = try EditedFile(call.arguments)
    var editor = try file.editor()
    do { try change(&editor, file) } catch let error as EditError {
      throw CommandFailure(error.message)
    }
    for notice in editor.notices { Notice.say(notice) }
    try file.write(editor.bytes, isDryRun: call.arguments.isOn("dry-run"))
  }

  /// The text to edit, of which names and types of fields have been checked.
  func editor() throws(CommandFailure) -> KustomizationEditor {
    do {
      try KustomizationCheck.check(bytes, path: path, hidesSecrets: isForAssistant)
    } catch {
      throw CommandFailure(
        "invalid Kustomization: \(error.message)",
        details: error.description.parts(at: "\n").map { String($0) }, showsUsage: false)
    }
    do { return try KustomizationEditor(bytes) } catch {
      let place = error.line.map { ":\($0):\(error.column ?? 1)" } ?? ""
      throw CommandFailure("\(path)\(place): \(error.message)", showsUsage: false)
    }
  }

  func change(to text: [UInt8]) -> PatchOutput.Change {
    PatchOutput.Change(path: path, old: bytes, new: text)
  }

  /// Writes the file whole or not at all, if its text has changed.
  func write(_ text: [UInt8], isDryRun: Bool) throws {
    if text == bytes {
      if isForAssistant { StandardOutput.print("nothing changes: the file says so already\n") }
      return
    }
    if !isDryRun {
      do throws(FileFailure) { try WholeFile.write(text[...], to: path) } catch {
        throw CommandFailure("\(path): cannot write: \(error)", showsUsage: false)
      }
    }
    guard isDryRun || isForAssistant else { return }
    try PatchOutput.print([change(to: text)], hidesSecrets: isForAssistant)
  }
}
