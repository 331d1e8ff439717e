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

  /// The object with annotations that say where it comes from.
  func annotated() throws(EditError) -> ConfigObject {
    var notes = [("index", String(number))]
    if !path.isEmpty { notes.append(("path", path)) }
    var editor = try YAMLEditor(text)
    for (name, text) in notes {
      for prefix in ["config.kubernetes.io/", "internal.config.kubernetes.io/"] {
        try editor.set(.string(text), at: ["metadata", "annotations", .key(prefix + name)])
      }
    }
    var result = self
    result.text = editor.bytes
    result.value = editor.value
    return result
  }
}

/// Reads the objects of a directory or of standard input, as kyaml's readers do.
enum ConfigObjects {
  /// - Parameter directory: nil reads standard input.
  static func read(_ directory: String?, isRecursive: Bool) throws(CommandFailure) -> [ConfigObject]
  {
    guard let directory else {
      var result: [ConfigObject] = []
      for object in try standardInput() { result += unwrapped(object) }
      return result
    }
    var result: [ConfigObject] = []
    for path in try files(in: directory, isRecursive: isRecursive) {
      let place = directory == path ? path : EditedFile.joined(directory, path)
      let shown = directory == path ? Path.lastPart(path) : path
      guard let bytes = try? DiskFileSystem().read(EditedFile.absolute(place)) else {
        throw CommandFailure("\(place): cannot be read", showsUsage: false)
      }
      result += try objects(of: bytes, path: shown)
    }
    return result
  }

  private static func standardInput() throws(CommandFailure) -> [ConfigObject] {
    let bytes: [UInt8]
    do { bytes = try StandardInput.readAll() } catch {
      throw CommandFailure("\(error)", showsUsage: false)
    }
    return try objects(of: bytes, path: "")
  }

  /// The items of a list, which kyaml's reader of streams takes apart.
  private static func unwrapped(_ object: ConfigObject) -> [ConfigObject] {
    guard object.kind == "List" || object.kind == "ResourceList",
      let tree = try? SyntaxTree(object.text), let root = tree.documents.first?.root,
      let items = tree.entry("items", of: root)?.value
    else { return [object] }
    let values = object.value["items"]?.items ?? []
    return zip(tree.items(of: items), values).enumerated().map { number, item in
      ConfigObject(
        path: "", number: number, text: text(of: item.0, tree), value: item.1)
    }
  }

  /// The lines of an item behind its dash, as far to the left as those of a document.
  private static func text(of item: SyntaxNode.Item, _ tree: SyntaxTree) -> [UInt8] {
    let value = tree[item.value].fullRange
    let before = tree.bytes[..<value.lowerBound]
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    let start = item.dash.map { $0 + 1 } ?? value.lowerBound
    let text = tree[start..<value.upperBound].drop { $0 == UInt8(ascii: " ") }
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let moved = lines.enumerated().map { number, line in
      let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
      return number == 0 ? line : line.dropFirst(min(column, blanks))
    }
    return Array(moved.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
  }

  private static func files(
    in directory: String, isRecursive: Bool
  ) throws(CommandFailure) -> [String] {
    let resolved: ResolvedPath
    do { resolved = try DiskFileSystem().resolve(EditedFile.absolute(directory)) } catch {
      throw CommandFailure("\(directory): \(error)", showsUsage: false)
    }
    if !resolved.isDirectory { return [directory] }
    let prefix = resolved.path.hasSuffix("/") ? resolved.path : resolved.path + "/"
    let found = DirectorySearch.files(below: resolved.path).map {
      String($0.dropFirst(prefix.count))
    }
    return found.filter {
      ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && (isRecursive || !$0.contains("/"))
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func objects(
    of bytes: [UInt8], path: String
  ) throws(CommandFailure) -> [ConfigObject] {
    do throws(EditError) {
      let tree = try tree(of: bytes)
      var result: [ConfigObject] = []
      for document in tree.documents {
        let value = try YAMLEditor(Array(tree[document.range])).value
        guard !value.isNull else { continue }
        result.append(
          ConfigObject(
            path: path, number: result.count, text: text(of: document, tree), value: value))
      }
      return result
    } catch {
      let place = error.line.map { ":\($0):\(error.column ?? 1)" } ?? ""
      throw CommandFailure(
        "\(path.isEmpty ? "standard input" : path)\(place): \(error.message)", showsUsage: false)
    }
  }

  private static func tree(of bytes: [UInt8]) throws(EditError) -> SyntaxTree {
    do throws(SyntaxError) { return try SyntaxTree(bytes) } catch {
      throw EditError(error.message, line: error.line, column: error.column)
    }
  }

  /// The text of a document without blank lines around it.
  private static func text(of document: SyntaxTree.Document, _ tree: SyntaxTree) -> [UInt8] {
    var text = tree[document.range].drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      text.removeLast()
    }
    return Array(text) + [UInt8(ascii: "\n")]
  }
}
