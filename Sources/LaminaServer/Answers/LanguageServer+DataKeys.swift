internal import Lamina
internal import LaminaSyntax

/// Where an object asks for a key of the data of a ConfigMap or a Secret, and says whose key it is:
///
///     configMapKeyRef: {name: settings, key: mode}
///     secret: {secretName: login, items: [{key: password, path: p}]}
struct DataKeyField {
  let kind: String
  /// The name of the object stands in the mapping of the key itself, or so many mappings above.
  let level: Int

  static let nameFields = ["name", "secretName"]

  /// - Parameter keys: from some place above down to that of the value; custom kinds have such fields anywhere.
  init?(_ keys: [String]) {
    guard keys.count > 1, keys.last == "key" else { return nil }
    switch keys[keys.count - 2] {
    case "configMapKeyRef": (kind, level) = (Self.configMap, 0)
    case "secretKeyRef": (kind, level) = (Self.secret, 0)
    case "items" where keys.count > 2:
      level = 1
      switch keys[keys.count - 3] {
      case "configMap": kind = Self.configMap
      case "secret": kind = Self.secret
      default: return nil
      }
    default: return nil
    }
  }

  static let (configMap, secret) = ("ConfigMap", "Secret")

  static let generators = [("configMapGenerator", configMap), ("secretGenerator", secret)]

  static func kind(ofGenerator field: String) -> String? {
    generators.first { $0.0 == field }?.1
  }

  /// The fields of an object that have keys; none for one of another kind.
  static func fields(ofKind kind: String?) -> [String] {
    switch kind {
    case configMap: ["data", "binaryData"]
    case secret: ["data", "stringData"]
    default: []
    }
  }
}

/// A key of the data of a ConfigMap or a Secret, as a file has it.
struct WrittenKey {
  let path: String
  let kind: String
  /// The name of the object.
  let object: String
  let key: String
  let range: Range<Int>
  /// An object or its generator gives it a value; others ask for that.
  let isDefinition: Bool

  func isSame(as other: WrittenKey) -> Bool {
    kind == other.kind && object.hasBytes(of: other.object) && key.hasBytes(of: other.key)
  }

  var place: FileRange { FileRange(path: path, range: range) }
}

extension LanguageServer {
  /// More roots are not asked. The last ones were built last, and their renderings are held the longest.
  private static let mostRootsWithKeys = 4

  /// What an object's data has in the roots around a file.
  private mutating func builtKeys(
    ofKind kind: String, _ name: String, around path: String
  ) -> [DataKey] {
    let cancellation = cancellation
    return rootsAround(path).suffix(Self.mostRootsWithKeys).flatMap { root in
      let rendering = try? served?.rendering(of: root, cancellation: cancellation)
      return rendering?.dataKeys(ofKind: kind, name: name) ?? []
    }
  }

  /// The keys that an object may be asked for: those that are rendered, and those that files have, since what is being
  /// typed may keep a root from rendering or an object from having any: `data:` without a value removes all.
  private mutating func keyNames(
    ofKind kind: String, _ name: String?, around path: String
  ) -> [String] {
    guard let name, !name.isEmpty else { return [] }
    var names = Set(texts: builtKeys(ofKind: kind, name, around: path).map(\.name))
    let index = index(of: rootsAround(path))
    for key in index.keys
    where key.isDefinition && key.kind == kind && key.object.hasBytes(of: name) {
      names.insert(key.key)
    }
    for generator in index.definitions([kind], name) where generator.isGenerated {
      names.formUnion(texts: envKeys(of: generator))
    }
    names.remove("")
    return names.sortedTexts
  }

  /// The keys in the env files of a generator.
  private mutating func envKeys(of generator: WrittenObject) -> [String] {
    guard let file = parsed(generator.path), let tree = file.tree else { return [] }
    return file.links.flatMap { link -> [String] in
      guard link.keys.last == "envs" || link.keys.last == "env",
        generator.range.contains(tree[link.node].range.lowerBound),
        let bytes = target(of: link, in: generator.path).flatMap({ lines(of: $0)?.bytes })
      else { return [] }
      return EnvFile.keys(bytes)
    }
  }

  // MARK: - Completion

