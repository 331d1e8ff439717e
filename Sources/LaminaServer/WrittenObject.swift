internal import Lamina
internal import LaminaSyntax

/// A file, the objects that are written in it, and the names of other objects there.
struct ParsedFile {
  let lines: TextLines
  /// nil where the text is no YAML.
  let tree: SyntaxTree?
  private(set) var objects: [WrittenObject] = []
  private(set) var references: [WrittenReference] = []
  /// The keys of data that objects have, and that others ask for.
  private(set) var keys: [WrittenKey] = []
  /// The paths that a kustomization names, canonical only as far as the texts are.
  private(set) var links: [FieldFile.Link] = []
  /// The patches that are texts of a kustomization.
  private(set) var patches: [InlinePatch] = []

  init(_ path: String, _ lines: TextLines, _ fields: NameFields) {
    self.lines = lines
    tree = try? SyntaxTree(lines.bytes)
    guard let tree else { return }
    var reader = ObjectReader(path, fields)
    if let file = FieldFile(path, tree) {
      links = file.links()
      if let root = tree.documents.first?.root {
        reader.readKustomization(root, in: tree)
        patches = InlinePatch.all(in: tree, root)
        for patch in patches { reader.read(patch) }
      }
    } else {
      reader.readObjects(of: ObjectText(tree: tree))
    }
    (objects, references, keys) = (reader.objects, reader.references, reader.keys)
  }
}

/// A name in a file, and what another one is written in the place of.
struct WrittenName {
  /// With its quotes.
  let range: Range<Int>
  /// Without quotes.
  let inner: Range<Int>
  /// What is put around a name that YAML would take for something else; nil where there are quotes.
  let quote: String?
}

/// An object as a file has it.
struct WrittenObject {
  let path: String
  let apiVersion: String?
  let kind: String
  /// Of the value of `metadata.name`, or of a generator.
  let name: String
  let namespace: String?
  let written: WrittenName
  let range: Range<Int>
  var isGenerated = false
  /// It stands in a text of a kustomization, and changes an object.
  var isInlinePatch = false
  /// The object's own place in a tree; nil of what is generated.
  var root: SyntaxNode.ID?

  var nameRange: Range<Int> { written.range }
}

/// The name of another object, as a file has it.
struct WrittenReference {
  let path: String
  /// Of which kinds the object may be.
  let kinds: [String]
  let name: String
  let written: WrittenName

  var range: Range<Int> { written.range }
}

/// A text with objects: a file, or a part of one.
struct ObjectText {
  let tree: SyntaxTree
  /// nil where the text is the file.
  var embedding: EmbeddedText?

  func range(of node: SyntaxNode.ID) -> Range<Int> {
    let range = tree[node].range
    return embedding?.fileRange(range) ?? range
  }

  func name(at node: SyntaxNode.ID) -> WrittenName {
    let range = tree[node].range
    guard case .scalar(let style, _) = tree[node].content,
      style == .singleQuoted || style == .doubleQuoted, range.count >= 2
    else {
      let isInQuotes = embedding?.style == .doubleQuoted
      return WrittenName(
        range: self.range(of: node), inner: self.range(of: node), quote: isInQuotes ? "'" : "\"")
    }
    let inner = range.lowerBound + 1..<range.upperBound - 1
    return WrittenName(
      range: self.range(of: node), inner: embedding?.fileRange(inner) ?? inner, quote: nil)
  }
}

/// Looks for objects, and for the names of others.
struct ObjectReader {
  private(set) var objects: [WrittenObject] = []
  private(set) var references: [WrittenReference] = []
  private(set) var keys: [WrittenKey] = []
  private let path: String
  private let fields: NameFields

  init(_ path: String, _ fields: NameFields) {
    self.path = path
    self.fields = fields
  }

  // MARK: - Manifests

  mutating func readObjects(of text: ObjectText, isInlinePatch: Bool = false) {
    for document in text.tree.documents {
      let root = document.root
      guard let kind = text.tree.text("kind", of: root) else { continue }
      if kind.ends(with: "List"), let items = text.tree.entry("items", of: root) {
        for item in text.tree.ownItems(of: items.value) {
          readObject(item.value, of: text, isInlinePatch)
        }
      } else {
        readObject(root, of: text, isInlinePatch)
      }
    }
  }

  private mutating func readObject(
    _ root: SyntaxNode.ID, of text: ObjectText, _ isInlinePatch: Bool
  ) {
    let tree = text.tree
    guard let kind = tree.text("kind", of: root), let metadata = tree.entry("metadata", of: root),
      let node = tree.entry("name", of: metadata.value)?.value, let name = tree.text(of: node)
    else { return }
    objects.append(
      WrittenObject(
        path: path, apiVersion: tree.text("apiVersion", of: root), kind: kind, name: name,
        namespace: tree.text("namespace", of: metadata.value), written: text.name(at: node),
        range: text.range(of: root), isInlinePatch: isInlinePatch, root: root))
    readReferences(below: root, [], ofKind: kind, text)
    for field in DataKeyField.fields(ofKind: kind) {
      guard let data = tree.entry(field, of: root)?.value else { continue }
      for entry in tree.ownEntries(of: data) {
        addKey(entry.key, of: name, kind, isDefinition: true, text)
      }
    }
  }

