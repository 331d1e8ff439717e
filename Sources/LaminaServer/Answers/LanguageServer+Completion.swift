internal import Lamina
internal import LaminaSyntax

/// Fields of kustomizations, words of fields, paths, and names of objects.
extension LanguageServer {
  /// What may stand at a place.
  struct Candidate {
    let label: String
    let kind: Kind
    var detail: String?
    /// What is written, if it is not the label.
    var text: String?
    /// Of a field the type of its value.
    var type: String?
    /// The place among the others; by the label if nil.
    var order: Int?

    /// The numbers of the protocol.
    enum Kind: Int {
      case field = 5
      case value = 12
      case file = 17
      case reference = 18
      case folder = 19
    }
  }

  mutating func completion(
    _ params: JSONDocument.Value
  ) throws(RequestError) -> (inout JSONWriter) -> Void {
    let (path, lines, offset) = try place(params)
    let (found, range) =
      quotedPatchCandidates(offset, of: path) ?? candidates(lines, offset, of: path)
    let server = self
    return { json in
      json.object { json in
        json.field("isIncomplete", false)
        json.field("items") { json in
          json.array(of: found) { json, candidate in
            json.object { json in
              json.field("label", candidate.label)
              json.field("kind", candidate.kind.rawValue)
              if let type = candidate.type { json.field("detail", type) }
              if let detail = candidate.detail { json.field("documentation", detail) }
              if let order = candidate.order { json.field("sortText", Self.sortText(order)) }
              json.field("textEdit") { json in
                json.object { json in
                  json.field("range") { server.write(range, in: lines, to: &$0) }
                  json.field("newText", candidate.text ?? candidate.label)
                }
              }
            }
          }
        }
      }
    }
  }

  /// What may stand at a byte of a file, and the bytes of the word there.
  private mutating func candidates(
    _ lines: TextLines, _ offset: Int, of path: String
  ) -> (found: [Candidate], word: Range<Int>) {
    if let form = BlockForm(lines.bytes, offset) {
      let (found, word) = candidates(TextLines(form.bytes), form.offset, of: path)
      return (found, word.moved(by: offset - form.offset))
    }
    if let inObject = objectCandidates(lines, offset, of: path) { return inObject }
    if let ofGenerator = literalCandidates(lines, offset, of: path) { return ofGenerator }
    let cursor = LineCursor(lines, offset)
    return (candidates(at: cursor, of: path), cursor.word)
  }

  private mutating func candidates(at cursor: LineCursor, of path: String) -> [Candidate] {
    // What is typed is rarely YAML yet: the lines above say where the cursor is.
    guard let tree = try? SyntaxTree([]), let file = FieldFile(path, tree) else { return [] }
    let (row, owner) = file.field(at: cursor.keys)
    let isText = cursor.isValue || cursor.isListItem && owner == nil
    if isText {
      guard let row else { return [] }
      if row.names != nil { return paths(for: row, cursor, of: path) }
      switch row.shape {
      case .word(let words), .words(let words):
        return words.map { Candidate(label: $0, kind: .value) }
      case .flag: return ["true", "false"].map { Candidate(label: $0, kind: .value) }
      case .text: return names(for: cursor, of: path)
      default: return []
      }
    }
    guard let owner else { return [] }
    let fields = owner.rows.filter { !cursor.siblings.contains($0.name) && $0.deprecation == nil }
    return fields.map { row in
      Candidate(
        label: row.name, kind: .field, detail: row.summary,
        text: row.name + (row.shape.isOnOneLine ? ": " : ":"))
    }
  }

