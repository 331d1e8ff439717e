/// `images`: another name, tag or digest for the container images of a name.
struct ImageUpdate: Sendable {
  let change: ImageChange
  let fields: [FieldSpec]
  /// Nil where the name cannot be read as a regular expression: such a name matches no image
  /// (upstream main; v5.8.1 crashes).
  let pattern: Pattern?

  init(_ change: ImageChange, fields: [FieldSpec]) {
    self.change = change
    self.fields = fields
    pattern = ImageReference.pattern(forName: change.name)
  }

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    for resource in resources.all where resource.id.type.kind != .customResourceDefinition {
      try updateContainers(below: resource.root, in: &workspace.tree)
      for spec in fields where resource.id.type.isSelected(by: spec.type) {
        let walk = FieldWalk(spec, at: change.position)
        try walk.visit(resource.root, in: &workspace.tree) { (field, tree) throws(Problem) in
          try update(field, in: &tree)
        }
      }
    }
  }

  /// Images are looked for in every list called `containers` or `initContainers`, in objects of any
  /// kind, before the field specs are asked (filters/imagetag/legacy.go).
  private func updateContainers(below node: NodeID, in tree: inout Tree) throws(Problem) {
    var child = tree.first(of: node)
    while let current = child {
      if tree.shape(current) != .scalar { try updateContainers(below: current, in: &tree) }
      let key = tree.key(current)
      if key == .containers || key == .initContainers, tree.shape(node) == .mapping,
        tree.shape(current) == .sequence
      {
        try updateElements(of: current, in: &tree)
      }
      child = tree.next(after: current)
    }
  }

  private func updateElements(of containers: NodeID, in tree: inout Tree) throws(Problem) {
    var element = tree.first(of: containers)
    while let container = element {
      element = tree.next(after: container)
      if tree.isNull(container) { continue }
      guard tree.shape(container) == .mapping else {
        throw .notAMapping(at: tree.position(container))
      }
      if let image = tree.field(.image, of: container) { try update(image, in: &tree) }
    }
  }

  private func update(_ field: NodeID, in tree: inout Tree) throws(Problem) {
    guard tree.shape(field) == .scalar else { throw .notAScalar(at: tree.position(field)) }
    guard let pattern, tree.withText(field, pattern.matches) else { return }
    let new = ImageReference(tree.string(field)).changed(by: change)
    try tree.write(new, tag: .unresolved, to: field, at: change.position)
  }
}

/// A container image: `registry:5000/path/name:tag@digest`.
struct ImageReference: Sendable, Equatable {
  var name: String
  var tag = ""
  var digest = ""

  init(_ text: String) {
    let bytes = Array(text.utf8)
    // A colon before the first slash belongs to a registry's port.
    let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? 0
    let at = bytes[slash...].firstIndex(of: UInt8(ascii: "@"))
    let colon = bytes[slash...].firstIndex(of: UInt8(ascii: ":"))
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    switch (colon, at) {
    case (nil, nil): name = text
    case (let colon?, nil):
      name = part(0..<colon)
      tag = part((colon + 1)..<bytes.count)
    case (let colon?, let at?) where colon < at:
      name = part(0..<colon)
      tag = part((colon + 1)..<at)
      digest = part((at + 1)..<bytes.count)
    case (_, let at?):
      name = part(0..<at)
      digest = part((at + 1)..<bytes.count)
    }
  }

  /// The reference that an entry of `images` asks for. A new tag or digest takes the place of both
  /// (filters/imagetag/updater.go).
  func changed(by change: ImageChange) -> String {
    var new = self
    if !change.newName.isEmpty { new.name = change.newName }
    if !change.newTag.isEmpty || !change.digest.isEmpty {
      new.tag = change.newTag
      new.digest = change.digest
    } else if !change.tagSuffix.isEmpty {
      new.tag += change.tagSuffix
      new.digest = ""
    }
    var text = new.name
    if !new.tag.isEmpty { text += ":" + new.tag }
    if !new.digest.isEmpty { text += "@" + new.digest }
    return text
  }

  /// What an image must look like to be one of this name: the name is put into the expression as it
  /// is (internal/image/image.go `IsImageMatched`).
  static func pattern(forName name: String) -> Pattern? {
    let tag = "(:[a-zA-Z0-9_.{}-]*)?"
    let digest = "(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?"
    let source = Array("^\(name)\(tag)\(digest)$".utf8)
    return try? Pattern(source.span)
  }
}
