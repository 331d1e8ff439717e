internal import Lamina
internal import LaminaExplain
internal import LaminaSchema
internal import LaminaSyntax

/// What has been worked out from files for answers.
struct Knowledge {
  /// Files with their ranges, by canonical path. One counts as long as the file has the same bytes.
  var parsed: [ByteText: ParsedFile] = [:]
  /// Builds that say who wrote what, by root; forgotten with the next change of a file.
  var explainers: [ByteText: Explainer] = [:]
  /// The objects of the files of each set of roots; forgotten with the next change of a file.
  var index: [[String]: ObjectIndex] = [:]
  let nameFields = NameFields()
  /// The piece of work that is under way may make another one of `explainers`, which takes as long as a build.
  private(set) var mayExplain = true
  /// An answer needs more of them than one piece of work makes.
  private(set) var isUnfinished = false
  /// The custom kinds that files define, with the bytes that say so.
  var definitions: [ByteText: (bytes: [UInt8], kinds: CustomDefinitions)] = [:]

  mutating func forgetBuilds() {
    explainers = [:]
    index = [:]
  }

  /// One explainer takes several times the memory of a rendering.
  static let mostExplainers = 5

  mutating func keep(_ explainer: Explainer, of root: String) {
    if explainers.count >= Self.mostExplainers { explainers = [:] }
    explainers[root] = explainer
  }

  /// The next answer is looked for.
  mutating func beginAnswer() { (mayExplain, isUnfinished) = (true, false) }

  /// Whether one more of `explainers` may be made now; if not, the answer is looked for again.
  mutating func takesExplainer() -> Bool {
    isUnfinished = !mayExplain
    mayExplain = false
    return !isUnfinished
  }
}

/// The objects of the files that some roots read.
struct ObjectIndex {
  var objects: [WrittenObject] = []
  var references: [WrittenReference] = []
  var keys: [WrittenKey] = []
  /// The files that kustomizations name as patches.
  var patches: Set<ByteText> = []
  /// Which kustomizations name a file or a directory, and where.
  var users: [ByteText: [(path: String, range: Range<Int>)]] = [:]

  /// The objects of a name, those that patches only change left out.
  func definitions(_ kinds: [String], _ name: String) -> [WrittenObject] {
    objects.filter {
      $0.name.hasBytes(of: name) && kinds.contains(bytesOf: $0.kind) && !isPatch($0)
    }
  }

  /// Whether what is written is no object, but changes one.
  func isPatch(_ object: WrittenObject) -> Bool {
    object.isInlinePatch || patches.contains(object.path)
  }
}

extension LanguageServer {
  /// A file with its ranges; nil where it cannot be read.
  mutating func parsed(_ path: String) -> ParsedFile? {
    let text = documents[path]?.lines.bytes ?? (try? served?.session.files.read(path))
    guard let text else { return nil }
    if let known = knowledge.parsed[path], known.lines.bytes == text { return known }
    let lines = documents[path]?.lines ?? TextLines(text)
    let parsed = ParsedFile(path, lines, knowledge.nameFields)
    knowledge.parsed[path] = parsed
    return parsed
  }

  /// The roots that read a file, or where none does all of them.
  func rootsAround(_ path: String) -> [String] {
    let readers = served?.readers(of: path) ?? []
    return readers.isEmpty ? served?.roots ?? [] : readers
  }

  /// The objects of the files that roots read.
  mutating func index(of roots: [String]) -> ObjectIndex {
    if let known = knowledge.index[roots] { return known }
    var paths: Set<ByteText> = []
    for root in roots { paths.formUnion(texts: served?.state(of: root)?.filesRead ?? []) }
    var index = ObjectIndex()
    for path in paths.sortedTexts where Self.mayHoldObjects(path) {
      guard let file = parsed(path), let tree = file.tree else { continue }
      index.objects += file.objects
      index.references += file.references
      index.keys += file.keys
      for link in file.links {
        guard let target = target(of: link, in: path) else { continue }
        index.users[target, default: []].append((path, tree[link.node].range))
        if link.keys == ["patches", "path"] || link.keys.first == "patchesStrategicMerge" {
          index.patches.insert(target)
        }
      }
    }
    knowledge.index[roots] = index
    return index
  }

  private static func mayHoldObjects(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.ends(with: $0) }
      || ServedRoots.isKustomization(path)
  }

  /// The canonical path that a text of a kustomization names; nil where nothing of this machine is there.
  func target(of link: FieldFile.Link, in path: String) -> String? {
    guard !Path.isAbsolute(link.path) else { return nil }
    return try? served?.session.files.resolve(Path.join(Path.directory(path), link.path)).path
  }

  /// The file to show for a path: of a directory its kustomization.
  func shownFile(_ path: String) -> String {
    let isDirectory = (try? served?.session.files.resolve(path))?.isDirectory ?? false
    return isDirectory ? kustomization(in: path) : path
  }
}
