import Lamina
import LaminaEditing
import LaminaHost

/// `cfg tree`: objects below their directories or below their owners, and fields of them.
///
/// Source: kyaml/kio/tree.go.
enum ConfigTree {
  static let flags =
    ["name", "image", "replicas", "resources", "ports", "args", "command", "env", "all"].map {
      WordFlag($0, nil, .isSwitch, $0 == "all" ? "Print all of these." : "Print \($0).")
    } + [
      WordFlag("field", nil, .list, "Print this field; repeatable."),
      WordFlag(
        "graph-structure", nil,
        "owners or directory; by default owners, if an object has one."),
      WordFlag("include-local", nil, .isSwitch, "Also print objects for local use."),
      WordFlag("exclude-non-local", nil, .isSwitch, "Leave out all others."),
    ]

  static func run(_ call: CommandCall) throws {
    if call.words.count > 1 {
      throw CommandFailure("accepts at most 1 arg(s), received \(call.words.count)")
    }
    let flags = call.arguments
    let directory = call.words.first ?? "."
    let read =
      directory == "-"
      ? try ConfigObjects.standardInput().objects : try ConfigObjects.read(directory)
    let objects = ConfigCommands.local(read, flags)
    if objects.isEmpty { return }
    let root = directory == "-" ? "." : Path.clean(directory)
    var tree = ConfigTree.Builder(fields: try ConfigTreeField.all(flags))
    let structure = flags.text("graph-structure")
    let hasOwners = objects.contains { $0.metadata["ownerReferences"] != nil }
    if structure == "owners" || structure != "directory" && hasOwners {
      try tree.addOwners(objects)
      StandardOutput.print(tree.lines.text(root: "."))
    } else {
      try tree.addDirectories(objects.filter { !$0.kind.isEmpty }, root: root)
      StandardOutput.print(tree.lines.text(root: root))
    }
  }

  /// The lines of a tree that is made.
  private struct Builder {
    let fields: [ConfigTreeField]
    var lines = TreeLines()

    init(fields: [ConfigTreeField]) { self.fields = fields }

    // MARK: - Directories

    mutating func addDirectories(
      _ objects: [ConfigObject], root: String
    ) throws(CommandFailure) {
      var members: [ByteText: [ConfigObject]] = [:]
      for object in objects {
        let directory = object.path.isEmpty ? "." : Path.directory(object.path)
        members[directory, default: []].append(object)
      }
      var open: [(path: String, branch: Int)] = []
      for directory in members.keys.sortedTexts {
        while let last = open.last, !directory.begins(with: last.path + "/") { open.removeLast() }
        var branch = open.last?.branch ?? 0
        if directory != "." {
          let mark = EditedFile.absolute("\(root)/\(directory)/Krmfile")
          let isPackage = (try? DiskFileSystem().resolve(mark)) != nil
          let name = Path.lastPart(directory)
          branch = lines.add(isPackage ? "Pkg: \(name)" : name, to: branch)
          open.append((directory, branch))
        }
        for object in ConfigTree.sorted(members[directory] ?? []) {
          let file = object.path.isEmpty ? "." : Path.lastPart(object.path)
          _ = try add(object, as: file, to: branch)
        }
      }
    }

    // MARK: - Owners

    /// An object stands below the first of its owners, which must be there and in its namespace.
    mutating func addOwners(_ objects: [ConfigObject]) throws(CommandFailure) {
      let known = Dictionary(
        objects.enumerated().map { (ByteText(ConfigTree.name($0.element)), $0.offset) },
        uniquingKeysWith: { $1 })
      var owned: [Int?: [Int]] = [:]
      for (number, object) in objects.enumerated() {
        guard let owner = object.metadata["ownerReferences"]?.items.first else {
          owned[nil, default: []].append(number)
          continue
        }
        let name =
          "\(owner["kind"]?.text ?? "") \(object.namespace)/\(owner["name"]?.text ?? "")"
        guard let place = known[name] else {
          throw CommandFailure(
            "owner '\(name)' not found in input, but found as an owner of input objects",
            showsUsage: false)
        }
        owned[place, default: []].append(number)
      }
      var open: [(number: Int, branch: Int)] = []
      func push(_ numbers: [Int], below branch: Int) {
        let sorted = ConfigTree.sorted(numbers) { objects[$0] }
        open += sorted.reversed().map { ($0, branch) }
      }
      push(owned[nil] ?? [], below: 0)
      // Objects that own each other in a circle are not reached, as in kyaml.
      while let (number, branch) = open.popLast() {
        push(owned[number] ?? [], below: try add(objects[number], as: "Resource", to: branch))
      }
    }

    // MARK: - Objects

