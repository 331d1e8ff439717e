/// The text that a function or a plugin reads.
///
/// It must be kustomize's to the byte: programs look for its marks in it. Kustomize prints all objects
/// with its notes on them, and kyaml, which reads that again, adds marks of its own behind the
/// annotations that it finds (kyaml/kio/byteio_reader.go, kyaml/fn/runtime/runtimeutil/runtimeutil.go).
/// Here the notes are written into copies, and the marks into nothing but the text.
struct FunctionInput {
  /// An object as it is printed, and the marks that the text gets.
  ///
  /// `root` is a copy that has the notes of the build as annotations.
  private struct Item {
    let root: NodeID
    var marks: ReaderAnnotations
  }

  /// The documents that a plugin reads: the objects of a layer with the ids they have now.
  ///
  /// The separator stands between documents only, as in `AsYaml` (resmap/reswrangler.go).
  static func documents(
    of resources: [Resource], _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    let copies = try copies(of: resources, &workspace)
    var printer = workspace.printer()
    for (index, copy) in copies.enumerated() {
      if index > 0 { printer.printSeparator() }
      try printer.print(copy)
    }
    return printer.take()
  }

  /// The object that configures a function or a plugin.
  static func document(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    let copy = try noted(object, &workspace)
    var printer = workspace.printer()
    try printer.print(copy)
    return printer.take()
  }

  /// The object that a generator prints in whose place nothing runs: itself, marked as no output.
  static func localDocument(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    let copy = try noted(object, &workspace)
    var marks = ReaderAnnotations()
    marks.markLocal(copy, in: &workspace.tree)
    var printer = workspace.printer()
    try printer.print(copy, trailer: marks.trailer(of: copy, in: workspace.tree))
    return printer.take()
  }

  /// The list that a function reads: items, and the object that configures it, which is the only item
  /// where there is no other.
  static func resourceList(
    of resources: [Resource], for object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    var configuration = Item(root: try noted(object, &workspace), marks: ReaderAnnotations())
    configuration.marks.markLocal(configuration.root, in: &workspace.tree)
    var items = try copies(of: resources, &workspace)
      .map { Item(root: $0, marks: ReaderAnnotations()) }
    if items.isEmpty {
      items = [
        Item(
          root: try workspace.tree.copy(
            configuration.root, for: workspace.tree.position(configuration.root)),
          marks: configuration.marks)
      ]
    }
    for index in items.indices {
      try items[index].marks.mark(items[index].root, index: index, in: &workspace.tree)
    }
    return try printed(items, configuration, &workspace)
  }

  /// Prints the list. Objects are printed in the middle of a text, hence the indentation; long
  /// lines are not folded, because kyaml's writer of the list does not.
  private static func printed(
    _ items: [Item], _ configuration: Item, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    var printer = workspace.printer(folds: false)
    let tree = workspace.tree
    printer.print("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n")
    for item in items {
      printer.print("- ")
      try printer.print(item.root, indent: 2, trailer: item.marks.trailer(of: item.root, in: tree))
    }
    printer.print("functionConfig:\n  ")
    try printer.print(
      configuration.root, indent: 2,
      trailer: configuration.marks.trailer(of: configuration.root, in: tree))
    return printer.take()
  }

  // MARK: - Copies

  /// A copy of a resource with the notes of the build as annotations.
  private static func noted(
    _ resource: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> NodeID {
    let copy = try workspace.tree.copy(resource.root, for: workspace.tree.position(resource.root))
    _ = try BuildNoteAnnotations(on: resource.withRoot(copy, id: resource.id), &workspace)
    return copy
  }

  /// Copies of objects with all notes, and with their ids (internal/plugins/utils/utils.go
  /// `GetResMapWithIDAnnotation`).
  private static func copies(
    of resources: [Resource], _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    let ids = try idTexts(of: resources, &workspace)
    let cleanup = AnnotationCleanup()
    var copies: [NodeID] = []
    for (resource, id) in zip(resources, ids) {
      let copy = try noted(resource, &workspace)
      let key = workspace.tree.symbols.intern(FunctionOutput.idAnnotation)
      let annotations = BuildNoteAnnotations.annotations(of: copy, in: &workspace.tree)
      _ = try workspace.tree.setStringEntry(key, id, of: annotations, by: .none)
      try cleanup.apply(to: copy, in: &workspace.tree)
      copies.append(copy)
    }
    return copies
  }

  /// The id of each resource as YAML, with its fields sorted, as `yaml.Marshal` prints a `ResId`.
  /// All are added to the tree before the first is printed, since a printer takes the tree as it
  /// is.
  private static func idTexts(
    of resources: [Resource], _ workspace: inout Workspace
  ) throws(Problem) -> [String] {
    var roots: [NodeID] = []
    for resource in resources {
      let root = workspace.tree.addMapping(at: .none)
      let id = resource.id
      let fields = [
        ("group", id.type.group), ("kind", id.type.kind), ("name", id.name),
        ("namespace", id.namespace), ("version", id.type.version),
      ]
      for (name, value) in fields where !value.isEmpty {
        let key = workspace.tree.symbols.intern(name)
        let text = workspace.tree.addScalar(
          workspace.tree.symbols.string(value), tag: .string, at: .none)
        workspace.tree.appendField(key, text, to: root)
      }
      roots.append(root)
    }
    var printer = workspace.printer()
    var texts: [String] = []
    for root in roots {
      try printer.print(root)
      texts.append(String(decoding: printer.take(), as: UTF8.self))
    }
    return texts
  }
}
