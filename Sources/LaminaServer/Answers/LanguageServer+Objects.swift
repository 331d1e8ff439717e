internal import Lamina
internal import LaminaSchema
internal import LaminaSyntax

/// The object that a place in a manifest or a patch belongs to.
struct ObjectContext {
  var apiVersion: String?
  var kind: String?
  /// The name of the object that a patch changes.
  var name: String?
  /// From the object's root.
  var keys: [String] = []
  var isPatch = false
  /// Of custom kinds, where the object's is none of Kubernetes'.
  var definitions = CustomDefinitions()
}

/// What is known of the fields of objects, in manifests and in patches of either kind.
extension LanguageServer {
  // MARK: - Completion

  /// What may stand at a place of an object.
  ///
  /// - Returns: nil in a kustomization outside of inline patches, where its own fields count.
  mutating func objectCandidates(
    _ lines: TextLines, _ offset: Int, of path: String
  ) -> (found: [Candidate], word: Range<Int>)? {
    let cursor = ManifestCursor(lines.bytes, offset)
    let isManifest = !ServedRoots.isKustomization(path) && Path.lastPart(path) != ProjectFile.name
    var (target, isPatch): (PatchTarget?, Bool)
    if let block = cursor.block {
      guard !isManifest, let file = parsed(path), let tree = file.tree,
        let root = tree.documents.first?.root,
        let patch = InlinePatch.places(in: tree, root).first(where: {
          block.touches(tree[$0.node].range.lowerBound)
        })
      else { return isManifest ? ([], cursor.word) : nil }
      (target, isPatch) = (patch.target, true)
    } else if isManifest {
      (target, isPatch) = patchEntry(for: path)
    } else {
      return nil
    }
    return (candidates(cursor, target, isPatch: isPatch, of: path), cursor.word)
  }

  /// What may stand at a place of an inline patch that is written in quotes, on one line and without escapes.
  ///
  /// - Returns: nil where no such patch is.
  mutating func quotedPatchCandidates(
    _ offset: Int, of path: String
  ) -> (found: [Candidate], word: Range<Int>)? {
    guard ServedRoots.isKustomization(path), let file = parsed(path), let tree = file.tree,
      let root = tree.documents.first?.root
    else { return nil }
    for (node, target) in InlinePatch.places(in: tree, root) {
      guard case .scalar(.singleQuoted, .source(let range)) = tree[node].content,
        range.touches(offset)
      else { continue }
      let (bytes, place) = (Array(file.lines.bytes[range]), offset - range.lowerBound)
      let form = BlockForm(bytes, place)
      let cursor = ManifestCursor(form?.bytes ?? bytes, form?.offset ?? place)
      return (
        candidates(cursor, target, isPatch: true, of: path),
        cursor.word.moved(by: offset - (form?.offset ?? place))
      )
    }
    return nil
  }

  /// Whether kustomizations name a file as a patch, and what for.
  private mutating func patchEntry(for path: String) -> (target: PatchTarget?, isPatch: Bool) {
    let files = Set(texts: rootsAround(path).flatMap { served?.state(of: $0)?.filesRead ?? [] })
    var isPatch = false
    for user in files.sortedTexts where ServedRoots.isKustomization(user) {
      guard let file = parsed(user), let tree = file.tree, let root = tree.documents.first?.root
      else { continue }
      for link in file.links where PatchTarget.fields.contains(link.keys) {
        guard target(of: link, in: user).hasBytes(of: path) else { continue }
        isPatch = true
        if let target = PatchTarget(ofPath: link.node, root, in: tree) { return (target, true) }
      }
    }
    return (nil, isPatch)
  }

