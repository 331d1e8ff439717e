internal import Lamina
internal import LaminaExplain
internal import LaminaSyntax

/// What a field means, and what a value is rendered to and who wrote that.
extension LanguageServer {
  /// More roots would not fit on a screen.
  private static let shownRoots = Knowledge.mostExplainers
  private static let shownValues = 4

  mutating func hover(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines, offset) = try place(params)
    guard let hovered = hovered(at: offset, of: path) else { return { $0.raw("null") } }
    let (place, tree, range) = (hovered.place, hovered.tree, hovered.range)
    var parts: [String] = []
    let known =
      hovered.isObject
      ? fieldDocumentation(place, in: tree, hovered.patch, of: path)
      : documentation(path, tree, place)
    if let known { parts.append(known) }
    if hovered.isRendered {
      // A line of a patch is also one of the entry that holds the patch, and has nothing to do with its other fields.
      parts += reached(
        from: hovered.value, lines, of: path, countsEntries: hovered.patch == nil)
    }
    if parts.isEmpty { return { $0.raw("null") } }
    let (text, usesMarkdown) = (parts.joined(separator: "\n\n"), client.usesMarkdown)
    let server = self
    return { json in
      json.object { json in
        json.field("contents") { json in
          json.object { json in
            json.field("kind", usesMarkdown ? "markdown" : "plaintext")
            json.field("value", text)
          }
        }
        json.field("range") { server.write(range, in: lines, to: &$0) }
      }
    }
  }

  /// What a byte of a file belongs to.
  private struct Hovered {
    let place: SyntaxPlace
    let tree: SyntaxTree
    /// The patch that it stands in, where that is a text of a kustomization.
    let patch: InlinePatch?
    let range: Range<Int>
    /// Where what a build writes begins: the scalar, also where its key is asked about; of a collection, the key.
    let value: Int
    let isObject: Bool
    /// A root may render it to something.
    var isRendered: Bool { isObject || !place.isKey }
  }

  private mutating func hovered(at offset: Int, of path: String) -> Hovered? {
    guard let file = parsed(path), let outer = file.tree else { return nil }
    let patch = file.patches.first { outer[$0.node].range.touches(offset) }
    let tree = patch?.text.tree ?? outer
    guard let place = SyntaxPlace(at: patch?.text.offset(inFile: offset) ?? offset, in: tree) else {
      return nil
    }
    var range = tree[place.keyNode ?? place.node].range
    var value = range.lowerBound
    if case .scalar = tree[place.node].content { value = tree[place.node].range.lowerBound }
    if let patch {
      range = patch.text.fileRange(range)
      value = patch.text.fileRange(value..<value).lowerBound
    }
    return Hovered(
      place: place, tree: tree, patch: patch, range: range, value: value,
      isObject: patch != nil || FieldFile(path, tree) == nil)
  }

  // MARK: - Fields

  private func documentation(_ path: String, _ tree: SyntaxTree, _ place: SyntaxPlace) -> String? {
    guard let row = FieldFile(path, tree)?.field(at: place.keys).row else { return nil }
    return documentation(of: row)
  }

  func documentation(of row: FieldRow) -> String {
    var text = "\(code(row.name)): \(row.summary)"
    if case .word(let words) = row.shape {
      text += " One of \(words.map { code($0) }.joined(separator: ", "))."
    }
    if let deprecation = row.deprecation {
      text += " Deprecated; use \(code(deprecation.replacement))."
    }
    if row.since == "next" { text += " Newer than kustomize v5.8.1." }
    return text
  }

  /// A text of a file, which Markdown leaves as it is.
  func code(_ text: String) -> String {
    guard client.usesMarkdown else { return text }
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let gap = longest > 0 ? " " : ""
    return fence + gap + text + gap + fence
  }

  // MARK: - Values

  /// A build of a root that says who wrote what; nil where it does not render.
  mutating func explainer(of root: String) -> Explainer? {
    if let known = knowledge.explainers[root] { return known }
    guard let served, served.state(of: root)?.failure == nil, knowledge.takesExplainer(),
      let explainer = explanation(of: root)?(cancellation)
    else { return nil }
    knowledge.keep(explainer, of: root)
    return explainer
  }

  /// Makes such a build of the files as they are, on any thread.
  func explanation(of root: String) -> (@Sendable (CancellationToken) -> Explainer?)? {
    guard let served else { return nil }
    var options = served.project.options
    options.recordsChanges = true
    options.hidesSecrets = true
    let renderer = Renderer(served.session.files, host: surroundings.host, options: options)
    let name = served.name(of: root)
    return { token in
      guard let rendering = try? renderer.render(root, displayPath: root, cancellation: token),
        !token.isCancelled
      else { return nil }
      return Explainer(rendering, root: name, showsSecrets: false)
    }
  }

  /// The first root of which an answer needs such a build, if that root is built next: made at the same time, it
  /// takes no time of its own.
  mutating func rootToExplain(for request: Message) -> String? {
    guard Request(rawValue: request.method) == .hover, let params = request.params,
      let (path, _, offset) = try? place(params), hovered(at: offset, of: path)?.isRendered == true,
      let served, let root = served.readers(of: path).first, served.nextRoots.contains(root),
      knowledge.explainers[root] == nil
    else { return nil }
    return root
  }

  /// What the value at a byte is rendered to, root by root.
  private mutating func reached(
    from offset: Int, _ lines: TextLines, of path: String, countsEntries: Bool
  ) -> [String] {
    guard let served else { return [] }
    let roots = served.readers(of: path)
    var parts: [String] = []
    for root in roots.prefix(Self.shownRoots) {
      guard let explainer = explainer(of: root) else { continue }
      guard let reached = reached(at: offset, lines, of: path, by: explainer, countsEntries)
      else { continue }
      let (values, more) = explainer.values(of: reached, limit: Self.shownValues)
      if values.isEmpty { continue }
      var text = "In \(code(served.name(of: root))):"
      for value in values { text += "\n- " + words(of: value) }
      if more > 0 { text += "\n- and \(more) more \(more == 1 ? "field" : "fields")" }
      parts.append(text)
    }
    if roots.count > Self.shownRoots {
      parts.append("and in \(roots.count - Self.shownRoots) more roots")
    }
    return parts
  }

  /// The rendered fields that the value at a byte reaches.
  func reached(
    at offset: Int, _ lines: TextLines, of path: String, by explainer: Explainer,
    _ countsEntries: Bool
  ) -> ReachedFields.Root? {
    let files = Set(
      texts: explainer.history.files.filter {
        (try? served?.session.files.resolve(Path.clean($0)))?.path == path
      })
    if files.isEmpty { return nil }
    let place = lines.place(of: offset)
    return explainer.reach(
      of: BuildHistory.SourceLine(line: place.line, column: place.column, files: files),
      countsEntries: countsEntries)
  }

  private func words(of value: ReachedValue) -> String {
    var text = "\(code(value.object)) \(code(value.path))"
    if let shown = value.value { text += " is \(code(shown))" }
    if !value.decides || !value.deed.isEmpty {
      var parts = [value.deed].filter { !$0.isEmpty }
      if let place = value.place, let served {
        parts.append("\(served.name(of: Path.clean(place.file))):\(place.line)")
      }
      if !parts.isEmpty { text += " (\(parts.map { code($0) }.joined(separator: ", ")))" }
    }
    return text
  }
}
