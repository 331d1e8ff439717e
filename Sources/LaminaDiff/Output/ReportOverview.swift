internal import Lamina

/// What a reviewer wants to know first of a report about many objects: what does damage, which images
/// change, and what comes and goes. Each is said once, with its roots.
struct ReportOverview {
  /// The cluster refuses something, or something is lost.
  struct Danger {
    let kind: Consequence.Kind
    /// `Namespace shop`
    let title: String
    let message: String
    fileprivate(set) var roots: [String]
    /// Where the object is shown.
    let member: SharedChanges.Member
  }

  struct Image {
    let old: String
    let new: String
    fileprivate(set) var roots: [String]
  }

  /// An object that comes, goes or moves.
  struct Object {
    enum Kind: String, CaseIterable {
      case added, removed, moved

      var heading: String {
        switch self {
        case .added: "Added"
        case .removed: "Removed"
        case .moved: "Moved"
        }
      }
    }

    let kind: Kind
    /// `Namespace shop`, and from where to where it moves.
    let title: String
    let roots: [String]
    let member: SharedChanges.Member
  }

  /// Losses of data before fields that cannot be changed.
  private(set) var dangers: [Danger] = []
  private(set) var images: [Image] = []
  private(set) var objects: [Object] = []

  init(_ report: DiffReport, _ changes: SharedChanges) {
    for group in changes.groups {
      guard let first = group.first else { continue }
      let resource = changes.resource(first)
      let roots = group.members.map { report.roots[$0.root].name }
      addDangers(of: resource, first, roots)
      addObject(resource, first, roots, report)
      // An image is not taken for the same because the objects are.
      for member in group.members {
        addImages(of: changes.resource(member), report.roots[member.root].name)
      }
    }
    let order: [Consequence.Kind] = [.dataLoss, .immutableField]
    dangers = order.flatMap { kind in dangers.filter { $0.kind == kind } }
  }

  private mutating func addDangers(
    of resource: ResourceDiff, _ member: SharedChanges.Member, _ roots: [String]
  ) {
    let title = ResourceTitle(resource).words
    for consequence in resource.consequences where consequence.kind.isSevere {
      let known = dangers.firstIndex {
        $0.kind == consequence.kind && $0.title.hasBytes(of: title)
          && $0.message.hasBytes(of: consequence.message)
      }
      if let known {
        dangers[known].roots += roots.filter { !dangers[known].roots.contains(bytesOf: $0) }
      } else {
        dangers.append(
          Danger(
            kind: consequence.kind, title: title, message: consequence.message, roots: roots,
            member: member))
      }
    }
  }

  private mutating func addImages(of resource: ResourceDiff, _ root: String) {
    for change in resource.changes {
      guard case .key("image")? = change.path.steps.last,
        case .changed(.string(let old), .string(let new)) = change.kind
      else { continue }
      if let known = images.firstIndex(where: {
        $0.old.hasBytes(of: old) && $0.new.hasBytes(of: new)
      }) {
        if !images[known].roots.contains(bytesOf: root) { images[known].roots.append(root) }
      } else {
        images.append(Image(old: old, new: new, roots: [root]))
      }
    }
  }

  private mutating func addObject(
    _ resource: ResourceDiff, _ member: SharedChanges.Member, _ roots: [String],
    _ report: DiffReport
  ) {
    let kind: Object.Kind
    switch resource.kind {
    case _ where resource.movedTo != nil: return
    case _ where resource.movedFrom != nil: kind = .moved
    case .added: kind = .added
    case .removed: kind = .removed
    case .changed: return
    }
    let title = ResourceTitle(resource)
    let words =
      resource.movedFrom == nil ? title.words : "\(title.words) from \(resource.movedFrom ?? "")"
    objects.append(Object(kind: kind, title: words, roots: roots, member: member))
  }

  /// The objects of one kind.
  func objects(_ kind: Object.Kind) -> [Object] { objects.filter { $0.kind == kind } }
}
