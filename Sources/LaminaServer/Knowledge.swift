internal import Lamina
internal import LaminaExplain
internal import LaminaSyntax

/// What has been worked out from files for answers.
struct Knowledge {
  /// Files with their ranges, by canonical path. One counts as long as the file has the same bytes.
  var parsed: [String: ParsedFile] = [:]
  /// Builds that say who wrote what, by root; forgotten with the next change of a file.
  var explainers: [String: Explainer] = [:]
  /// The objects of the files of each set of roots; forgotten with the next change of a file.
  var index: [[String]: ObjectIndex] = [:]
  let nameFields = NameFields()
  /// The piece of work that is under way may make another one of `explainers`, which takes as long as a build.
  private(set) var mayExplain = true
  /// An answer needs more of them than one piece of work makes.
  private(set) var isUnfinished = false

  mutating func forgetBuilds() {
    explainers = [:]
    index = [:]
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

/// A file, the objects that are written in it, and the names of other objects there.
struct ParsedFile {
  let lines: TextLines
  /// nil where the text is no YAML.
  let tree: SyntaxTree?
  let objects: [WrittenObject]
  let references: [WrittenReference]
  /// The paths that a kustomization names, canonical only as far as the texts are.
  let links: [FieldFile.Link]

  init(_ path: String, _ lines: TextLines, _ fields: NameFields) {
    self.lines = lines
    tree = try? SyntaxTree(lines.bytes)
    var (objects, references) = ([WrittenObject](), [WrittenReference]())
    if let tree {
      let file = FieldFile(path, tree)
      links = file?.links() ?? []
      if file == nil {
        for document in tree.documents {
          WrittenObject.read(document.root, of: path, tree, fields, &objects, &references)
        }
      } else if let root = tree.documents.first?.root {
        WrittenObject.readKustomization(root, of: path, tree, &objects, &references)
      }
    } else {
      links = []
    }
    self.objects = objects
    self.references = references
  }
}

/// An object as a file has it.
struct WrittenObject {
  let path: String
  let kind: String
  let name: String
  let namespace: String?
  /// Of the value of `metadata.name`, or of a generator's name.
  let nameNode: SyntaxNode.ID
  let nameRange: Range<Int>
  let range: Range<Int>
  let isGenerated: Bool

  static func read(
    _ root: SyntaxNode.ID, of path: String, _ tree: SyntaxTree, _ fields: NameFields,
    _ objects: inout [WrittenObject], _ references: inout [WrittenReference]
  ) {
    guard let kind = tree.text("kind", of: root) else { return }
    if kind.hasSuffix("List"), let items = tree.entry("items", of: root) {
      for item in tree.ownItems(of: items.value) where tree.text("kind", of: item.value) != nil {
        readObject(item.value, of: path, tree, fields, &objects, &references)
      }
      return
    }
    readObject(root, of: path, tree, fields, &objects, &references)
  }

  private static func readObject(
    _ root: SyntaxNode.ID, of path: String, _ tree: SyntaxTree, _ fields: NameFields,
    _ objects: inout [WrittenObject], _ references: inout [WrittenReference]
  ) {
    guard let kind = tree.text("kind", of: root), let metadata = tree.entry("metadata", of: root),
      let name = tree.entry("name", of: metadata.value), let text = tree.text(of: name.value)
    else { return }
    objects.append(
      WrittenObject(
        path: path, kind: kind, name: text,
        namespace: tree.text("namespace", of: metadata.value), nameNode: name.value,
        nameRange: tree[name.value].range, range: tree[root].range, isGenerated: false))
    var rest: [(node: SyntaxNode.ID, keys: [String])] = [(root, [])]
    while let (node, keys) = rest.popLast() {
      rest += tree.ownItems(of: node).map { ($0.value, keys) }
      for entry in tree.ownEntries(of: node) {
        let keys = keys + [tree.text(of: entry.key) ?? ""]
        rest.append((entry.value, keys))
        guard case .scalar = tree[entry.value].content, let text = tree.text(of: entry.value),
          !text.isEmpty
        else { continue }
        let targets = fields.targets(ofKind: kind, at: keys)
        if targets.isEmpty { continue }
        references.append(
          WrittenReference(
            path: path, kinds: targets, name: text, range: tree[entry.value].range))
      }
    }
  }

  /// What a kustomization generates, and what it names to change it.
  static func readKustomization(
    _ root: SyntaxNode.ID, of path: String, _ tree: SyntaxTree,
    _ objects: inout [WrittenObject], _ references: inout [WrittenReference]
  ) {
    func items(_ key: String, of node: SyntaxNode.ID) -> [SyntaxNode.ID] {
      tree.entry(key, of: node).map { tree.ownItems(of: $0.value).map(\.value) } ?? []
    }
    for (field, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
      for item in items(field, of: root) {
        guard let name = tree.entry("name", of: item), let text = tree.text(of: name.value) else {
          continue
        }
        objects.append(
          WrittenObject(
            path: path, kind: kind, name: text, namespace: tree.text("namespace", of: item),
            nameNode: name.value, nameRange: tree[name.value].range, range: tree[item].range,
            isGenerated: true))
      }
    }
    func addReference(_ holder: SyntaxNode.ID?, _ kinds: [String]) {
      guard let holder, let name = tree.entry("name", of: holder),
        let text = tree.text(of: name.value)
      else { return }
      references.append(
        WrittenReference(path: path, kinds: kinds, name: text, range: tree[name.value].range))
    }
    func addSelector(_ holder: SyntaxNode.ID?) {
      guard let holder, let kind = tree.text("kind", of: holder) else { return }
      addReference(holder, [kind])
    }
    for item in items("patches", of: root) + items("patchesJson6902", of: root) {
      addSelector(tree.entry("target", of: item)?.value)
    }
    for item in items("replacements", of: root) {
      addSelector(tree.entry("source", of: item)?.value)
      for target in items("targets", of: item) {
        addSelector(tree.entry("select", of: target)?.value)
      }
    }
    for item in items("vars", of: root) { addSelector(tree.entry("objref", of: item)?.value) }
    for item in items("replicas", of: root) {
      addReference(item, ["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"])
    }
  }
}

/// The name of another object, as a file has it.
struct WrittenReference {
  let path: String
  /// Of which kinds the object may be.
  let kinds: [String]
  let name: String
  let range: Range<Int>
}

/// The objects of the files that some roots read.
struct ObjectIndex {
  var objects: [WrittenObject] = []
  var references: [WrittenReference] = []
  /// The files that kustomizations name as patches.
  var patches: Set<String> = []
  /// Which kustomizations name a file or a directory, and where.
  var users: [String: [(path: String, range: Range<Int>)]] = [:]

  /// The objects of a name, those that patches only change left out.
  func definitions(_ kinds: [String], _ name: String) -> [WrittenObject] {
    objects.filter { $0.name == name && kinds.contains($0.kind) && !patches.contains($0.path) }
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
    var paths: Set<String> = []
    for root in roots { paths.formUnion(served?.state(of: root)?.filesRead ?? []) }
    var index = ObjectIndex()
    for path in paths.sorted() where Self.mayHoldObjects(path) {
      guard let file = parsed(path), let tree = file.tree else { continue }
      index.objects += file.objects
      index.references += file.references
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
    [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
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
