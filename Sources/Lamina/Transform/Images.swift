/// `images`: another name, tag or digest for the container images of some names.
///
/// All entries are one step: looking for the images of an object is most of the work. What comes out
/// is what the entries one after the other would make.
struct ImageUpdates: Sendable {
  private let changes: [Change]
  private let names: ImageNames
  private let fields: [FieldSpec]

  private struct Change: Sendable {
    let wanted: ImageChange
    /// Nil where the name cannot be read as a regular expression: such a name matches no image
    /// (upstream main; v5.8.1 crashes).
    let pattern: Pattern?

    func matches(_ image: Span<UInt8>) -> Bool {
      ImageReference.isPlainly(image, of: wanted.name) || pattern?.matches(image) == true
    }
  }

  init(_ changes: [ImageChange], fields: [FieldSpec]) {
    self.changes = changes.map {
      Change(wanted: $0, pattern: ImageReference.pattern(forName: $0.name))
    }
    names = ImageNames(changes.map(\.name))
    self.fields = fields
  }

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    guard let position = changes.first?.wanted.position else { return }
    var found: [NodeID] = []
    var fieldsByType = FieldsByType(fields, createsFields: false)
    for index in resources.indices {
      let (root, type) = (resources[index].root, resources[index].id.type)
      if type.kind == .customResourceDefinition { continue }
      try findContainers(below: root, &found, in: workspace.tree)
      let fields = fieldsByType.fields(of: type)
      for place in fields.search.specs(in: root, of: workspace.tree) {
        let walk = FieldWalk(fields.specs[place], at: position)
        try walk.visit(root, in: &workspace.tree) { (field, tree) throws(Problem) in
          try add(field, to: &found, in: tree)
        }
      }
    }
    // To some images there are several ways, and each entry goes all of them.
    found.sort { $0.raw < $1.raw }
    for ways in found.runs {
      try update(ways[ways.startIndex], times: ways.count, in: &workspace.tree)
    }
  }

  // MARK: - Finding

  /// Images are looked for in every list called `containers` or `initContainers`, in objects of any
  /// kind, before the field specs are asked (filters/imagetag/legacy.go).
  private func findContainers(
    below node: NodeID, _ found: inout [NodeID], in tree: Tree
  ) throws(Problem) {
    var child = tree.first(of: node)
    while let current = child {
      if tree.shape(current) != .scalar { try findContainers(below: current, &found, in: tree) }
      let key = tree.key(current)
      if key == .containers || key == .initContainers, tree.shape(node) == .mapping,
        tree.shape(current) == .sequence
      {
        try findImages(of: current, &found, in: tree)
      }
      child = tree.next(after: current)
    }
  }

  private func findImages(
    of containers: NodeID, _ found: inout [NodeID], in tree: Tree
  ) throws(Problem) {
    var element = tree.first(of: containers)
    while let container = element {
      element = tree.next(after: container)
      if tree.isNull(container) { continue }
      guard tree.shape(container) == .mapping else {
        throw .notAMapping(at: tree.position(container))
      }
      if let image = tree.field(.image, of: container) { try add(image, to: &found, in: tree) }
    }
  }

  private func add(_ image: NodeID, to found: inout [NodeID], in tree: Tree) throws(Problem) {
    guard tree.shape(image) == .scalar else { throw .notAScalar(at: tree.position(image)) }
    found.append(image)
  }

  // MARK: - Changing

  private func update(
    _ image: NodeID, times: Int, in tree: inout Tree
  ) throws(Problem) {
    var number = 0
    while let entry = names.first(from: number, for: tree.bytes(image)) {
      number = entry + 1
      let change = changes[entry]
      // Only a suffix is put on once more by each way.
      for _ in 0..<(change.wanted.tagSuffix.isEmpty ? 1 : times) {
        guard tree.withText(image, change.matches) else { break }
        let new = ImageReference(tree.string(image)).changed(by: change.wanted)
        try tree.write(new, tag: .unresolved, to: image, at: change.wanted.position)
      }
    }
  }
}

extension [NodeID] {
  /// The runs of elements that are the same.
  fileprivate var runs: [ArraySlice<NodeID>] {
    var runs: [ArraySlice<NodeID>] = []
    var start = 0
    for index in indices where index + 1 == count || self[index + 1] != self[index] {
      runs.append(self[start...index])
      start = index + 1
    }
    return runs
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

  /// Whether an image is the name and perhaps a tag, letter by letter, and so certainly of that name
  /// where the name is not meant as more than a name.
  static func isPlainly(_ image: Span<UInt8>, of name: String) -> Bool {
    var place = 0
    for byte in name.utf8 {
      guard place < image.count, image[place] == byte, ImageNames.isOfName(byte) else {
        return false
      }
      place += 1
    }
    guard place < image.count else { return true }
    guard image[place] == UInt8(ascii: ":") else { return false }
    return (place + 1..<image.count).allSatisfy {
      ImageNames.isPlain(image[$0]) || image[$0] == UInt8(ascii: ".")
    }
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