  /// The keys that may stand at a place of an object that asks for one; nil at any other place.
  mutating func askedKeyCandidates(
    _ cursor: ManifestCursor, _ context: ObjectContext, of path: String
  ) -> [Candidate]? {
    guard let field = DataKeyField(context.keys) else { return nil }
    let level = cursor.mappings.count - 1 - field.level
    guard cursor.mappings.indices.contains(level) else { return [] }
    let holder = cursor.mappings[level]
    let name = DataKeyField.nameFields.lazy.compactMap { holder[ByteText($0)] }.first
    let others = Set(texts: cursor.otherItems.filter { $0.key == "key" }.map(\.text))
    return keyNames(ofKind: field.kind, name, around: path).filter { !others.contains($0) }
      .map { key in
        let text = cursor.isQuoted ? key : Self.plainText(key)
        return Candidate(
          label: key, kind: .reference, detail: "\(field.kind) \(name ?? "")",
          text: cursor.needsSpace ? " \(text)" : text)
      }
  }

  /// The keys that a patch may change, at the data of a ConfigMap or a Secret.
  ///
  /// - Parameter typed: the word at the cursor, which the patch adds to the data by itself.
  mutating func patchedKeyNames(
    _ context: ObjectContext, typed: String, around path: String
  ) -> [String] {
    guard context.isPatch, let kind = context.kind, context.keys.count == 1,
      DataKeyField.fields(ofKind: kind).contains(context.keys[0])
    else { return [] }
    return keyNames(ofKind: kind, context.name, around: path).filter { !$0.hasBytes(of: typed) }
  }

  /// The keys that a generator may write anew, at a literal of one that changes what another layer generates.
  mutating func literalCandidates(
    _ lines: TextLines, _ offset: Int, of path: String
  ) -> (found: [Candidate], word: Range<Int>)? {
    guard ServedRoots.isKustomization(path) else { return nil }
    let cursor = ManifestCursor(lines.bytes, offset)
    guard cursor.block == nil, cursor.isItem, cursor.keys.count == 2, cursor.keys[1] == "literals",
      let kind = DataKeyField.kind(ofGenerator: cursor.keys[0]), cursor.mappings.count == 3
    else { return nil }
    let generator = cursor.mappings[1]
    guard ["merge", "replace"].contains(generator["behavior"]), !cursor.text.contains("=") else {
      return ([], cursor.word)
    }
    let name = generator["name"]
    return (
      keyNames(ofKind: kind, name, around: path).map { key in
        Candidate(label: "\(key)=", kind: .reference, detail: "\(kind) \(name ?? "")")
      }, cursor.word
    )
  }

  /// A key as it is written without quotes around it, or with them, where YAML would take it for something else.
  static func plainText(_ key: String) -> String {
    let bytes = Array(key.utf8)
    let isPlain = PlainScalar.isString(bytes.span) && PlainScalar.allowsPlain(bytes.span)
    return isPlain ? key : "\"\(key)\""
  }

  // MARK: - Navigation

  /// The places that give the key at a byte its value; nil where no key is.
  mutating func keyDefinitions(
    at offset: Int, of file: ParsedFile, _ path: String
  ) -> [FileRange]? {
    guard let key = file.keys.first(where: { $0.range.touches(offset) }) else { return nil }
    var places = index(of: rootsAround(path)).keys.filter {
      $0.isDefinition && $0.isSame(as: key)
    }.map(\.place)
    // What no reader of objects sees: lines of env files, whole files, operations of JSON patches.
    for built in builtKeys(ofKind: key.kind, key.object, around: path)
    where built.name.hasBytes(of: key.key) {
      guard let place = built.location.flatMap({ place(of: $0) }),
        !places.contains(where: { isOnLine(of: place, $0) })
      else { continue }
      places.append(place)
    }
    return places
  }

  private func place(of location: Diagnostic.Location) -> FileRange? {
    guard let path = try? served?.session.files.resolve(Path.clean(location.file)).path,
      let offset = lines(of: path)?.offset(of: location)
    else { return nil }
    return FileRange(path: path, range: offset..<offset)
  }

  private func isOnLine(of place: FileRange, _ other: FileRange) -> Bool {
    guard place.path.hasBytes(of: other.path), let lines = lines(of: place.path) else {
      return false
    }
    return lines.place(of: place.range.lowerBound).line
      == lines.place(of: other.range.lowerBound).line
  }

  /// All places that write the key at a byte; nil where no key is.
  mutating func keyMentions(
    at offset: Int, of file: ParsedFile, _ path: String, withDefinitions: Bool
  ) -> [FileRange]? {
    guard let key = file.keys.first(where: { $0.range.touches(offset) }) else { return nil }
    return index(of: rootsAround(path)).keys.filter {
      $0.isSame(as: key) && (withDefinitions || !$0.isDefinition)
    }.map(\.place)
  }
}
