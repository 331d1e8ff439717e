internal import Lamina
internal import LaminaSyntax

/// A file, and the bytes that are meant.
struct FileRange {
  let path: String
  let range: Range<Int>
}

/// From an entry to its file, from a patch to its target, from a name to its object, and back.
extension LanguageServer {
  /// The file, its text and the byte that a request is about.
  func place(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (path: String, lines: TextLines, offset: Int) {
    let (path, lines) = try document(params)
    guard let position = position(params["position"]) else { throw .failed("there is no position") }
    return (path, lines, lines.offset(of: position, client.encoding))
  }

  func document(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (path: String, lines: TextLines) {
    guard let uri = params["textDocument"]?["uri"]?.text, let path = path(uri) else {
      throw .failed("there is no file")
    }
    guard let lines = lines(of: path) else { throw .failed("the file cannot be read") }
    return (path, lines)
  }

  mutating func definition(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, _, offset) = try place(params)
    return locations(definitions(at: offset, of: path))
  }

  private mutating func definitions(at offset: Int, of path: String) -> [FileRange] {
    guard let file = parsed(path), let tree = file.tree else { return [] }
    if let link = file.links.first(where: { tree[$0.node].range.touches(offset) }),
      let target = target(of: link, in: path)
    {
      return [FileRange(path: shownFile(target), range: 0..<0)]
    }
    if let places = keyDefinitions(at: offset, of: file, path) { return places }
    let index = index(of: rootsAround(path))
    if let reference = file.references.first(where: { $0.range.touches(offset) }) {
      return index.definitions(reference.kinds, reference.name).map(\.place)
    }
    if let object = file.objects.first(where: { $0.nameRange.touches(offset) }) {
      // Of a patch its target; of an object itself.
      return index.definitions([object.kind], object.name).map(\.place)
    }
    return []
  }

  mutating func references(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, _, offset) = try place(params)
    let includesDeclaration = params["context"]?["includeDeclaration"]?.bool ?? true
    return locations(mentions(at: offset, of: path, withDefinitions: includesDeclaration))
  }

  /// All places that name what stands at a byte: an object, or else the file itself.
  mutating func mentions(
    at offset: Int, of path: String, withDefinitions: Bool
  ) -> [FileRange] {
    guard let file = parsed(path) else { return [] }
    let keys = keyMentions(at: offset, of: file, path, withDefinitions: withDefinitions)
    if let keys { return keys }
    let index = index(of: rootsAround(path))
    if let (kinds, name) = object(at: offset, of: file) {
      let named = index.references.filter {
        $0.name == name && !Set($0.kinds).isDisjoint(with: kinds)
      }
      let objects = index.objects.filter {
        $0.name == name && kinds.contains($0.kind)
          && (withDefinitions || index.isPatch($0))
      }
      return objects.map(\.place) + named.map { FileRange(path: $0.path, range: $0.range) }
    }
    // Who includes this file.
    let directory = ServedRoots.isKustomization(path) ? Path.directory(path) : path
    return (index.users[directory] ?? []).map { FileRange(path: $0.path, range: $0.range) }
  }

  /// The kinds and the name of the object that is named at a byte.
  func object(at offset: Int, of file: ParsedFile) -> (kinds: [String], name: String)? {
    if let reference = file.references.first(where: { $0.range.touches(offset) }) {
      return (reference.kinds, reference.name)
    }
    return file.objects.first { $0.nameRange.touches(offset) }.map { ([$0.kind], $0.name) }
  }

  private mutating func locations(_ places: [FileRange]) -> (inout JSONWriter) -> Void {
    let all = places.compactMap { place in lines(of: place.path).map { (place, $0) } }
    let server = self
    return { json in
      json.array(of: all) { json, one in server.write(one.0, one.1, to: &json) }
    }
  }

  func write(_ place: FileRange, _ lines: TextLines, to json: inout JSONWriter) {
    json.object { json in
      json.field("uri", uri(place.path))
      json.field("range") { write(place.range, in: lines, to: &$0) }
    }
  }

  /// The files that a kustomization names.
  mutating func documentLinks(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines) = try document(params)
    guard let file = parsed(path), let tree = file.tree else { return { $0.raw("[]") } }
    let server = self
    let links = file.links.compactMap { link in
      server.target(of: link, in: path).map { (tree[link.node].range, server.shownFile($0)) }
    }
    return { json in
      json.array(of: links) { json, link in
        json.object { json in
          json.field("range") { server.write(link.0, in: lines, to: &$0) }
          json.field("target", server.uri(link.1))
        }
      }
    }
  }
}

extension WrittenObject {
  var place: FileRange { FileRange(path: path, range: nameRange) }
}
