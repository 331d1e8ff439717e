internal import Lamina

/// The files that the client has open, and what it tells of others.
extension LanguageServer {
  /// The canonical path of a file that the client names, whether it is there or not.
  func path(_ uri: String) -> String? {
    guard let written = FileURI.path(uri).map(Path.clean), Path.isAbsolute(written) else {
      return nil
    }
    if let found = try? surroundings.files.resolve(written) { return found.path }
    guard let directory = try? surroundings.files.resolve(Path.directory(written)) else {
      return written
    }
    return Path.join(directory.path, Path.lastPart(written))
  }

  /// The address of a file as the client would write it.
  func uri(_ path: String) -> String {
    if let document = documents[path] { return document.uri }
    for folder in client.folders where Path.isInside(path, directory: folder.path) {
      let rest = RelativePath(from: folder.path).text(of: path)
      return FileURI.uri(rest == "." ? folder.written : Path.join(folder.written, rest))
    }
    return FileURI.uri(path)
  }

  /// The text of a file with its lines; nil where it cannot be read.
  func lines(of path: String) -> TextLines? {
    if let document = documents[path] { return document.lines }
    return (try? served?.session.files.read(path)).map { TextLines($0) }
  }

  mutating func open(_ params: JSONDocument.Value?) {
    guard let item = params?["textDocument"], let uri = item["uri"]?.text, let path = path(uri),
      let text = item["text"]?.bytes
    else { return }
    documents[path] = OpenDocument(
      uri: uri, path: path, version: item["version"]?.integer ?? 0, lines: TextLines(text))
    textsChanged([path])
  }

  mutating func change(_ params: JSONDocument.Value?) {
    guard let item = params?["textDocument"], let uri = item["uri"]?.text, let path = path(uri),
      var document = documents[path]
    else { return }
    for change in params?["contentChanges"]?.elements ?? [] {
      guard let text = change["text"]?.bytes else { continue }
      document.change(change["range"].flatMap { range($0) }, text, client.encoding)
    }
    if let version = item["version"]?.integer { document.version = version }
    documents[path] = document
    textsChanged([path])
  }

  mutating func close(_ params: JSONDocument.Value?) {
    guard let uri = params?["textDocument"]?["uri"]?.text, let path = path(uri),
      documents.removeValue(forKey: path) != nil
    else { return }
    // From now on the disk's text counts.
    textsChanged([path])
  }

  /// A client that watches files tells what else a save has changed; of another one it is looked for.
  mutating func saved(_ params: JSONDocument.Value?) {
    guard let uri = params?["textDocument"]?["uri"]?.text, let path = path(uri) else { return }
    if Path.lastPart(path) == ProjectFile.name { return serve() }
    if !client.registersWatchers { served?.look() }
    virtual.forgetPast()
    served?.filesChanged([path], mayHaveMoved: true, open: Set(documents.keys))
    filesMayDiffer()
  }

  mutating func watchedFilesChanged(_ params: JSONDocument.Value?) {
    let changes = params?["changes"]?.elements ?? []
    var paths: [String] = []
    var mayHaveMoved = false
    for change in changes {
      guard let path = change["uri"]?.text.flatMap({ path($0) }) else { continue }
      // What git keeps for itself changes with every call of git.
      if path.contains("/.git/") {
        if Self.saysHistory(path) { (virtual.historyMayDiffer, mustPublish) = (true, true) }
        continue
      }
      if Path.lastPart(path) == ProjectFile.name { return serve() }
      paths.append(path)
      // 2 is a changed file; others came or went.
      if change["type"]?.integer != 2, mayChangeRoots(path) { mayHaveMoved = true }
    }
    if paths.isEmpty { return }
    virtual.forgetPast()
    served?.filesChanged(paths, mayHaveMoved: mayHaveMoved, open: Set(documents.keys))
    filesMayDiffer()
  }

  /// Roots and files beside them are found by walking the folders, which a file of another kind is no reason for.
  private func mayChangeRoots(_ path: String) -> Bool {
    let name = Path.lastPart(path)
    return !name.contains(".") || name.ends(with: ".yaml") || name.ends(with: ".yml")
      || (try? surroundings.files.resolve(path))?.isDirectory == true
  }

  private mutating func textsChanged(_ paths: [String]) {
    files.replace(documents)
    served?.filesChanged(paths, mayHaveMoved: false, open: Set(documents.keys))
    filesMayDiffer()
  }

  private mutating func filesMayDiffer() {
    knowledge.forgetBuilds()
    mustPublish = true
  }

  // MARK: - Positions

  func position(_ value: JSONDocument.Value?) -> TextPosition? {
    guard let line = value?["line"]?.integer, let character = value?["character"]?.integer else {
      return nil
    }
    return TextPosition(line: line, character: character)
  }

  func range(_ value: JSONDocument.Value?) -> (start: TextPosition, end: TextPosition)? {
    guard let start = position(value?["start"]), let end = position(value?["end"]) else {
      return nil
    }
    return (start, end)
  }

  /// Writes the range of some bytes of a file.
  func write(_ range: Range<Int>, in lines: TextLines, to json: inout JSONWriter) {
    json.object { json in
      for (name, offset) in [("start", range.lowerBound), ("end", range.upperBound)] {
        let position = lines.position(of: offset, client.encoding)
        json.field(name) { json in
          json.object { json in
            json.field("line", position.line)
            json.field("character", position.character)
          }
        }
      }
    }
  }
}