  /// Numbers of one length, which clients compare as texts.
  private static func sortText(_ order: Int) -> String {
    let digits = String(order)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private mutating func names(for cursor: LineCursor, of path: String) -> [Candidate] {
    switch cursor.keys {
    case ["images", "name"]: return images(around: path)
    case ["replicas", "name"]:
      let kinds = ["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]
      return objectNames(around: path) { kinds.contains($0.kind) }
    default: break
    }
    let selecting = ["target", "select", "source", "objref"]
    guard cursor.keys.count > 1, selecting.contains(cursor.keys[cursor.keys.count - 2]) else {
      return []
    }
    switch cursor.keys.last {
    case "name":
      let wanted = cursor.siblingTexts["kind"]
      return objectNames(around: path) { wanted == nil || $0.kind == wanted }
    case "kind":
      let kinds = Set(index(of: rootsAround(path)).objects.map(\.kind))
      return kinds.sorted().map { Candidate(label: $0, kind: .value) }
    default: return []
    }
  }

  mutating func objectNames(
    around path: String, where isMeant: (WrittenObject) -> Bool
  ) -> [Candidate] {
    var seen: Set<ByteText> = []
    let index = index(of: rootsAround(path))
    return index.objects.filter { isMeant($0) && !index.isPatch($0) }
      .filter { seen.insert($0.name).inserted }
      .sorted { $0.name < $1.name }
      .map { Candidate(label: $0.name, kind: .reference, detail: $0.kind) }
  }

  /// The images of the roots that read a file, without their tags.
  private mutating func images(around path: String) -> [Candidate] {
    var found: Set<ByteText> = []
    _ = index(of: rootsAround(path))
    for root in rootsAround(path) {
      for path in served?.state(of: root)?.filesRead ?? [] {
        guard let tree = knowledge.parsed[path]?.tree else { continue }
        for (id, _) in tree.allNodes {
          for entry in tree.ownEntries(of: id) where tree.text(of: entry.key) == "image" {
            guard let text = tree.text(of: entry.value), !text.isEmpty else { continue }
            found.insert(Self.withoutTag(text))
          }
        }
      }
    }
    return found.sortedTexts.map { Candidate(label: $0, kind: .value) }
  }

  /// Behind the last slash a colon begins the tag.
  private static func withoutTag(_ image: String) -> String {
    let name = image.parts(at: "@", maxSplits: 1).first ?? Substring(image)
    let last = name.cut(atLast: "/")?.after ?? name
    return String(name[..<(last.cut(at: ":")?.before.endIndex ?? name.endIndex)])
  }

  // MARK: - Paths

  /// What lies in the directory that has been typed so far.
  private func paths(for row: FieldRow, _ cursor: LineCursor, of path: String) -> [Candidate] {
    guard let served, let names = row.names else { return [] }
    var typed = cursor.text
    var prefix = ""
    if names == .keyedFile, let cut = typed.cut(atLast: "=") {
      prefix = "\(cut.before)="
      typed = String(cut.after)
    }
    let directory = typed.cut(atLast: "/").map { "\($0.before)/" } ?? ""
    if Path.isAbsolute(directory) { return [] }
    let place = Path.join(Path.directory(path), directory.isEmpty ? "." : directory)
    guard let found = try? served.session.files.resolve(place), found.isDirectory else { return [] }
    let wantsFiles = names != .layer && names != .directory
    var candidates: [Candidate] = []
    for name in served.session.files.names(in: found.path).sorted() where !name.begins(with: ".") {
      let whole = Path.join(found.path, name)
      guard whole != path, let entry = try? served.session.files.resolve(whole) else { continue }
      if !entry.isDirectory, !wantsFiles || ServedRoots.isKustomization(name) { continue }
      candidates.append(
        Candidate(
          label: prefix + directory + name, kind: entry.isDirectory ? .folder : .file))
    }
    return candidates + up(directory)
  }

  /// The way upwards, as long as nothing else has been typed.
  private func up(_ directory: String) -> [Candidate] {
    let isUp = directory.parts(at: "/").allSatisfy { $0 == ".." }
    return isUp ? [Candidate(label: directory + "..", kind: .folder, text: directory + "../")] : []
  }
}

extension Range<Int> {
  func moved(by count: Int) -> Range<Int> { lowerBound + count..<upperBound + count }
}

extension FieldShape {
  /// The value stands behind the name, and not below it.
  fileprivate var isOnOneLine: Bool {
    switch self {
    case .text, .word, .flag, .integer: true
    default: false
    }
  }
}

/// Where a cursor is, read from the indentation of lines: while somebody types, a file is rarely YAML.
struct LineCursor {
  /// The keys around the cursor, and of a value its own.
  private(set) var keys: [String] = []
  /// A value is typed, and not a key.
  private(set) var isValue = false
  /// What has been typed of it.
  private(set) var text = ""
  /// The bytes of the word at the cursor, which a completion replaces.
  private(set) var word: Range<Int>
  /// The other keys of the mapping that the cursor is in, and their texts.
  private(set) var siblingTexts: [ByteText: String] = [:]

  var siblings: Set<ByteText> { Set(siblingTexts.keys) }

  /// One line in its parts: `  - name: web` has a dash at 2, and a key at 4.
  private struct Line {
    var indent = 0
    var dashes: [Int] = []
    var key: String?
    var value = ""

    init?(_ text: String) {
      var rest = Substring(text)
      func skip() {
        while rest.first == " " {
          indent += 1
          rest = rest.dropFirst()
        }
      }
      skip()
      while rest.begins(with: "- ") || rest == "-" {
        dashes.append(indent)
        indent += 1
        rest = rest.dropFirst()
        skip()
      }
      if rest.isEmpty && dashes.isEmpty || rest.begins(with: "#") { return nil }
      if let colon = rest.firstIndex(of: ":"),
        rest[rest.index(after: colon)...].first.map({ $0 == " " }) ?? true,
        !rest[..<colon].contains(where: { " {[\"'".contains($0) })
      {
        key = String(rest[..<colon])
        value = String(rest[rest.index(after: colon)...].drop { $0 == " " })
      } else {
        value = String(rest)
      }
    }
  }

  init(_ lines: TextLines, _ offset: Int) {
    let bytes = lines.bytes
    var start = offset
    while start > 0, bytes[start - 1] != 10, bytes[start - 1] != 13 { start -= 1 }
    let before = String(decoding: bytes[start..<offset], as: UTF8.self)
    let stops: Set<UInt8> = [0x20, 0x5B, 0x2C, 0x22, 0x27, 0x09]
    var wordStart = offset
    while wordStart > start, !stops.contains(bytes[wordStart - 1]) { wordStart -= 1 }
    var end = offset
    while end < bytes.count, !stops.contains(bytes[end]), bytes[end] != 10, bytes[end] != 13,
      bytes[end] != 0x3A, bytes[end] != 0x5D
    { end += 1 }
    word = wordStart..<end
    text = String(decoding: bytes[wordStart..<offset], as: UTF8.self)
    let all = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }
    ).map(String.init)
    let number = String(decoding: bytes[..<start], as: UTF8.self).count { $0.isNewline }
    read(all, number, before)
  }

