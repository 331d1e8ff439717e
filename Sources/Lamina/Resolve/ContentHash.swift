/// The hash of a generated object's content, which its name ends with.
///
/// A change of the content so makes a new object, and whatever refers to it is rolled out
/// (hasher/hasher.go).
enum ContentHash {
  /// Ten letters and digits.
  static func suffix(
    of resource: Resource, _ nodeHash: inout NodeHash, _ workspace: inout Workspace
  ) throws(Problem) -> String {
    let json =
      switch resource.id.type.kind {
      case .configMap: try configMap(resource.root, &workspace.tree)
      case .secret: try secret(resource.root, &workspace.tree)
      default: try nodeHash.text(of: resource, &workspace)
      }
    return letters(SHA256.hash(json.span))
  }

  private static func configMap(_ root: NodeID, _ tree: inout Tree) throws(Problem) -> [UInt8] {
    var json = [UInt8(ascii: "{")]
    if isMapping(.binaryData, of: root, tree) {
      try appendMember("\"binaryData\":", tree.field(.binaryData, of: root), &tree, &json)
      json.append(UInt8(ascii: ","))
    }
    try appendMember("\"data\":", tree.field(.data, of: root), &tree, &json)
    json.append(word: ",\"kind\":\"ConfigMap\",")
    json.append(word: emptyName)
    json.append(UInt8(ascii: "}"))
    return json
  }

  private static func secret(_ root: NodeID, _ tree: inout Tree) throws(Problem) -> [UInt8] {
    var json = [UInt8(ascii: "{")]
    try appendMember("\"data\":", tree.field(.data, of: root), &tree, &json)
    json.append(word: ",\"kind\":\"Secret\",")
    json.append(word: emptyName)
    if isMapping(.stringData, of: root, tree) {
      json.append(UInt8(ascii: ","))
      try appendMember("\"stringData\":", tree.field(.stringData, of: root), &tree, &json)
    }
    json.append(UInt8(ascii: ","))
    try appendMember("\"type\":", tree.field(.type, of: root), &tree, &json)
    json.append(UInt8(ascii: "}"))
    return json
  }

  private static func isMapping(_ field: Symbol, of root: NodeID, _ tree: Tree) -> Bool {
    tree.field(field, of: root).map { tree.shape($0) == .mapping } ?? false
  }

  /// kustomize means to hash the name as well, but looks for a field that is called `metadata/name`,
  /// and finds none (hasher/hasher.go `getNodeValues`).
  private static let emptyName: StaticString = "\"name\":\"\""

  /// A missing value counts as an empty string, a scalar as its text, and a mapping as the JSON that
  /// its YAML becomes.
  private static func appendMember(
    _ key: StaticString, _ value: NodeID?, _ tree: inout Tree, _ json: inout [UInt8]
  ) throws(Problem) {
    json.append(word: key)
    guard let value else { return json.append(word: "\"\"") }
    guard tree.shape(value) != .scalar else {
      return tree.withText(value) { appendJSONString($0, to: &json) }
    }
    if holdsOnlyText(value, tree) {
      try JSONWriter.append(value, of: tree, to: &json)
    } else {
      let copy = try tree.copy(value, for: tree.position(value))
      try JSONTrip.marshal(copy, in: &tree)
      try JSONWriter.append(copy, of: tree, to: &json)
    }
  }

  /// What generators make needs no passes: it is text and stays that.
  private static func holdsOnlyText(_ mapping: NodeID, _ tree: Tree) -> Bool {
    tree.shape(mapping) == .mapping
      && tree.children(of: mapping).allSatisfy {
        tree.shape($0) == .scalar && tree.meaning(of: $0) == .string
          && !tree[$0].flags.contains(.folded)
      }
  }

  /// The first ten hexadecimal digits, with those replaced that could form words.
  private static func letters(_ hash: [UInt8]) -> String {
    let digits = Array("gh2k456789mbcdtf".utf8)
    var result: [UInt8] = []
    for byte in hash.prefix(5) {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }
}
