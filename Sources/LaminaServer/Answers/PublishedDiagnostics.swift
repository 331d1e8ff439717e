internal import Lamina
internal import LaminaSyntax

/// What the client has been told is wrong.
struct PublishedDiagnostics {
  /// The diagnostics of each file as they were sent, by canonical path.
  var sent: [ByteText: [UInt8]] = [:]
  /// What they were made of, with the bytes that they are about.
  var known: [ByteText: [Placed]] = [:]
  /// The texts of these files as they were then.
  var texts: [ByteText: TextLines] = [:]

  struct Placed {
    let diagnostic: Diagnostic
    let range: Range<Int>
    /// A rule has found it, and not a build that fails.
    let isFinding: Bool
    /// It was found before the root ceased to render, and cannot be looked for now.
    var isKept = false

    fileprivate func isLike(_ other: Placed) -> Bool {
      range.lowerBound == other.range.lowerBound && diagnostic.id == other.diagnostic.id
        && diagnostic.message.hasBytes(of: other.diagnostic.message)
    }
  }
}

extension LanguageServer {
  /// Tells the client of each file whose diagnostics are others than before; of one that has none any more, so.
  mutating func publish() {
    guard let served else { return }
    var placed: [ByteText: [PublishedDiagnostics.Placed]] = [:]
    var texts: [ByteText: TextLines] = [:]
    func place(_ diagnostic: Diagnostic, isFinding: Bool) {
      let path = file(of: diagnostic)
      if texts[path] == nil { texts[path] = lines(of: path) ?? TextLines([]) }
      let lines = texts[path] ?? TextLines([])
      placed[path, default: []].append(
        PublishedDiagnostics.Placed(
          diagnostic: diagnostic, range: Self.range(of: diagnostic, in: lines),
          isFinding: isFinding))
    }
    let (failures, findings) = served.diagnostics()
    for failure in failures { place(failure, isFinding: false) }
    for finding in findings { place(finding, isFinding: true) }
    for mistake in diagnosticsOfUnreadFiles() { place(mistake, isFinding: false) }
    keepFindings(of: served.failedRoots, in: &placed, &texts)
    published.known = placed
    published.texts = texts.filter { placed[$0.key] != nil }
    for path in Set(placed.keys).union(published.sent.keys).sortedTexts {
      let all = placed[path] ?? []
      var json = JSONWriter(isPretty: false)
      json.array(of: all) { json, one in
        write(one, in: texts[path] ?? TextLines([]), to: &json)
      }
      if published.sent[path] == json.output || all.isEmpty && published.sent[path] == nil {
        continue
      }
      published.sent[path] = all.isEmpty ? nil : json.output
      let text = String(decoding: json.output, as: UTF8.self)
      let (uri, version) = (uri(path), documents[path]?.version)
      outbox.notify("textDocument/publishDiagnostics") { json in
        json.object { json in
          json.field("uri", uri)
          if let version { json.field("version", version) }
          json.field("diagnostics") { $0.raw(text) }
        }
      }
    }
    refreshVirtualDocuments()
  }

  /// Adds what was found in roots that do not render at the moment, as long as nobody has changed the text in
  /// question: what somebody types is rarely right before its end, and findings that come and go with every letter
  /// would be hard to read.
  private func keepFindings(
    of failed: Set<ByteText>, in placed: inout [ByteText: [PublishedDiagnostics.Placed]],
    _ texts: inout [ByteText: TextLines]
  ) {
    if failed.isEmpty { return }
    // What is found beside the roots depends on all of them.
    let concerned = failed.union([ByteText(served?.project.directory ?? "")])
    for (path, known) in published.known {
      let kept = known.filter { one in
        one.isFinding && one.diagnostic.roots.contains(where: { concerned.contains($0) })
      }
      guard !kept.isEmpty, let before = published.texts[path],
        let now = texts[path] ?? lines(of: path.string)
      else { continue }
      let shift = TextShift(from: before.bytes, to: now.bytes)
      for one in kept {
        guard let range = shift.moved(one.range) else { continue }
        var moved = PublishedDiagnostics.Placed(
          diagnostic: one.diagnostic, range: range, isFinding: true)
        moved.isKept = true
        if placed[path]?.contains(where: moved.isLike) == true { continue }
        texts[path] = now
        placed[path, default: []].append(moved)
      }
    }
  }

  /// The file that a diagnostic is shown in: its own, or where that is none of this machine the entry that leads there,
  /// or the kustomization of the root.
  private func file(of diagnostic: Diagnostic) -> String {
    let places =
      [diagnostic.location?.file, diagnostic.file].compactMap { $0 }
      + diagnostic.includes.reversed().map(\.file)
    for place in places where Path.isAbsolute(place) {
      guard let found = try? served?.session.files.resolve(Path.clean(place)) else { continue }
      return found.isDirectory ? kustomization(in: found.path) : found.path
    }
    let directory = diagnostic.roots.first ?? served?.project.directory ?? "/"
    return kustomization(in: directory)
  }

  /// The kustomization file of a directory; the usual name where there is none.
  func kustomization(in directory: String) -> String {
    let names = Renderer.kustomizationNames
    let found = names.first { name in
      (try? served?.session.files.resolve(Path.join(directory, name)))?.isDirectory == false
    }
    return Path.join(directory, found ?? names.first ?? "kustomization.yaml")
  }