  private mutating func candidates(
    _ cursor: ManifestCursor, _ target: PatchTarget?, isPatch: Bool, of path: String
  ) -> [Candidate] {
    if cursor.isInRootList {
      return isPatch ? operationCandidates(cursor, target, of: path) : []
    }
    var context = ObjectContext(isPatch: isPatch)
    var level = 0
    // The objects of a list.
    if cursor.mappings[0]["kind"]?.ends(with: "List") == true, cursor.keys.first == "items",
      cursor.mappings.count > 1
    {
      level = 1
    }
    let root = cursor.mappings[level]
    // Of files for other programs nothing is known.
    let isObject = root.isEmpty || root["kind"] != nil || root["apiVersion"] != nil
    guard isObject || isPatch || served?.readers(of: path).isEmpty == false else { return [] }
    // Of the fields that are being typed the object says nothing.
    context.keys = Array(cursor.keys.dropFirst(level))
    context.kind = root["kind"].flatMap { $0.isEmpty ? nil : $0 } ?? target?.kind
    context.apiVersion = root["apiVersion"].flatMap { $0.isEmpty ? nil : $0 }
    context.name = target?.name ?? cursor.objectName
    complete(&context, target, of: path)
    return candidates(cursor, context, of: path)
  }

  /// Finds the version of an object whose patch does not name it.
  private mutating func complete(
    _ context: inout ObjectContext, _ target: PatchTarget?, of path: String
  ) {
    defer { addDefinitions(to: &context, around: path) }
    guard let kind = context.kind, context.apiVersion == nil, context.isPatch || target != nil
    else { return }
    if let version = target?.version {
      context.apiVersion = target?.group.map { "\($0)/\(version)" } ?? version
      if facts?.knows(apiVersion: context.apiVersion ?? "", kind: kind) == true { return }
    }
    let objects = targets(of: context, around: path)
    context.apiVersion =
      objects.lazy.compactMap(\.apiVersion).first ?? facts?.apiVersions(ofKind: kind).first
  }

  /// Adds the custom kinds that the files of the roots around one define, if the object may be of one of them.
  private mutating func addDefinitions(to context: inout ObjectContext, around path: String) {
    guard let kind = context.kind, let apiVersion = context.apiVersion,
      facts?.knows(apiVersion: apiVersion, kind: kind) == false
    else { return }
    let objects = index(of: rootsAround(path)).objects
    let definitions = objects.filter { $0.kind == "CustomResourceDefinition" }
    for file in Set(texts: definitions.map(\.path)).sortedTexts {
      guard let bytes = lines(of: file)?.bytes else { continue }
      if knowledge.definitions[file]?.bytes != bytes {
        var kinds = CustomDefinitions()
        for resource in (try? Rendering(manifest: bytes, displayPath: file))?.resources ?? [] {
          kinds.add(definition: resource.root, in: resource.tree)
        }
        knowledge.definitions[file] = (bytes, kinds)
      }
      if let known = knowledge.definitions[file] { context.definitions.add(known.kinds) }
    }
  }

  private func fields(at place: ObjectPlace, _ context: ObjectContext) -> [FieldFacts] {
    served?.project.schemas.fields(at: place, context.definitions) ?? []
  }

  private func field(at place: ObjectPlace, _ context: ObjectContext) -> FieldFacts? {
    served?.project.schemas.field(at: place, context.definitions)
  }

  /// The objects that a patch may be for: those of its kind and name, or else of its kind.
  private mutating func targets(
    of context: ObjectContext, around path: String
  ) -> [WrittenObject] {
    guard let kind = context.kind else { return [] }
    let index = index(of: rootsAround(path))
    let all = index.objects.filter { $0.kind == kind && !index.isPatch($0) }
    guard let name = context.name else { return all }
    let named = all.filter { $0.name == name }
    return named.isEmpty ? all : named
  }

  var facts: KubernetesFacts? { served?.project.schemas.facts }

  private func place(_ context: ObjectContext) -> ObjectPlace? {
    guard let apiVersion = context.apiVersion, let kind = context.kind else { return nil }
    return ObjectPlace(apiVersion: apiVersion, kind: kind, keys: context.keys)
  }

  private mutating func candidates(
    _ cursor: ManifestCursor, _ context: ObjectContext, of path: String
  ) -> [Candidate] {
    var found: [Candidate] = []
    if cursor.isValue || cursor.isItem { found = values(cursor, context, of: path) }
    if !cursor.isValue {
      found += keys(cursor, context, of: path)
      found += fields(cursor, context)
    }
    return Self.numbered(found)
  }

