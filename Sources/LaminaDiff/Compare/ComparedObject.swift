internal import Lamina

/// A resource's values, and its YAML, with secrets masked.
struct ComparedObject {
  let value: ComparedValue
  let yaml: [UInt8]
  /// Where secrets are, and which.
  fileprivate let secrets: [[FieldStep]: ComparedValue.Secret]

  var secretCount: Int { secrets.count }
}

/// Reads resources to compare them, and masks their secrets.
///
/// Masked are the values of `data` and `stringData` of every object of the kind `Secret`, wherever it
/// stands, and what `kubectl apply` has noted of them in an annotation. A value that is no text is
/// masked as a whole, and so is `data` itself where it is no mapping. Where replacements or vars of a build copied such
/// a value, the copy is masked as well, and so are the data of an object that was a Secret in the build or on the other
/// side, and what equals a value of a Secret of either side (`KnownSecrets`).
struct ObjectComparer {
  static let appliedConfiguration = "kubectl.kubernetes.io/last-applied-configuration"

  /// That of the rendering whose resource is being read, and that of the other side.
  private var readers: [ObjectReader] = []
  private let showsSecrets: Bool
  /// In the YAML, secrets are told apart by hashes that are made with this key; nil tells their lengths.
  var secretKey: [UInt8]?
  /// What is compared with a golden file is compared as it stands there: masks with masks.
  var masks: SecretMask?
  /// The values of the Secrets of both sides, where copies of them are masked.
  private var known = KnownSecrets()
  private var numbers: [ByteText: Int] = [:]
  /// How the values of secrets stood in what was read.
  private(set) var kept: [SecretMask.Kind: Int] = [:]
  /// The way to the value that is being read.
  private var path: [FieldStep] = []
  private var found:
    [(path: [FieldStep], node: ObjectReader.Node, ComparedValue.Secret, text: String)] = []
  /// Keys of the resource that is being read which are not shown, with what stands for them.
  private var keys: [(node: ObjectReader.Node, words: String)] = []

  init(showsSecrets: Bool) { self.showsSecrets = showsSecrets }

  /// Reads one resource.
  ///
  /// - Parameter old: what the resource was before. A secret that is another one than there and has
  ///   the same length is told to be changed in the YAML, which otherwise would look the same.
  mutating func object(
    _ resource: RenderedResource, after old: ComparedObject? = nil
  ) throws(Diagnostic) -> ComparedObject {
    defer { (found, keys) = ([], []) }
    chooseReader(for: resource)
    let yaml = resource.yaml
    let root = reader.root(of: resource)
    let value = value(of: root)
    if found.isEmpty { return ComparedObject(value: value, yaml: Array(yaml), secrets: [:]) }
    var secrets: [[FieldStep]: ComparedValue.Secret] = [:]
    for (path, node, secret, text) in found {
      secrets[path] = secret
      let before = old?.secrets[path]
      let isChanged = before.map { $0.number != secret.number } ?? false
      let words =
        masks?.words(text, byteCount: secret.byteCount)
        ?? secretKey.map { SecretMask.hashed(key: $0).words(text, byteCount: secret.byteCount) }
      reader.replace(node, with: words ?? Self.words(secret, isChanged: isChanged))
    }
    for key in keys { reader.replaceKey(of: key.node, with: key.words) }
    return ComparedObject(value: value, yaml: try reader.yaml(of: root), secrets: secrets)
  }

  /// Takes note of the values of a resource that are secret, to mask what equals them elsewhere.
  mutating func learnSecrets(of resource: RenderedResource) {
    chooseReader(for: resource)
    _ = value(of: reader.root(of: resource))
    for secret in found { known.insert(secret.text) }
    (found, keys) = ([], [])
  }

  private var reader: ObjectReader {
    get { readers[0] }
    _modify { yield &readers[0] }
  }

  /// Puts the reader of a resource's rendering first. A comparison has two.
  private mutating func chooseReader(for resource: RenderedResource) {
    if let place = readers.firstIndex(where: { $0.reads(resource) }) {
      if place > 0 { readers.swapAt(0, place) }
    } else {
      readers.insert(ObjectReader(for: resource), at: 0)
    }
  }

  private static func words(_ secret: ComparedValue.Secret, isChanged: Bool) -> String {
    let count = secret.byteCount == 1 ? "1 byte" : "\(secret.byteCount) bytes"
    return "(secret, \(count)\(isChanged ? ", changed" : ""))"
  }

  // MARK: - Values

