/// An image that an entry of `images` changed in containers, and that stands unchanged in another field.
///
/// Only entries of the root and its components are looked at, since all resources of the build are theirs: what
/// a layer below changes may be meant to differ elsewhere.
struct LeftBehindImage {
  let change: ImageChange
  let resource: Resource
  let node: NodeID
  /// The keys that lead to the field.
  let path: [Symbol]

  /// The images of a build that were left behind, one for each entry.
  static func all(in build: InspectedBuild) -> [LeftBehindImage] {
    let changes = changes(in: build)
    if changes.isEmpty { return [] }
    let nodes = candidates(for: changes, in: build)
    if nodes.isEmpty { return [] }
    let candidates = NumberSet(nodes)
    var found: [LeftBehindImage] = []
    for resource in build.resources {
      var stack: [(node: NodeID, path: [Symbol])] = [(resource.root, [])]
      while let (node, path) = stack.popLast() {
        if candidates.contains(node), !isContainer(path),
          let change = changes.first(where: {
            build.tree.text(node, hasPrefix: Array($0.name.utf8).span)
              && isLeft(node, by: $0, in: build.tree)
          }),
          !found.contains(where: { $0.change.position == change.position })
        {
          found.append(LeftBehindImage(change: change, resource: resource, node: node, path: path))
        }
        let isMapping = build.tree.shape(node) == .mapping
        for child in build.tree.children(of: node).reversed() {
          stack.append((child, isMapping ? path + [build.tree.key(child)] : path))
        }
      }
    }
    return found
  }

  /// The entries that changed something and say all of what becomes of an image.
  private static func changes(in build: InspectedBuild) -> [ImageChange] {
    guard let root = build.root else { return [] }
    let idle = build.idleImages
    var layers = [root]
    var changes: [ImageChange] = []
    while let layer = layers.popLast() {
      layers += layer.components.filter(build.layers.indices.contains).map { build.layers[$0] }
      for change in layer.kustomization.images where change.tagSuffix.isEmpty {
        guard !change.changesNothing, case .plain = ImageName(change.name),
          !idle.contains(change.position.raw)
        else { continue }
        changes.append(change)
      }
    }
    return changes
  }

  /// The fields that are called after images, or `value`, in the whole tree, that hold an image of one of the names.
  private static func candidates(
    for changes: [ImageChange], in build: InspectedBuild
  ) -> [NodeID] {
    let tree = build.tree
    var found: [NodeID] = []
    let names = changes.map { Array($0.name.utf8) }
    let results = changes.compactMap(\.result)
    // Through spans, since an array would be asked for its storage at each node.
    let (starts, made) = (names.span, results.span)
    for node in build.fieldsByWord.ofImages {
      for entry in starts.indices where tree.text(node, hasPrefix: starts[entry].span) {
        // Nearly all are as an entry made them.
        if made.indices.contains(where: { tree.text(node, equals: made[$0].span) }) { break }
        if isLeft(node, by: changes[entry], in: tree) {
          found.append(node)
          break
        }
      }
    }
    return found
  }

  /// - Parameter node: its text begins with the name of the entry.
  private static func isLeft(_ node: NodeID, by change: ImageChange, in tree: Tree) -> Bool {
    tree.withText(node) { text in
      let reference = ImageReference(text)
      // A name alone may be anything, or its tag stands in another field.
      guard reference.name.count == change.name.utf8.count,
        reference.name.count < text.count
      else { return false }
      let new = reference.text(of: text, changedBy: change)
      var isSame = new.count == text.count
      for place in text.indices {
        // A variable, or a text of several words.
        if text[place] == UInt8(ascii: "$") || text[place] <= 0x20 { return false }
        if isSame, new[place] != text[place] { isSame = false }
      }
      return !isSame
    }
  }

  /// A path leads to the image of a container, which another layer may have named later.
  private static func isContainer(_ path: [Symbol]) -> Bool {
    guard path.count > 1, path.last == .image else { return false }
    return [.containers, .initContainers].contains(path[path.count - 2])
  }
}

extension InspectedBuild {
  /// Where the entries of `images` stand that changed nothing.
  fileprivate var idleImages: Set<UInt32> {
    stage.idleEntries.reduce(into: []) { idle, entry in
      if case .image(let change) = entry.kind { idle.insert(change.position.raw) }
    }
  }
}

extension ImageChange {
  /// What the entry makes of every image of its name; nil where that depends on the image.
  fileprivate var result: [UInt8]? {
    if newTag.isEmpty, digest.isEmpty { return nil }
    let name = newName.isEmpty ? name : newName
    return Array(
      "\(name)\(newTag.isEmpty ? "" : ":\(newTag)")\(digest.isEmpty ? "" : "@\(digest)")".utf8)
  }
}