    /// Adds an object with its fields; returns its branch.
    private mutating func add(
      _ object: ConfigObject, as place: String, to branch: Int
    ) throws(CommandFailure) -> Int {
      let name = object.namespace.isEmpty ? object.name : "\(object.namespace)/\(object.name)"
      let leaf = lines.add("[\(place)]  \(object.kind) \(name)", to: branch)
      if fields.isEmpty { return leaf }
      let text = try ConfigText(object)
      var found: [ByteText: FoundField] = [:]
      for field in fields {
        for match in field.path.matches(in: object.value) {
          let value = text.lines(match)
          guard let list = field.list else {
            if found[field.name] == nil { found[field.name] = FoundField(value: value) }
            break
          }
          let item = match.items.joined(separator: "/")
          found[list, default: FoundField()].items[item, default: [:]][field.name] = value
        }
      }
      for (name, field) in FieldOrder.sorted(found) {
        guard field.value.isEmpty else {
          lines.add(Self.line(name, field.value), to: leaf)
          continue
        }
        let list = lines.add(name, to: leaf)
        for (number, item) in FieldOrder.sorted(field.items).enumerated() {
          let branch = lines.add("\(number)", to: list)
          for (name, value) in FieldOrder.sorted(item.value) {
            lines.add(Self.line(name, value), to: branch)
          }
        }
      }
      return leaf
    }

    private static func line(_ name: String, _ value: [String]) -> String {
      "\(name): \(value.joined(separator: "\n"))"
    }

    private struct FoundField {
      /// The value's lines; empty for a list.
      var value: [String] = []
      var items: [ByteText: [ByteText: [String]]] = [:]
    }
  }

  // MARK: - Order

  private static func name(_ object: ConfigObject) -> String {
    "\(object.kind) \(object.namespace)/\(object.name)"
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private static func sorted(_ objects: [ConfigObject]) -> [ConfigObject] {
    sorted(objects) { $0 }
  }

  /// In the order of file, namespace, name, kind and API version.
  private static func sorted<Element>(
    _ elements: [Element], _ object: (Element) -> ConfigObject
  ) -> [Element] {
    elements.map { element -> (keys: [[UInt8]], element: Element) in
      let object = object(element)
      let keys = [
        Path.lastPart(object.path), object.namespace, object.name, object.kind,
        object.value["apiVersion"]?.text ?? "",
      ]
      return (keys.map { Array($0.utf8) }, element)
    }.sorted {
      $0.keys.lexicographicallyPrecedes($1.keys) { $0.lexicographicallyPrecedes($1) }
    }.map(\.element)
  }
}

/// A field that the tree shows.
struct ConfigTreeField {
  let name: String
  /// The list that it stands in, where each item has a branch.
  let list: String?
  let path: ConfigPath

  static func all(_ flags: CommandArguments) throws(CommandFailure) -> [ConfigTreeField] {
    var result: [ConfigTreeField] = []
    for text in flags.texts("field") { result.append(try field(ConfigPath.parts(of: text))) }
    for name in ["name", "image", "command", "args", "env", "ports", "resources"]
    where isOn(name, flags) {
      for list in lists {
        let parts = list.parts(at: ".").map { String($0) } + ["[name=.*]", name]
        result.append(try field(parts))
      }
    }
    for name in ["replicas", "ports"] where isOn(name, flags) {
      result.append(try field(["spec", name]))
    }
    return result
  }

  private static func field(_ parts: [String]) throws(CommandFailure) -> ConfigTreeField {
    let name = parts.joined(separator: ".")
    let list = lists.first { name.begins(with: $0) }
    return ConfigTreeField(
      name: list == nil ? name : parts.last ?? name, list: list, path: try ConfigPath(parts))
  }

  private static let lists = [
    "spec.containers", "spec.template.spec.containers",
    "spec.jobTemplate.spec.template.spec.containers",
  ]

  private static func isOn(_ name: String, _ flags: CommandArguments) -> Bool {
    flags.has(name) ? flags.isOn(name) : flags.isOn("all")
  }
}

/// The order in which kyaml prints fields: known ones first (kyaml/yaml/order.go).
private enum FieldOrder {
  /// Those of the fields that a tree shows which may stand beside each other.
  private static let known = [
    "name", "namespace", "apiVersion", "kind", "metadata", "type", "labels", "annotations", "spec",
    "status", "stringData", "data", "binaryData", "replicas", "selector", "template", "containers",
    "image", "command", "args", "ports", "env", "resources", "port", "value",
  ]

  static func sorted<Value>(_ fields: [ByteText: Value]) -> [(key: String, value: Value)] {
    let ranks = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    return fields.map { (key: $0.key.string, value: $0.value) }.sorted { first, second in
      switch (ranks[first.key], ranks[second.key]) {
      case (let a?, let b?): a < b
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): first.key.precedes(second.key)
      }
    }
  }
}

/// Lines with branches drawn in front of them.
struct TreeLines {
  private struct Node {
    let text: String
    var children: [Int] = []
  }

  /// The first is the root.
  private var nodes = [Node(text: "")]

  /// Adds a line below another one; returns its number.
  @discardableResult
  mutating func add(_ text: String, to parent: Int) -> Int {
    nodes.append(Node(text: text))
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  func text(root: String) -> String {
    var lines = [root]
    var open = level(nodes[0].children, prefix: "")
    while let (node, prefix, isLast) = open.popLast() {
      let below = prefix + (isLast ? "    " : "│   ")
      let texts = nodes[node].text.parts(at: "\n", omittingEmptySubsequences: false)
      for (number, text) in texts.enumerated() {
        lines.append(number == 0 ? "\(prefix)\(isLast ? "└── " : "├── ")\(text)" : below + text)
      }
      open += level(nodes[node].children, prefix: below)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func level(
    _ children: [Int], prefix: String
  ) -> [(node: Int, prefix: String, isLast: Bool)] {
    children.reversed().map { ($0, prefix, $0 == children.last) }
  }
}