  /// The bytes that a diagnostic is about: from its place to the end of what stands there, or of the line.
  private static func range(of diagnostic: Diagnostic, in lines: TextLines) -> Range<Int> {
    guard let location = diagnostic.location else { return 0..<0 }
    let start = lines.offset(of: location)
    let end = diagnostic.end.map { lines.offset(of: $0) } ?? lines.endOfText(onLineOf: start)
    return start..<max(start, end)
  }

  func write(
    _ placed: PublishedDiagnostics.Placed, in lines: TextLines, to json: inout JSONWriter
  ) {
    let diagnostic = placed.diagnostic
    json.object { json in
      json.field("range") { write(placed.range, in: lines, to: &$0) }
      json.field(
        "severity", diagnostic.severity == .error ? 1 : diagnostic.severity == .warning ? 2 : 3)
      json.field("code", diagnostic.id)
      json.field("source", "render")
      json.field("message", message(of: diagnostic))
      if let tag = Self.tag(of: diagnostic) {
        json.field("tags") { $0.array(of: [tag]) { json, tag in json.raw("\(tag)") } }
      }
      let related = placed.isKept ? [] : self.related(of: diagnostic)
      if !related.isEmpty {
        json.field("relatedInformation") { json in
          json.array(of: related) { json, place in
            json.object { json in
              json.field("location") { json in
                json.object { json in
                  json.field("uri", uri(place.path))
                  json.field("range") { write(place.range, in: place.lines, to: &$0) }
                }
              }
              json.field("message", place.words)
            }
          }
        }
      }
    }
  }

  /// Editors show what is deprecated struck through, and what does nothing faded.
  private static func tag(of diagnostic: Diagnostic) -> Int? {
    switch DiagnosticID(rawValue: diagnostic.id) {
    case .deprecatedField, .apiDeprecated: 2
    case .unusedIgnore: 1
    default: nil
    }
  }

  /// The message, what to do, what a program said, and the roots, where there are several.
  private func message(of diagnostic: Diagnostic) -> String {
    var lines = [diagnostic.message]
    if let hint = diagnostic.hint { lines.append(hint) }
    lines += diagnostic.said
    if diagnostic.roots.count > 1, let served {
      let names = diagnostic.roots.prefix(5).map { served.name(of: $0) }
      let more = diagnostic.roots.count - names.count
      lines.append(
        "in \(diagnostic.roots.count) roots: \(names.joined(separator: ", "))"
          + (more > 0 ? " and \(more) more" : ""))
    }
    // Roots are called by their whole paths, and nobody wants to read these.
    let prefix = (served?.project.directory ?? "") + "/"
    return lines.map { MessageLine.shown($0.without(prefix)) }.joined(separator: "\n")
  }

  private struct Related {
    let path: String
    let lines: TextLines
    let range: Range<Int>
    let words: String
  }

  private func related(of diagnostic: Diagnostic) -> [Related] {
    var places: [(Diagnostic.Location, Diagnostic.Location?, String)] = []
    for note in diagnostic.notes {
      if let location = note.location { places.append((location, note.end, note.message)) }
    }
    for include in diagnostic.includes.reversed() { places.append((include, nil, "used here")) }
    return places.compactMap { location, end, words in
      guard Path.isAbsolute(location.file),
        let path = try? served?.session.files.resolve(Path.clean(location.file)).path,
        let lines = lines(of: path)
      else { return nil }
      let start = lines.offset(of: location)
      let stop = end.map { lines.offset(of: $0) } ?? lines.endOfText(onLineOf: start)
      return Related(
        path: path, lines: lines, range: start..<max(start, stop), words: MessageLine.shown(words))
    }
  }

  // MARK: - Files that no root reads

  /// What is wrong with files that are open and that no root reads, which is known only where they are no YAML.
  private func diagnosticsOfUnreadFiles() -> [Diagnostic] {
    guard let served else { return [] }
    var found: [Diagnostic] = []
    for document in documents.values.sorted(by: { $0.path.precedes($1.path) }) {
      guard [".yaml", ".yml"].contains(where: { document.path.ends(with: $0) }),
        served.readers(of: document.path).isEmpty, !isInChart(document.path)
      else { continue }
      do { _ = try SyntaxTree(document.lines.bytes) } catch {
        // The renderer's reader has more to say of it.
        do throws(Diagnostic) {
          _ = try Rendering(manifest: document.lines.bytes, displayPath: document.path)
        } catch { found += error.errors }
      }
    }
    return found
  }

  /// Templates of charts are no YAML before helm has seen them.
  private func isInChart(_ path: String) -> Bool {
    var directory = Path.directory(path)
    while directory != "/", directory != "." {
      if (try? surroundings.files.resolve(Path.join(directory, "Chart.yaml"))) != nil {
        return true
      }
      directory = Path.directory(directory)
    }
    return false
  }
}

extension String {
  /// The text without each of a part of it.
  fileprivate func without(_ part: String) -> String {
    var (bytes, rest) = ([UInt8](), Array(utf8)[...])
    let part = Array(part.utf8)
    guard part.count > 1 else { return self }
    while let first = rest.first {
      if rest.starts(with: part) {
        rest = rest.dropFirst(part.count)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
