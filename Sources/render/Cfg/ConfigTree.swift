import Lamina
import LaminaEditing

/// `cfg tree`: directories, their objects, and fields of these.
enum ConfigTree {
  static let flags =
    ["name", "image", "replicas", "resources", "ports", "args", "command", "env", "all"].map {
      WordFlag($0, nil, .isSwitch, $0 == "all" ? "Print all of these." : "Print \($0).")
    } + [
      WordFlag("field", nil, .texts, "Print this field; repeatable."),
      WordFlag("graph-structure", nil, "directory."),
      WordFlag("include-local", nil, .isSwitch, "Also print objects for local use."),
      WordFlag("exclude-non-local", nil, .isSwitch, "Leave out all others."),
    ]

  static func run(_ call: CommandCall) throws {
    let flags = call.arguments
    if flags.has("graph-structure"), flags.text("graph-structure") != "directory" {
      throw CommandFailure("--graph-structure: only directory is there", showsUsage: false)
    }
    let root = call.words.first ?? "."
    let objects = try ConfigObjects.read(root == "-" ? nil : root, isRecursive: true).filter {
      !$0.kind.isEmpty
        && ($0.isLocalConfig
          ? flags.isOn("include-local") || flags.isOn("exclude-non-local")
          : !flags.isOn("exclude-non-local"))
    }
    let fields = try ConfigTreeField.all(flags)
    var tree = TreeLines()
    var open: [(path: String, branch: Int)] = []
    for (directory, members) in packages(objects) {
      while let last = open.last, !isBelow(directory, last.path) { open.removeLast() }
      var branch = open.last?.branch ?? 0
      if directory != "." {
        branch = tree.add(Path.lastPart(directory), to: branch)
        open.append((directory, branch))
      }
      for object in members { add(object, to: branch, fields, &tree) }
    }
    StandardOutput.print(tree.text(root: root == "-" ? "." : Path.clean(root)))
  }

  private static func isBelow(_ path: String, _ other: String) -> Bool {
    path.hasPrefix(other + "/")
  }

  /// The directories in the order of their names, each with its objects in the order of file, namespace,
  /// name and kind.
  private static func packages(
    _ objects: [ConfigObject]
  ) -> [(directory: String, objects: [ConfigObject])] {
    var packages: [String: [ConfigObject]] = [:]
    for object in objects {
      packages[object.path.isEmpty ? "." : Path.directory(object.path), default: []].append(object)
    }
    func key(_ object: ConfigObject) -> [String] {
      [Path.lastPart(object.path), object.namespace, object.name, object.kind]
    }
    return packages.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      ($0.key, $0.value.sorted { key($0).lexicographicallyPrecedes(key($1)) })
    }
  }

  private static func add(
    _ object: ConfigObject, to branch: Int, _ fields: [ConfigTreeField], _ tree: inout TreeLines
  ) {
    let name = object.namespace.isEmpty ? object.name : "\(object.namespace)/\(object.name)"
    let file = object.path.isEmpty ? "." : Path.lastPart(object.path)
    let leaf = tree.add("[\(file)]  \(object.kind) \(name)", to: branch)
    var lists: [(name: String, items: [(name: String, values: [String])])] = []
    for field in fields {
      let matches = field.path.matches(in: object.value)
      guard let first = matches.first else { continue }
      guard let list = field.list else {
        tree.add("\(field.name): \(ConfigText.flow(first.value))", to: leaf)
        continue
      }
      if !lists.contains(where: { $0.name == list }) { lists.append((list, [])) }
      guard let place = lists.firstIndex(where: { $0.name == list }) else { continue }
      for match in matches {
        let item = match.items.joined(separator: "/")
        let line = "\(field.name): \(ConfigText.flow(match.value))"
        if let known = lists[place].items.firstIndex(where: { $0.name == item }) {
          lists[place].items[known].values.append(line)
        } else {
          lists[place].items.append((item, [line]))
        }
      }
    }
    for list in lists {
      let branch = tree.add(list.name, to: leaf)
      for (number, item) in list.items.sorted(by: { $0.name < $1.name }).enumerated() {
        let itemBranch = tree.add("\(number)", to: branch)
        for line in item.values { tree.add(line, to: itemBranch) }
      }
    }
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
    for text in flags.texts("field") {
      let parts = try ConfigPath.parts(of: text)
      result.append(
        ConfigTreeField(name: parts.joined(separator: "."), list: nil, path: try ConfigPath(parts)))
    }
    if isOn("replicas", flags) {
      result.append(
        ConfigTreeField(
          name: "spec.replicas", list: nil, path: try ConfigPath(["spec", "replicas"])))
    }
    if isOn("ports", flags) {
      result.append(
        ConfigTreeField(name: "spec.ports", list: nil, path: try ConfigPath(["spec", "ports"])))
    }
    for name in ["name", "image", "command", "args", "env", "ports", "resources"]
    where isOn(name, flags) {
      for list in lists {
        let parts = list.split(separator: ".").map { String($0) } + ["[name=.*]", name]
        result.append(ConfigTreeField(name: name, list: list, path: try ConfigPath(parts)))
      }
    }
    return result
  }

  private static let lists = [
    "spec.containers", "spec.template.spec.containers",
    "spec.jobTemplate.spec.template.spec.containers",
  ]

  private static func isOn(_ name: String, _ flags: CommandArguments) -> Bool {
    flags.has(name) ? flags.isOn(name) : flags.isOn("all")
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
      lines.append("\(prefix)\(isLast ? "└── " : "├── ")\(nodes[node].text)")
      open += level(nodes[node].children, prefix: prefix + (isLast ? "    " : "│   "))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func level(
    _ children: [Int], prefix: String
  ) -> [(node: Int, prefix: String, isLast: Bool)] {
    children.reversed().map { ($0, prefix, $0 == children.last) }
  }
}