  private mutating func read(_ all: [String], _ number: Int, _ before: String) {
    let current = Line(before)
    var indent = current?.indent ?? before.prefix { $0 == " " }.count
    isValue = current?.key != nil
    if let key = current?.key { keys = [key] }
    let ownIndent = indent
    var dash = current?.dashes.first
    // A mapping's own lines lie as deep, without another dash between.
    var isSameMapping = current?.dashes.isEmpty ?? true
    var index = number - 1
    while index >= 0, index < all.count {
      defer { index -= 1 }
      if all[index].begins(with: "---") { break }
      guard let line = Line(all[index]) else { continue }
      if line.indent == ownIndent, isSameMapping, let key = line.key {
        siblingTexts[key] = line.value
      }
      let opens = line.key != nil && line.value.isEmpty
      if line.indent == ownIndent, !line.dashes.isEmpty {
        isSameMapping = false
        dash = dash ?? line.dashes.first
      }
      // A list may lie as deep as the key above it.
      if opens, line.indent < indent || dash.map({ line.indent <= $0 }) ?? false,
        let key = line.key
      {
        keys.insert(key, at: 0)
        indent = line.indent
        dash = line.dashes.first
        isSameMapping = false
      } else if !line.dashes.isEmpty, let first = line.dashes.first, first < indent, dash == nil,
        line.indent <= indent
      {
        dash = first
      }
    }
    readBelow(all, number, ownIndent)
    // An item of a list of texts is a value of the list's key, and so is what stands in brackets behind one.
    if current?.key == nil, current?.dashes.isEmpty == false { isListItem = true }
  }

  /// The cursor stands behind a dash: at a text of a list, or at the first key of a mapping.
  private(set) var isListItem = false

  private mutating func readBelow(_ all: [String], _ number: Int, _ indent: Int) {
    var index = number + 1
    while index < all.count, !all[index].begins(with: "---") {
      defer { index += 1 }
      guard let line = Line(all[index]) else { continue }
      if line.indent < indent || line.indent == indent && !line.dashes.isEmpty { return }
      if line.indent == indent, let key = line.key { siblingTexts[key] = line.value }
    }
  }
}
