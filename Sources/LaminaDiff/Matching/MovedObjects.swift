internal import Lamina

/// Finds the objects that one root no longer has and another one has now: nothing is lost by that, and
/// nothing new is made.
struct MovedObjects {
  private struct Place {
    let root: Int
    let resource: Int
  }

  private struct Key: Hashable {
    let parts: [ByteText]

    init(_ id: RenderedResource.Identity) {
      parts = [id.group, id.kind, id.namespace, HashedName.base(of: id)].map { ByteText($0) }
    }
  }

  /// Of more roots than this that drop the same object, each is looked at by itself.
  private static let mostPlaces = 200

  private var roots: [RootDiff]

  /// The roots with their moved objects marked.
  static func marked(_ roots: [RootDiff]) -> [RootDiff] {
    var moved = MovedObjects(roots: roots)
    moved.mark()
    return moved.roots
  }

  private mutating func mark() {
    var removed: [Key: [Place]] = [:]
    var added: [Key: [Place]] = [:]
    for (index, root) in roots.enumerated() {
      for (place, resource) in root.resources.enumerated() {
        // Names that are not shown are not told apart.
        if (resource.old ?? resource.new)?.id.isMasked == true { continue }
        if let old = resource.old, resource.new == nil {
          removed[Key(old.id), default: []].append(Place(root: index, resource: place))
        } else if let new = resource.new, resource.old == nil {
          added[Key(new.id), default: []].append(Place(root: index, resource: place))
        }
      }
    }
    for (key, olds) in removed {
      guard let news = added[key], max(olds.count, news.count) <= Self.mostPlaces else { continue }
      pair(olds, news)
    }
  }

  /// The same content first, then the roots whose paths have most in common.
  private mutating func pair(_ olds: [Place], _ news: [Place]) {
    var candidates: [(isSame: Int, shared: Int, old: Int, new: Int)] = []
    for (left, old) in olds.enumerated() {
      for (right, new) in news.enumerated() where old.root != new.root {
        let isSame = self[old].old?.yaml == self[new].new?.yaml
        let shared = MovedRoots.sharedParts(roots[old.root].name, roots[new.root].name)
        candidates.append((isSame ? 1 : 0, shared, left, right))
      }
    }
    candidates.sort {
      ($1.isSame, $1.shared, $0.old, $0.new) < ($0.isSame, $0.shared, $1.old, $1.new)
    }
    var (takenOld, takenNew): (Set<Int>, Set<Int>) = ([], [])
    for candidate in candidates
    where !takenOld.contains(candidate.old) && !takenNew.contains(candidate.new) {
      takenOld.insert(candidate.old)
      takenNew.insert(candidate.new)
      move(olds[candidate.old], to: news[candidate.new])
    }
  }

  private mutating func move(_ old: Place, to new: Place) {
    guard let before = self[old].old, let after = self[new].new else { return }
    let changes = LineDiff(old: before.yaml, new: after.yaml)
    replace(old, with: self[old].moved(to: roots[new.root].name))
    replace(new, with: self[new].moved(from: roots[old.root].name, changes))
  }

  private subscript(place: Place) -> ResourceDiff { roots[place.root].resources[place.resource] }

  private mutating func replace(_ place: Place, with resource: ResourceDiff) {
    var resources = roots[place.root].resources
    resources[place.resource] = resource
    roots[place.root] = roots[place.root].with(resources)
  }
}
