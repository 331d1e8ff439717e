import LaminaEditing
import Testing

/// Random edits of kustomizations that are written in every style.
struct RandomEditTests {
  @Test(arguments: 0..<400)
  func changeNothingButWhatTheyAreAbout(seed: Int) throws {
    var text = RandomKustomization(seed: UInt64(seed))
    let bytes = text.make()
    var editor = try KustomizationEditor(bytes)
    for _ in 0..<4 {
      let before = editor
      let (name, lost, edit) = text.edit()
      do { try edit(&editor) } catch {
        Issue.record("\(name): \(error)\n\(String(decoding: editor.bytes, as: UTF8.self))")
        return
      }
      let (old, new) = (Self.lines(before.bytes), Self.lines(editor.bytes))
      let kept = Self.commonCount(old, new)
      #expect(
        old.count - kept <= lost,
        "\(name)\n\(old.joined(separator: "\n"))\n=>\n\(new.joined(separator: "\n"))")
      if before.value == editor.value { #expect(before.bytes == editor.bytes, "\(name)") }
      var again = editor
      try edit(&again)
      #expect(again.bytes == editor.bytes, "\(name), twice")
      #expect(Self.hasReturns(before.bytes) == Self.hasReturns(editor.bytes), "\(name)")
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// All line breaks are of one kind in these texts.
  private static func hasReturns(_ bytes: [UInt8]) -> Bool? {
    let feeds = bytes.count { $0 == UInt8(ascii: "\n") }
    let returns = bytes.count { $0 == UInt8(ascii: "\r") }
    return feeds == 0 ? nil : returns == feeds ? true : returns == 0 ? false : nil
  }

  /// How many lines two texts have in common, in their order.
  private static func commonCount(_ a: [String], _ b: [String]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for line in a {
      var diagonal = 0
      for (index, other) in b.enumerated() {
        let above = row[index + 1]
        row[index + 1] = line == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[b.count]
  }
}

/// Makes kustomizations, and edits of them.
struct RandomKustomization {
  private var state: UInt64
  private var lineEnd = "\n"
  private var lines: [String] = []

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func number(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }

  private mutating func one(_ chances: Int) -> Bool { number(chances) == 0 }
  private mutating func pick<Element>(_ all: [Element]) -> Element { all[number(all.count)] }

  mutating func make() -> [UInt8] {
    lineEnd = one(4) ? "\r\n" : "\n"
    if one(3) { lines.append("# Copyright ü") }
    if one(5) { lines.append("--- # start") }
    var fields = [
      "namespace", "resources", "images", "replicas", "commonLabels", "patches", "labels",
    ]
    if !one(4) { fields.insert("kind", at: 0) }
    while !fields.isEmpty {
      let place = one(3) ? number(fields.count) : 0
      addGap()
      addField(fields.remove(at: place))
    }
    if one(4) { lines.append("# the end") }
    let isSecond = one(6)
    if isSecond { lines += ["---", "other: document # kept"] }
    var text = lines.joined(separator: lineEnd)
    if !one(5) { text += lineEnd }
    return Array(((one(6) ? "\u{FEFF}" : "") + text).utf8)
  }

  private mutating func addGap() {
    if one(3) { lines.append(one(2) ? "" : "   ") }
    if one(3) { lines.append("# about the next field") }
    if one(6) { lines.append("      # far right") }
  }

  private mutating func comment() -> String {
    pick(["", "", " # c", "   # {\"$x\": 1}", "\t# tab"])
  }

  private mutating func quoted(_ text: String) -> String {
    pick([text, text, "'\(text)'", "\"\(text)\""])
  }

  private mutating func addField(_ name: String) {
    let indent = pick(["", "  ", "    "])
    switch name {
    case "kind": lines.append("kind: Kustomization" + comment())
    case "namespace": lines.append("namespace: " + quoted("dev") + comment())
    case "resources": addList(name, ["a.yaml", "b.yaml", "../c"].map { quoted($0) }, indent)
    case "replicas": addMaps(name, [["name: web", "count: 2"]], indent)
    case "images":
      addMaps(
        name,
        [["name: app", "newTag: " + quoted("v1")], ["newName: x/web", "name: web"]], indent)
    case "commonLabels":
      if one(3) {
        lines.append("commonLabels: {app: x, tier: 'y'}" + comment())
      } else {
        lines += [
          "commonLabels:" + comment(), "  app: x" + comment(), "  # between", "  tier: \"y\"",
        ]
      }
    case "labels":
      lines += ["labels:", indent + "- pairs:", indent + "    a: b" + comment()]
    default:
      lines += [
        "patches:", indent + "- patch: |-", indent + "    # text", indent + "    - op: remove", "",
        indent + "      path: /x", indent + "  target: {kind: Pod}" + comment(),
      ]
    }
  }

  private mutating func addList(_ name: String, _ items: [String], _ indent: String) {
    if one(4) { return lines.append("\(name): [\(items.joined(separator: ", "))]" + comment()) }
    lines.append("\(name):" + comment())
    for item in items {
      if one(4) { lines.append(indent + "# about " + item) }
      lines.append(indent + "- " + item + comment())
    }
  }

  private mutating func addMaps(_ name: String, _ items: [[String]], _ indent: String) {
    let flow = items.map { "{\($0.joined(separator: ", "))}" }
    if one(5) { return lines.append("\(name): [\(flow.joined(separator: ", "))]" + comment()) }
    lines.append("\(name):" + comment())
    let isFlow = one(4)
    for (index, item) in items.enumerated() {
      if isFlow {
        lines.append(indent + "- " + flow[index] + comment())
      } else {
        for (number, entry) in item.enumerated() {
          if number > 0, one(4) { lines.append(indent + "  # inside") }
          lines.append(indent + (number == 0 ? "- " : "  ") + entry + comment())
        }
      }
    }
  }

  /// An edit with its name, and how many lines of the text it may change or remove.
  mutating func edit() -> (String, Int, (inout KustomizationEditor) throws -> Void) {
    let value = pick(["v2", "1.10", "on", "a: b", "it's", "\"q\"", "#x", "", "ü", "- x", "x, y"])
    switch number(10) {
    case 0: return ("namespace \(value)", 2, { try $0.setNamespace(value) })
    case 1: return ("prefix \(value)", 2, { try $0.setNamePrefix(value) })
    case 2:
      let image = ImageArgument(name: pick(["app", "web", "new"]), newTag: value)
      return ("image \(image)", 4, { try $0.setImages([image]) })
    case 3:
      let replica = ReplicaArgument(name: pick(["web", "new"]), count: Int64(number(9)))
      return ("replicas \(replica)", 1, { try $0.setReplicas([replica]) })
    case 4:
      let label = MetadataArgument(key: pick(["app", "n", "tier"]), value: value)
      return ("label \(label)", 1, { try $0.setMetadata([label], in: .labels) })
    case 5:
      let key = pick(["app", "tier"])
      return (
        "no label \(key)", 6,
        { try $0.removeMetadata([key], from: .labels, ignoresMissing: true) }
      )
    case 6:
      let path = pick(["a.yaml", "new.yaml", "x y.yaml"])
      return ("resource \(path)", 1, { try $0.addPaths([path], to: .resources) })
    case 7:
      let path = pick(["a.yaml", "b.yaml", "../c"])
      return ("no resource \(path)", 6, { try $0.removePaths(from: .resources) { $0 == path } })
    case 8:
      let patch = PatchArgument(patch: pick(["a: 1\n\nb: 2", "a: 1\n", "x"]))
      return ("patch", 1, { try $0.addPatch(patch) })
    default:
      let label = MetadataArgument(key: "n", value: value)
      return (
        "labels \(value)", 1,
        { try $0.addLabelsWithoutSelector([label], includesTemplates: false, overwrites: true) }
      )
    }
  }
}
