internal import Lamina

/// Another name for an object, wherever files of the roots around it have the name.
extension LanguageServer {
  mutating func prepareRename(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines, offset) = try place(params)
    _ = try renamed(at: offset, of: path)
    guard let name = writtenName(at: offset, of: path) else { throw Self.noName }
    let server = self
    return { server.write(name.inner, in: lines, to: &$0) }
  }

  mutating func rename(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, _, offset) = try place(params)
    guard let name = params["newName"]?.text, Self.isName(name) else {
      throw .failed(
        "a name has letters, digits, dots and dashes, and begins with one of the first two")
    }
    let object = try renamed(at: offset, of: path)
    let index = index(of: rootsAround(object.path))
    let places =
      index.objects.filter { $0.kind == object.kind && $0.name == object.name }
      .map { ($0.path, $0.written) }
      + index.references.filter { $0.name == object.name && $0.kinds.contains(object.kind) }
      .map { ($0.path, $0.written) }
    let edits = places.compactMap { path, written in
      lines(of: path).map { lines in
        let quote = Self.needsQuotes(name) ? written.quote ?? "" : ""
        return Edit(
          path: path, lines: lines, range: written.inner, text: quote + name + quote)
      }
    }
    let server = self
    return { server.write(edits, to: &$0) }
  }

  /// The one object that is named at a byte.
  private mutating func renamed(
    at offset: Int, of path: String
  ) throws(RequestError) -> WrittenObject {
    guard let file = parsed(path), let (kinds, name) = object(at: offset, of: file) else {
      throw Self.noName
    }
    let found = index(of: rootsAround(path)).definitions(kinds, name)
    guard let object = found.first else {
      throw .failed("no file has \(kinds.joined(separator: " or ")) \"\(name)\"")
    }
    if found.count > 1 {
      let places = found.map { served?.name(of: $0.path) ?? $0.path }
      throw .failed("\"\(name)\" is in several files: \(places.joined(separator: ", "))")
    }
    return object
  }

  private static let noName = RequestError.failed("there is no name of an object")

  private mutating func writtenName(at offset: Int, of path: String) -> WrittenName? {
    guard let file = parsed(path) else { return nil }
    return file.references.first { $0.range.touches(offset) }?.written
      ?? file.objects.first { $0.nameRange.touches(offset) }?.written
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Names of roles may have colons.
  private static func isName(_ name: String) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = name.utf8.first, isLetter(first) || digits.contains(first),
      name.utf8.last != UInt8(ascii: ":")
    else { return false }
    return name.utf8.allSatisfy { byte in
      isLetter(byte) || digits.contains(byte) || ".:-_".utf8.contains(byte)
    }
  }

  /// YAML would read something else than a text.
  private static func needsQuotes(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return true }
    return ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(name.lowercased())
  }
}