  private mutating func value(of node: ObjectReader.Node) -> ComparedValue {
    let kind = reader.kind(of: node)
    if !showsSecrets, kind != .mapping, kind != .list, reader.isCopiedSecret(node) {
      return masked(node, isBase64: false)
    }
    switch kind {
    case .null: return .null
    case .bool: return .bool(reader.text(of: node).begins(with: "t"))
    case .number: return .number(ByteText(reader.text(of: node)))
    case .string:
      let text = reader.text(of: node)
      if !showsSecrets, known.holds(text, at: path) { return masked(node, isBase64: false) }
      return .string(ByteText(text))
    case .list:
      let keys = reader.mergeKeys(of: node)
      var elements: [ComparedValue] = []
      for (index, element) in reader.elements(of: node).enumerated() {
        path.append(.index(index))
        elements.append(value(of: element))
        path.removeLast()
      }
      return .list(ComparedValue.List(elements: elements, mergeKeys: keys))
    case .mapping:
      let entries = reader.entries(of: node)
      let isSecret = !showsSecrets && isSecret(entries)
      return mapping(entries) { (comparer, key, node) in
        guard isSecret else { return comparer.value(of: node) }
        switch key {
        case "data": return comparer.maskedData(node, isBase64: true)
        case "stringData": return comparer.maskedData(node, isBase64: false)
        case "metadata": return comparer.metadataOfSecret(node)
        default: return comparer.value(of: node)
        }
      }
    }
  }

  private mutating func mapping(
    _ entries: [(key: String, value: ObjectReader.Node)],
    _ value: (inout Self, String, ObjectReader.Node) -> ComparedValue
  ) -> ComparedValue {
    var values: [ComparedValue.Entry] = []
    values.reserveCapacity(entries.count)
    for (key, node) in entries {
      path.append(.key(key))
      let value = value(&self, key, node)
      path.removeLast()
      values.append(ComparedValue.Entry(key: ByteText(key), value: value))
    }
    return .mapping(values.sorted { $0.key < $1.key })
  }

  // MARK: - Secrets

  private func isSecret(_ entries: [(key: String, value: ObjectReader.Node)]) -> Bool {
    entries.contains {
      $0.key == "kind" && reader.kind(of: $0.value) == .string
        && reader.text(of: $0.value) == "Secret"
    }
  }

  private mutating func maskedData(
    _ node: ObjectReader.Node, isBase64: Bool
  ) -> ComparedValue {
    switch reader.kind(of: node) {
    case .null: return .null
    case .mapping:
      let entries = reader.entries(of: node).map { (key: shown($0.key, of: $0.value), $0.value) }
      return mapping(entries) { (comparer, _, value) in
        comparer.masked(value, isBase64: isBase64)
      }
    default: return masked(node, isBase64: isBase64)
    }
  }

  /// A key as it is shown. One that may be a part of a value is told by a number: among all that are compared, or, in
  /// what is kept in a file, among those of its object.
  private mutating func shown(_ key: String, of node: ObjectReader.Node) -> String {
    guard reader.hasSecretKey(node) else { return key }
    let text = "\u{0}\(key)"
    let number = masks == nil ? numbers[ByteText(text), default: numbers.count] : keys.count
    if masks == nil { numbers[ByteText(text)] = number }
    let words = "(secret key \(number + 1))"
    keys.append((node, words))
    return words
  }

  private mutating func metadataOfSecret(
    _ node: ObjectReader.Node
  ) -> ComparedValue {
    guard reader.kind(of: node) == .mapping else { return value(of: node) }
    return mapping(reader.entries(of: node)) { (comparer, key, value) in
      guard key == "annotations", comparer.reader.kind(of: value) == .mapping else {
        return comparer.value(of: value)
      }
      return comparer.mapping(comparer.reader.entries(of: value)) {
        (comparer, key, value) in
        key == Self.appliedConfiguration
          ? comparer.masked(value, isBase64: false) : comparer.value(of: value)
      }
    }
  }

  /// That there is nothing is no secret.
  private mutating func masked(
    _ node: ObjectReader.Node, isBase64: Bool
  ) -> ComparedValue {
    let kind = reader.kind(of: node)
    if kind == .null { return .null }
    let text = content(of: node)
    if let masks, kind == .string, let mask = SecretMask.Kind(text) {
      // A golden file holds masks already.
      kept[mask, default: 0] += 1
      return .string(ByteText(masks == .uniform ? masks.words(text, byteCount: 0) : text))
    }
    kept[.value, default: 0] += 1
    let number = numbers[ByteText(text), default: numbers.count]
    numbers[ByteText(text)] = number
    let decoded = isBase64 && kind == .string ? ObjectReader.decodedCount(ofBase64: text) : nil
    let secret = ComparedValue.Secret(
      number: number, byteCount: decoded ?? text.utf8.count { $0 != 0 })
    found.append((path, node, secret, text))
    if let masks { return .string(ByteText(masks.words(text, byteCount: secret.byteCount))) }
    return .secret(secret)
  }

  /// A text that is the same for equal values only.
  private mutating func content(of node: ObjectReader.Node) -> String {
    switch reader.kind(of: node) {
    case .string: return reader.text(of: node)
    case .null: return "null"
    case .bool, .number: return reader.text(of: node) + "\u{0}"
    case .list:
      var texts: [String] = []
      for element in reader.elements(of: node) { texts.append(content(of: element)) }
      return "[\(texts.joined(separator: ",\u{0}"))]"
    case .mapping:
      var texts: [String] = []
      for (key, value) in reader.entries(of: node) {
        texts.append("\(key):\u{0}\(content(of: value))")
      }
      return "{\(texts.joined(separator: ",\u{0}"))}"
    }
  }
}