  /// Clients sort by label where nothing else is said.
  private static func numbered(_ candidates: [Candidate]) -> [Candidate] {
    candidates.enumerated().map { number, candidate in
      var candidate = candidate
      candidate.order = number
      return candidate
    }
  }

  // MARK: - Fields

  /// The keys of the data that a patch changes.
  private mutating func keys(
    _ cursor: ManifestCursor, _ context: ObjectContext, of path: String
  ) -> [Candidate] {
    let siblings = cursor.mappings.last ?? [:]
    let keys = patchedKeyNames(context, typed: cursor.text, around: path)
    return keys.filter { siblings[$0] == nil }.map { key in
      let text = cursor.isQuoted ? key : Self.plainText(key)
      return Candidate(
        label: key, kind: .field, text: Self.text(text, isScalar: true, cursor), type: "string")
    }
  }

  /// What every object has, in the order in which it is written.
  private static let rootFields = [
    ("apiVersion", "string"), ("kind", "string"), ("metadata", "mapping"),
  ]

  private func fields(_ cursor: ManifestCursor, _ context: ObjectContext) -> [Candidate] {
    let siblings = cursor.mappings.last ?? [:]
    let known = place(context).map { fields(at: $0, context) } ?? []
    var found: [Candidate] = []
    if context.keys.isEmpty {
      found = Self.rootFields.map { name, type in
        let isScalar = type == "string"
        return Candidate(
          label: name, kind: .field, text: Self.text(name, isScalar: isScalar, cursor),
          type: "\(type), required")
      }
    }
    let names = found.map(\.label)
    found += known.filter { !names.contains($0.name) && !Self.isWrittenByCluster($0, context.keys) }
      .map { candidate($0, cursor) }
    if context.isPatch, !context.keys.isEmpty {
      found.append(
        Candidate(
          label: "$patch", kind: .field, text: Self.text("$patch", isScalar: true, cursor),
          type: "directive"))
    }
    return found.filter { siblings[$0.label] == nil }
  }

  private static let clusterMetadata: Set<String> = [
    "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation",
    "managedFields", "resourceVersion", "selfLink", "uid",
  ]

  /// Whether nobody writes a field in a file.
  private static func isWrittenByCluster(_ field: FieldFacts, _ keys: [String]) -> Bool {
    keys.isEmpty && field.name == "status"
      || keys.last == "metadata" && clusterMetadata.contains(field.name)
  }

  private func candidate(_ field: FieldFacts, _ cursor: ManifestCursor) -> Candidate {
    Candidate(
      label: field.name, kind: .field, detail: details(of: field) { $0 },
      text: Self.text(field.name, isScalar: field.shape == .scalar, cursor),
      type: field.isRequired ? "\(field.type), required" : field.type)
  }

  private static func text(_ name: String, isScalar: Bool, _ cursor: ManifestCursor) -> String {
    cursor.hasColon || cursor.isQuoted ? name : isScalar ? "\(name): " : "\(name):"
  }