  /// - Parameter keys: those above the value, from the object's root.
  private mutating func readReferences(
    below value: SyntaxNode.ID, _ keys: [String], ofKind kind: String, _ text: ObjectText
  ) {
    typealias Place = (node: SyntaxNode.ID, keys: [String], mapping: SyntaxNode.ID?)
    var rest: [Place] = [(value, keys, nil)]
    while let (node, keys, mapping) = rest.popLast() {
      rest += text.tree.ownItems(of: node).map { ($0.value, keys, mapping) }
      for entry in text.tree.ownEntries(of: node) {
        let keys = keys + [text.tree.text(of: entry.key) ?? ""]
        rest.append((entry.value, keys, node))
        addReference(entry.value, keys, ofKind: kind, text)
        addAskedKey(entry.value, keys, in: [node, mapping], text)
      }
    }
  }

  private mutating func addReference(
    _ node: SyntaxNode.ID, _ keys: [String], ofKind kind: String, _ text: ObjectText
  ) {
    guard case .scalar = text.tree[node].content, let name = text.tree.text(of: node),
      !name.isEmpty
    else { return }
    let targets = fields.targets(ofKind: kind, at: keys)
    if targets.isEmpty { return }
    references.append(
      WrittenReference(path: path, kinds: targets, name: name, written: text.name(at: node)))
  }

  // MARK: - Keys

  /// - Parameter mappings: the one that the value stands in, and the one above.
  private mutating func addAskedKey(
    _ node: SyntaxNode.ID, _ keys: [String], in mappings: [SyntaxNode.ID?], _ text: ObjectText
  ) {
    guard let field = DataKeyField(keys), let holder = mappings[field.level],
      let name = DataKeyField.nameFields.lazy.compactMap({ text.tree.text($0, of: holder) }).first
    else { return }
    addKey(node, of: name, field.kind, isDefinition: false, text)
  }

  private mutating func addKey(
    _ node: SyntaxNode.ID, of object: String, _ kind: String, isDefinition: Bool,
    _ text: ObjectText
  ) {
    guard case .scalar = text.tree[node].content, let key = text.tree.text(of: node), !key.isEmpty
    else { return }
    keys.append(
      WrittenKey(
        path: path, kind: kind, object: object, key: key, range: text.range(of: node),
        isDefinition: isDefinition))
  }

  /// The keys of literals and files. Those of env files are in these.
  private mutating func readKeys(
    ofGenerator item: SyntaxNode.ID, _ kind: String, _ name: String, _ text: ObjectText
  ) {
    for field in ["literals", "files"] {
      guard let list = text.tree.entry(field, of: item)?.value else { continue }
      for source in text.tree.ownItems(of: list).map(\.value) {
        guard let written = text.tree.text(of: source), !written.isEmpty else { continue }
        let parts = written.cut(at: "=")
        let key =
          parts.map { String($0.before) } ?? (field == "files" ? Path.lastPart(written) : "")
        if key.isEmpty { continue }
        var range = text.range(of: source)
        // Where nothing is escaped, the key is what stands first.
        if parts != nil, case .scalar(_, .source(let inner)) = text.tree[source].content {
          range = inner.lowerBound..<inner.lowerBound + key.utf8.count
        }
        keys.append(
          WrittenKey(
            path: path, kind: kind, object: name, key: key, range: range, isDefinition: true))
      }
    }
  }

  // MARK: - Patches

  mutating func read(_ patch: InlinePatch) {
    let text = ObjectText(tree: patch.text.tree, embedding: patch.text)
    readObjects(of: text, isInlinePatch: true)
    guard let kind = patch.target?.kind else { return }
    for document in text.tree.documents {
      for item in text.tree.ownItems(of: document.root) {
        guard let pointer = text.tree.text("path", of: item.value),
          let value = text.tree.entry("value", of: item.value)?.value
        else { continue }
        let keys = PatchPointer.keys(pointer)
        addReference(value, keys, ofKind: kind, text)
        readReferences(below: value, keys, ofKind: kind, text)
      }
    }
  }

  // MARK: - Kustomizations

  /// What a kustomization generates, and what it names to change it.
  mutating func readKustomization(_ root: SyntaxNode.ID, in tree: SyntaxTree) {
    let text = ObjectText(tree: tree)
    func items(_ key: String, of node: SyntaxNode.ID) -> [SyntaxNode.ID] {
      tree.entry(key, of: node).map { tree.ownItems(of: $0.value).map(\.value) } ?? []
    }
    for (field, kind) in DataKeyField.generators {
      for item in items(field, of: root) {
        guard let node = tree.entry("name", of: item)?.value, let name = tree.text(of: node) else {
          continue
        }
        objects.append(
          WrittenObject(
            path: path, apiVersion: "v1", kind: kind, name: name,
            namespace: tree.text("namespace", of: item), written: text.name(at: node),
            range: tree[item].range, isGenerated: true))
        readKeys(ofGenerator: item, kind, name, text)
      }
    }
    func addReference(_ holder: SyntaxNode.ID?, _ kinds: [String]) {
      guard let holder, let node = tree.entry("name", of: holder)?.value,
        let name = tree.text(of: node)
      else { return }
      references.append(
        WrittenReference(path: path, kinds: kinds, name: name, written: text.name(at: node)))
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
