import Lamina
import LaminaEditing
import LaminaHost

/// The files of a package whose objects functions change.
struct FunctionPackage {
  private struct File {
    let bytes: [UInt8]
    let objects: [ConfigObject]
  }

  /// Nothing outside of it is written.
  private let territory: Territory
  /// The package as the call names it.
  private let name: String
  private var files: [ByteText: File] = [:]
  /// The objects of all files, in the order in which they were read.
  private(set) var items: [FunctionItem] = []

  /// - Parameters:
  ///   - path: a directory, or a file of one.
  ///   - suffixes: what names of files end with.
  init(_ path: String, suffixes: [String] = [".yaml", ".yml", ".json"]) throws(CommandFailure) {
    let resolved = try ConfigObjects.resolve(path)
    let directory = resolved.isDirectory ? resolved.path : Path.directory(resolved.path)
    do throws(FileFailure) { territory = try Territory(directory) } catch {
      throw CommandFailure("\(path): \(error)", showsUsage: false)
    }
    name = path
    let paths =
      resolved.isDirectory
      ? PackageWalk.files(in: directory, suffixes: suffixes) : [Path.lastPart(resolved.path)]
    for file in paths {
      let bytes = try ConfigObjects.bytes(of: Path.join(directory, file))
      let objects = try ConfigObjects.objects(of: bytes, path: file, name: file)
      for object in objects {
        guard case .mapping = object.value else {
          throw CommandFailure(
            "\(file): this document is no object, so that functions cannot read the package",
            details: ["  a file that is none of theirs can be named in .krmignore"],
            showsUsage: false)
        }
        items.append(
          FunctionItem(
            text: object.text, value: object.value, path: file, index: "\(object.number)",
            origin: items.count))
      }
      files[file] = File(bytes: bytes, objects: objects)
    }
  }

  // MARK: - Writing

  private struct Change {
    let path: String
    /// Nil for a file that was not there.
    let old: [UInt8]?
    /// Nil for a file that goes.
    let new: [UInt8]?
  }

  /// Writes the files of objects, and removes those that have no objects any more. Where one cannot be
  /// written, those before it get their old texts.
  func write(_ items: [FunctionItem]) throws(CommandFailure) {
    let changes = try changes(for: items)
    var done: [Change] = []
    for change in changes {
      do throws(FileFailure) {
        try put(change.new, at: change.path)
        done.append(change)
      } catch {
        for earlier in done.reversed() { try? put(earlier.old, at: earlier.path) }
        throw CommandFailure("\(change.path): cannot write: \(error)", showsUsage: false)
      }
    }
  }

  private func put(_ bytes: [UInt8]?, at path: String) throws(FileFailure) {
    let place = Path.join(territory.directory, path)
    if let bytes { try territory.write(bytes[...], to: place) } else { try territory.remove(place) }
  }

  private func changes(for items: [FunctionItem]) throws(CommandFailure) -> [Change] {
    var members: [ByteText: [FunctionItem]] = [:]
    for item in Self.numbered(items) {
      let path = try checked(item.path ?? "")
      members[path, default: []].append(item)
    }
    var result: [Change] = []
    for (path, items) in members {
      let old = files[path]
      let new = try text(of: Self.sorted(items), path: path.string, old)
      if new != old?.bytes { result.append(Change(path: path.string, old: old?.bytes, new: new)) }
    }
    for (path, file) in files where !file.objects.isEmpty && members[path] == nil {
      result.append(Change(path: path.string, old: file.bytes, new: nil))
    }
    // New files first: a file that goes may be another's only copy.
    return result.sorted {
      ($0.new == nil ? 1 : 0, ByteText($0.path)) < ($1.new == nil ? 1 : 0, ByteText($1.path))
    }
  }