  /// What more is known of a field than its type.
  ///
  /// - Parameter shown: words of files as the client shows them.
  private func details(of field: FieldFacts, _ shown: (String) -> String) -> String? {
    var parts: [String] = []
    if field.values.count > 0, field.values != ["true", "false"] {
      parts.append("One of \(field.values.map(shown).joined(separator: ", ")).")
    }
    if !field.listKeys.isEmpty {
      let keys = field.listKeys.map(shown).joined(separator: " and ")
      parts.append("Elements are told apart by \(keys).")
    }
    if let versions = field.versions { parts.append("Kubernetes has this field \(versions).") }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  // MARK: - Values

  private mutating func values(
    _ cursor: ManifestCursor, _ context: ObjectContext, of path: String
  ) -> [Candidate] {
    func words(_ texts: [String]) -> [Candidate] {
      texts.map { Candidate(label: $0, kind: .value, text: cursor.needsSpace ? " \($0)" : nil) }
    }
    guard cursor.isValue, let key = context.keys.last else {
      // An element of a list of words.
      let field = place(context).flatMap { self.field(at: $0, context) }
      return field?.shape == .list ? words(field?.values ?? []) : []
    }
    switch context.keys {
    case ["kind"]:
      return words(facts?.kinds(ofAPIVersion: cursor.mappings.first?["apiVersion"]) ?? [])
    case ["apiVersion"]: return words(facts?.apiVersions(ofKind: context.kind) ?? [])
    case ["metadata", "name"] where context.isPatch:
      return objectNames(around: path) { $0.kind == context.kind }
    default: break
    }
    if let keys = askedKeyCandidates(cursor, context, of: path) { return keys }
    if key == "$patch", context.isPatch { return words(["delete", "replace", "merge"]) }
    if let kind = context.kind {
      let targets = knowledge.nameFields.targets(ofKind: kind, at: context.keys)
      if !targets.isEmpty { return objectNames(around: path) { targets.contains($0.kind) } }
    }
    guard let place = place(context) else { return [] }
    let parent = ObjectPlace(
      apiVersion: place.apiVersion, kind: place.kind, keys: Array(place.keys.dropLast()))
    if context.isPatch, field(at: parent, context)?.listKeys.contains(key) == true {
      // What is in the patch already is not changed twice.
      let others = cursor.otherItems.filter { $0.key == key }.map(\.text)
      return words(texts(at: context, around: path).filter { !others.contains($0) })
    }
    return words(field(at: place, context)?.values ?? [])
  }

  /// The texts that the objects which a patch may change have in a field, each once.
  private mutating func texts(at context: ObjectContext, around path: String) -> [String] {
    var found: [String] = []
    for (tree, node) in nodes(at: context.keys, of: context, around: path) {
      if let text = tree.text(of: node), !text.isEmpty, !found.contains(text) { found.append(text) }
    }
    return found
  }

  /// More objects would not be looked through while somebody types.
  private static let mostTargets = 100

  private mutating func nodes(
    at keys: [String], of context: ObjectContext, around path: String
  ) -> [(SyntaxTree, SyntaxNode.ID)] {
    var found: [(SyntaxTree, SyntaxNode.ID)] = []
    for target in targets(of: context, around: path).prefix(Self.mostTargets) {
      guard let root = target.root, let tree = parsed(target.path)?.tree else { continue }
      found += tree.nodes(at: keys, below: root).map { (tree, $0) }
    }
    return found
  }

  // MARK: - JSON patches

  private static let operations = ["add", "copy", "move", "remove", "replace", "test"]

  private mutating func operationCandidates(
    _ cursor: ManifestCursor, _ target: PatchTarget?, of path: String
  ) -> [Candidate] {
    let operation = cursor.mappings[0]
    guard let key = cursor.keys.first else {
      var names = ["op", "path"]
      let isCopy = ["copy", "move"].contains(operation["op"])
      if isCopy { names.append("from") }
      if !isCopy, operation["op"] != "remove" { names.append("value") }
      return Self.numbered(
        names.filter { operation[$0] == nil }.map { name in
          Candidate(
            label: name, kind: .field, text: Self.text(name, isScalar: true, cursor),
            type: name == "value" ? "any value" : "string, required")
        })
    }
    if cursor.keys == ["op"] {
      return Self.operations.map {
        Candidate(label: $0, kind: .value, text: cursor.needsSpace ? " \($0)" : nil)
      }
    }
    var context = ObjectContext(kind: target?.kind, name: target?.name, isPatch: true)
    complete(&context, target, of: path)
    if cursor.keys == ["path"] || cursor.keys == ["from"] {
      return Self.numbered(pointers(cursor, context, of: path))
    }
    guard key == "value", let pointer = operation["path"] else { return [] }
    context.keys = PatchPointer.keys(pointer) + cursor.keys.dropFirst()
    return candidates(cursor, context, of: path)
  }

  /// How a path may go on: by the fields of the kind, and by what the object has.
  private mutating func pointers(
    _ cursor: ManifestCursor, _ context: ObjectContext, of path: String
  ) -> [Candidate] {
    let stem = cursor.text.cut(atLast: "/").map { "\($0.before)/" } ?? "/"
    let steps = PatchPointer.steps(stem.dropLast())
    var context = context
    context.keys = PatchPointer.keys(stem.dropLast())
    guard let place = place(context) else { return [] }
    func candidate(_ name: String, _ type: String?, _ detail: String?) -> Candidate {
      let label = stem + PatchPointer.escaped(name)
      return Candidate(
        label: label, kind: .field, detail: detail, text: cursor.needsSpace ? " \(label)" : nil,
        type: type)
    }
    let holders = nodes(at: context.keys, of: context, around: path)
    let isElement = steps.last.map { PatchPointer.keys("/\($0)").isEmpty } ?? false
    if !isElement, field(at: place, context)?.shape == .list {
      let count = holders.map { $0.0.ownItems(of: $0.1).count }.max() ?? 0
      return (0..<count).map { candidate("\($0)", nil, nil) } + [candidate("-", "at the end", nil)]
    }
    let fields = fields(at: place, context).filter {
      !Self.isWrittenByCluster($0, context.keys)
    }
    var found = fields.map { candidate($0.name, $0.type, details(of: $0) { $0 }) }
    var names = Set(fields.map(\.name))
    for (tree, node) in holders {
      for item in [node] + tree.ownItems(of: node).map(\.value) {
        for entry in tree.ownEntries(of: item) {
          guard let name = tree.text(of: entry.key), names.insert(name).inserted else { continue }
          found.append(candidate(name, nil, nil))
        }
      }
    }
    let typed = cursor.text.cut(atLast: "/").map { String($0.after) } ?? ""
    for name in patchedKeyNames(context, typed: typed, around: path)
    where names.insert(name).inserted {
      found.append(candidate(name, nil, nil))
    }
    return found
  }

  // MARK: - Hover

  /// What is known of the field at a place of a manifest or of a patch.
  mutating func fieldDocumentation(
    _ place: SyntaxPlace, in tree: SyntaxTree, _ patch: InlinePatch?, of path: String
  ) -> String? {
    guard let field = fieldFacts(place, in: tree, patch, of: path) else { return nil }
    let type = field.isRequired ? "\(field.type), required" : field.type
    return "\(code(field.name)): \(type)." + (details(of: field, code).map { " \($0)" } ?? "")
  }

  private mutating func fieldFacts(
    _ place: SyntaxPlace, in tree: SyntaxTree, _ patch: InlinePatch?, of path: String
  ) -> FieldFacts? {
    let (target, isPatch) = patch.map { ($0.target, true) } ?? patchEntry(for: path)
    var context = ObjectContext(
      kind: target?.kind, name: target?.name, keys: place.keys, isPatch: isPatch)
    if tree.ownItems(of: place.root).isEmpty {
      var root = place.root
      if tree.text("kind", of: root)?.ends(with: "List") == true, place.keys.first == "items",
        let object = place.around.dropFirst().first(where: { tree.entry("kind", of: $0) != nil })
      {
        root = object
        context.keys.removeFirst()
      }
      context.kind = tree.text("kind", of: root) ?? context.kind
      context.apiVersion = tree.text("apiVersion", of: root)
    } else {
      guard isPatch, let key = place.keys.first, key == "path" || key == "value",
        let operation = place.around.first(where: { tree.entry("path", of: $0) != nil }),
        let pointer = tree.text("path", of: operation)
      else { return nil }
      context.keys = PatchPointer.keys(pointer) + place.keys.dropFirst()
    }
    complete(&context, target, of: path)
    return self.place(context).flatMap { self.field(at: $0, context) }
  }
}

extension SyntaxTree {
  /// The values at some keys; elements of lists are gone through.
  fileprivate func nodes(at keys: [String], below root: SyntaxNode.ID) -> [SyntaxNode.ID] {
    var nodes = [root]
    for key in keys {
      nodes = nodes.flatMap { node in
        let items = ownItems(of: node)
        return items.isEmpty ? [node] : items.map(\.value)
      }.compactMap { entry(key, of: $0)?.value }
    }
    return nodes
  }
}
