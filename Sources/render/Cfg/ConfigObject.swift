import Lamina
import LaminaEditing
import LaminaHost
import LaminaSyntax

/// An object as a file or standard input holds it: its text, with comments, and what it says.
struct ConfigObject {
  /// The file's path from the directory that was read; empty for standard input.
  let path: String
  /// The object's number in its file.
  let number: Int
  /// Where its text stands in its file.
  var range = 0..<0
  /// Ends with a line break.
  var text: [UInt8]
  var value: YAMLValue

  var kind: String { value["kind"]?.text ?? "" }
  var metadata: YAMLValue { value["metadata"] ?? .null }
  var name: String { metadata["name"]?.text ?? "" }
  var namespace: String { metadata["namespace"]?.text ?? "" }

  /// kustomize leaves such objects out of what it applies.
  var isLocalConfig: Bool {
    guard let note = metadata["annotations"]?["config.kubernetes.io/local-config"] else {
      return false
    }
    return note.text != "false"
  }

  /// The text of an object that stands in no file.
  static func text(of value: YAMLValue) throws(CommandFailure) -> [UInt8] {
    do throws(EditError) {
      var editor = try YAMLEditor([])
      for entry in value.entries { try editor.set(entry.value, at: [.key(entry.key)]) }
      return editor.bytes
    } catch { throw CommandFailure(error.message, showsUsage: false) }
  }

  /// The object with annotations that say where it comes from.
  func annotated() throws(EditError) -> ConfigObject {
    var notes = [("index", String(number))]
    if !path.isEmpty { notes.append(("path", path)) }
    var result = self
    try result.annotate(
      ["config.kubernetes.io/", "internal.config.kubernetes.io/"].flatMap { prefix in
        notes.map { YAMLValue.Entry(prefix + $0.0, .string($0.1)) }
      })
    return result
  }

  /// Sets annotations in the text and in the value.
  mutating func annotate(_ notes: [YAMLValue.Entry]) throws(EditError) {
    if notes.isEmpty { return }
    var editor = try YAMLEditor(text)
    if metadata["annotations"]?.entries.isEmpty ?? true {
      try editor.set(.mapping(notes), at: ["metadata", "annotations"])
    } else {
      for note in notes {
        try editor.set(note.value, at: ["metadata", "annotations", .key(note.key)])
      }
    }
    text = editor.bytes
    value = editor.value
  }
}

/// Reads the objects of a directory or of standard input, as kyaml's readers do.
enum ConfigObjects {
  /// The objects of a package of files.
  struct Package {
    /// The package's directory or file, as the call names it.
    let path: String
    let objects: [ConfigObject]
  }

  /// The package of a directory, and each one in it that has a file `Krmfile`, with paths of its own.
  static func packages(
    _ directory: String, isRecursive: Bool
  ) throws(CommandFailure) -> [Package] {
    let resolved = try resolve(directory)
    var result: [Package] = []
    let below =
      isRecursive && resolved.isDirectory ? PackageWalk.packages(below: resolved.path) : []
    for path in [""] + below {
      let place = path.isEmpty ? directory : Path.clean(EditedFile.joined(directory, path))
      result.append(Package(path: place, objects: try read(place, isWhole: false)))
    }
    return result
  }

  /// The objects of a directory's files, or of one file.
  ///
  /// - Parameter isWhole: also of packages in the directory.
  static func read(
    _ directory: String, isWhole: Bool = true
  ) throws(CommandFailure) -> [ConfigObject] {
    var result: [ConfigObject] = []
    let resolved = try resolve(directory)
    let files =
      resolved.isDirectory
      ? PackageWalk.files(
        in: resolved.path, suffixes: [".yaml", ".yml"], isRecursive: isWhole) : [""]
    for path in files {
      let place = path.isEmpty ? directory : EditedFile.joined(directory, path)
      let shown = path.isEmpty ? Path.lastPart(place) : path
      result += try objects(of: try bytes(of: place), path: shown, name: place)
    }
    return result
  }

  static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    do { return try DiskFileSystem().read(EditedFile.absolute(path)) } catch {
      throw CommandFailure("\(path): \(error)", showsUsage: false)
    }
  }

  static func resolve(_ directory: String) throws(CommandFailure) -> ResolvedPath {
    do { return try DiskFileSystem().resolve(EditedFile.absolute(directory)) } catch {
      throw CommandFailure("\(directory): \(error)", showsUsage: false)
    }
  }

  static func standardInput() throws(CommandFailure) -> ConfigStream {
    let bytes: [UInt8]
    do { bytes = try StandardInput.readAll() } catch {
      throw CommandFailure("\(error)", showsUsage: false)
    }
    return try ConfigStream(bytes, name: "standard input")
  }

  /// - Parameter name: what messages call the file.
  static func objects(
    of bytes: [UInt8], path: String, name: String
  ) throws(CommandFailure) -> [ConfigObject] {
    do throws(EditError) {
      let tree = try tree(of: bytes)
      var result: [ConfigObject] = []
      for document in tree.documents {
        let value = try YAMLEditor(Array(tree[document.range])).value
        guard !value.isNull else { continue }
        let range = range(of: document, tree)
        result.append(
          ConfigObject(
            path: path, number: result.count, range: range,
            text: Array(tree[range]) + [UInt8(ascii: "\n")], value: value))
      }
      return result
    } catch {
      let place = error.line.map { ":\($0):\(error.column ?? 1)" } ?? ""
      throw CommandFailure("\(name)\(place): \(error.message)", showsUsage: false)
    }
  }

  private static func tree(of bytes: [UInt8]) throws(EditError) -> SyntaxTree {
    do throws(SyntaxError) { return try SyntaxTree(bytes) } catch {
      throw EditError(error.message, line: error.line, column: error.column)
    }
  }

  /// The text of a document without blank lines around it.
  private static func range(of document: SyntaxTree.Document, _ tree: SyntaxTree) -> Range<Int> {
    func isBreak(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
    var text = tree[document.range]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    text = text.drop(while: isBreak)
    let end = text.lastIndex { !isBreak($0) }.map { $0 + 1 } ?? text.startIndex
    // Blank lines at the end of a block text may be a part of it.
    let valueEnd = tree[document.root].fullRange.upperBound
    return text.startIndex..<max(end, valueEnd)
  }
}