  /// Refuses paths that lead out of the package, and files that are there and are none of its own: a function
  /// knows nothing of them.
  private func checked(_ path: String) throws(CommandFailure) -> String {
    if Path.isAbsolute(path) {
      throw CommandFailure("package paths may not be absolute paths: \(path)", showsUsage: false)
    }
    let clean = Path.clean(path)
    let parts = clean.parts(at: "/")
    if path.isEmpty || parts.contains("..") || parts.contains(".git") {
      throw CommandFailure(
        "resource must be written under package \(name): \(clean)", showsUsage: false)
    }
    let place = Path.join(territory.directory, clean)
    if let found = try? DiskFileSystem().resolve(place) {
      if found.isDirectory {
        throw CommandFailure(
          "config.kubernetes.io/path cannot be a directory: \(clean)", showsUsage: false)
      }
      if files[clean] == nil {
        throw CommandFailure(
          "\(clean) is there, and none of the package's files: a function wants to write it",
          showsUsage: false)
      }
    }
    do throws(FileFailure) { try territory.check(place) } catch {
      throw CommandFailure("\(clean): \(error)", showsUsage: false)
    }
    return clean
  }

  /// Objects without a place in their file come behind the others (kio/kioutil/kioutil.go
  /// `DefaultPathAndIndexAnnotation`).
  private static func numbered(_ items: [FunctionItem]) -> [FunctionItem] {
    var result = items
    for place in result.indices where result[place].path == nil {
      result[place].path = result[place].usualPath(in: "")
    }
    var next: [ByteText: Int] = [:]
    for item in result {
      guard let path = item.path, let index = item.index.flatMap({ Int($0) }) else { continue }
      next[path] = max(next[path] ?? 0, index)
    }
    for place in result.indices where result[place].index == nil {
      let path = result[place].path ?? ""
      result[place].index = "\(next[path] ?? 0)"
      next[path, default: 0] += 1
    }
    return result
  }

  private static func sorted(_ items: [FunctionItem]) -> [FunctionItem] {
    items.enumerated().sorted { first, second in
      let keys = [first, second].map { ($0.element.index.flatMap { Int($0) } ?? -1, $0.offset) }
      return keys[0] < keys[1]
    }.map(\.element)
  }

  // MARK: - Texts

  private func text(
    of items: [FunctionItem], path: String, _ old: File?
  ) throws(CommandFailure) -> [UInt8] {
    if old == nil, path.ends(with: ".json"), items.count == 1, let item = items.first {
      return FunctionJSON.text(of: item.value)
    }
    let first = self.items.firstIndex { $0.path.hasBytes(of: path) } ?? 0
    if let old, items.map(\.origin) == old.objects.indices.map({ first + $0 }) {
      return spliced(items, into: old)
    }
    // Objects came or went, or stand in another order.
    var result: [UInt8] = []
    if let old, items.first?.origin == first, let object = old.objects.first {
      result += old.bytes[..<object.range.lowerBound]
    }
    result += items.map(\.text).joined(separator: Array("---\n".utf8))
    return result
  }

  /// The file with the texts of its objects in their places.
  private func spliced(_ items: [FunctionItem], into old: File) -> [UInt8] {
    var bytes = old.bytes
    for (item, object) in zip(items, old.objects).reversed() where item.text != object.text {
      // Its last line break is not the file's own.
      var text = item.text[...]
      if text.last == UInt8(ascii: "\n") { text.removeLast() }
      if text.last == UInt8(ascii: "\r") { text.removeLast() }
      bytes.replaceSubrange(object.range, with: text)
    }
    return bytes
  }
}

/// An object as a file of JSON, with the keys in order as Go writes them.
private enum FunctionJSON {
  static func text(of value: YAMLValue) -> [UInt8] {
    var json = JSONWriter()
    write(value, to: &json)
    json.raw("\n")
    return json.output
  }

  private static func write(_ value: YAMLValue, to json: inout JSONWriter) {
    switch value {
    case .null: json.raw("null")
    case .string(let text): json.string(text)
    case .other(let text): isJSON(text) ? json.raw(text) : json.string(text)
    case .sequence(let items):
      items.isEmpty ? json.raw("[]") : json.array(of: items) { write($1, to: &$0) }
    case .mapping(let entries):
      if entries.isEmpty { return json.raw("{}") }
      json.object { json in
        for entry in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          json.field(entry.key) { write(entry.value, to: &$0) }
        }
      }
    }
  }

  private static func isJSON(_ text: String) -> Bool {
    if text == "true" || text == "false" { return true }
    let digits = text.begins(with: "-") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, (0x30...0x39).contains(first), Double(text) != nil else {
      return false
    }
    return digits == "0" || first != 0x30 || digits.begins(with: "0.")
  }
}
