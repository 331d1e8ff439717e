internal import Lamina
internal import LaminaDiff
internal import LaminaHost

/// The documents that the client has been given, and what they were made of.
struct VirtualDocuments {
  struct Shown {
    let uri: String
    /// Canonical.
    let root: String
    let content: VirtualDocument.Content
    /// What the root rendered to, or why it did not; nil where the root was gone.
    var rendered: [UInt8]?
  }

  /// Those that were asked for last. Clients do not say when they show one no more.
  private(set) var shown: [Shown] = []
  private static let mostShown = 16
  /// Old sides by root and commit. They depend on the disk as well, where git holds nothing.
  private var past: [ByteText: Comparison.Side] = [:]
  private static let mostPast = 4
  /// The repository's commits may be others than before.
  var historyMayDiffer = false

  mutating func note(_ document: Shown) {
    shown.removeAll { $0.uri == document.uri }
    if shown.count == Self.mostShown { shown.removeFirst() }
    shown.append(document)
  }

  /// - Returns: whether the document is another than the client has.
  fileprivate mutating func update(_ index: Int, _ rendered: [UInt8]?) -> Bool {
    guard shown[index].rendered != rendered else { return false }
    shown[index].rendered = rendered
    return true
  }

  fileprivate mutating func side(of root: String, _ found: PastRoot) throws -> Comparison.Side {
    let key = "\(root)\u{0}\(found.commit)"
    if let known = past[key] { return known }
    let side = try found.render()
    if past.count == Self.mostPast { past = [:] }
    past[key] = side
    return side
  }

  /// To be told when files of the disk have changed.
  mutating func forgetPast() { past = [:] }
}

/// What a root renders to, and what that changes, as documents.
extension LanguageServer {
  // MARK: - Requests

  /// Answers `workspace/textDocumentContent`.
  mutating func textDocumentContent(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    guard let uri = params["uri"]?.text, let document = VirtualDocument(uri) else {
      throw .failed("there is no document with that address")
    }
    guard let root = path(FileURI.uri(document.root)), served?.roots.contains(root) == true else {
      throw .failed("there is no root \(MessageLine.shown(document.root))")
    }
    let new = rendered(root)
    let text = String(decoding: try text(of: document.content, root, new), as: UTF8.self)
    virtual.note(
      VirtualDocuments.Shown(
        uri: uri, root: root, content: document.content, rendered: bytes(of: new, root)))
    return { json in json.object { $0.field("text", text) } }
  }

  /// Answers `render.show` and `render.diff`: the text, for clients that know no such documents, and its address.
  ///
  ///     {"uri": "file:///shop/overlays/test", "base": "main", "open": true}
  ///
  /// With `open` the client is asked to show the document.
  mutating func showDocument(
    _ argument: JSONDocument.Value?, _ command: ServerCommand
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    guard let uri = argument?["uri"]?.text else {
      throw .failed("\(command.rawValue) needs an argument with a uri")
    }
    guard let path = path(uri), let root = rendersTo(path) else {
      throw .failed("no root is rendered from there")
    }
    let base = command == .diff ? argument?["base"]?.text ?? client.base : nil
    let document = VirtualDocument(
      root: FileURI.path(self.uri(root)) ?? root, base.map { .changes(base: $0) } ?? .rendering)
    if argument?["open"]?.bool == true, client.opensVirtualDocuments {
      outbox.request("window/showDocument") { json in
        json.object { $0.field("uri", document.uri) }
      }
    }
    let new = rendered(root)
    if base == nil, case .failed(let error) = new.content {
      throw .failed(MessageLine.shown(error.headline))
    }
    let text = String(decoding: try text(of: document.content, root, new), as: UTF8.self)
    let name = served?.name(of: root) ?? root
    return { json in
      json.object { json in
        json.field("name", name)
        json.field("uri", document.uri)
        if let base { json.field("base", base) }
        json.field("text", text)
      }
    }
  }

  /// The root that is meant by its directory, its kustomization, or a file that it reads.
  private func rendersTo(_ path: String) -> String? {
    guard let served else { return nil }
    for place in [path, Path.directory(path)] where served.roots.contains(place) { return place }
    return served.readers(of: path).first
  }

  // MARK: - Texts

  private mutating func rendered(_ root: String) -> Comparison.Side {
    var content = Comparison.Side.Content.absent
    let cancellation = cancellation
    do throws(Diagnostic) {
      if let rendering = try served?.rendering(of: root, cancellation: cancellation) {
        content = .rendered(rendering)
      }
    } catch { content = .failed(error) }
    return Comparison.Side(label: "working tree", content: content)
  }

  /// What a root renders to. A client shows why it does not render in the place of that, as comments.
  private func bytes(of side: Comparison.Side, _ root: String) -> [UInt8] {
    switch side.content {
    case .rendered(let rendering): return rendering.bytes
    case .absent: return []
    case .failed(let error):
      let name = ShownText.line(served?.name(of: root) ?? root)
      let lines = error.report.parts(at: "\n", omittingEmptySubsequences: false)
      return Array("# \(name) does not render\n".utf8) + lines.flatMap { "# \($0)\n".utf8 }
    }
  }

  private mutating func text(
    of content: VirtualDocument.Content, _ root: String, _ new: Comparison.Side
  ) throws(RequestError) -> [UInt8] {
    guard case .changes(let base) = content else { return bytes(of: new, root) }
    guard let served, let search = served.project.past else {
      throw .failed("there is no repository to compare with")
    }
    let name = served.name(of: root)
    let old: Comparison.Side
    do { old = try virtual.side(of: root, try search(root, name, base)) } catch {
      guard let failure = error as? GitFailure else { throw .failed("\(error)") }
      let words = [failure.message, failure.hint].compactMap { $0 }.joined(separator: "; ")
      throw .failed(MessageLine.shown(words))
    }
    let difference = Comparison.diff(name, from: old, to: new)
    let report = DiffReport(
      roots: difference.saysAnything ? [difference] : [], comparedCount: 1)
    let patch = UnifiedReport.bytes(of: report)
    // What fails alike on both sides is no change, and nothing would be seen.
    if patch.isEmpty, case .failed = new.content { return bytes(of: new, root) }
    return patch
  }

  // MARK: - Changes

  /// Asks the client to fetch the documents anew that are others than it has.
  mutating func refreshVirtualDocuments() {
    let historyMayDiffer = virtual.historyMayDiffer
    virtual.historyMayDiffer = false
    guard client.knowsVirtualDocuments else { return }
    for (index, document) in virtual.shown.enumerated() {
      let isThere = served?.roots.contains(document.root) == true
      let new = isThere ? bytes(of: rendered(document.root), document.root) : nil
      let isOther = virtual.update(index, new)
      guard isOther || historyMayDiffer && document.content != .rendering else { continue }
      outbox.request("workspace/textDocumentContent/refresh") { json in
        json.object { $0.field("uri", document.uri) }
      }
    }
  }

  /// Whether a file of git's own says which commits there are.
  static func saysHistory(_ path: String) -> Bool {
    let name = Path.lastPart(path)
    return name == "HEAD" || name == "packed-refs" || path.contains("/.git/refs/")
  }
}
