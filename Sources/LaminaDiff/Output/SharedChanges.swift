internal import Lamina

/// Changes that several roots have in common, as those of a base do: they are shown once, with the list of
/// the roots.
///
/// Two changes are the same if their lines are, apart from the words that each root puts into its names and
/// namespaces. What is masked is never taken for the same, since nobody can say so.
struct SharedChanges {
  struct Member: Hashable {
    /// Places in the report, and in the root.
    let root: Int
    let resource: Int
  }

  /// One change, and all who have it, in the order of the report.
  struct Group {
    fileprivate(set) var members: [Member]

    var first: Member? { members.first }
    var isShared: Bool { members.count > 1 }
  }

  /// In the order in which they are met.
  private(set) var groups: [Group] = []
  private let report: DiffReport
  private var groupOf: [Member: Int] = [:]
  private var linesOf: [Member: [ReportLine]] = [:]

  private struct Key: Hashable {
    let title: String
    let lines: [String]
  }

  init(_ report: DiffReport) {
    self.report = report
    var known: [Key: Int] = [:]
    for (place, root) in report.roots.enumerated() {
      for (index, resource) in root.resources.enumerated() {
        let member = Member(root: place, resource: index)
        let lines = resource.reportLines
        linesOf[member] = lines
        guard let key = Self.key(of: resource, lines, root.ownWords) else {
          add(member)
          continue
        }
        if let group = known[key], groups[group].members.last?.root != place {
          groups[group].members.append(member)
          groupOf[member] = group
        } else {
          known[key] = groups.count
          add(member)
        }
      }
    }
  }

  private mutating func add(_ member: Member) {
    groupOf[member] = groups.count
    groups.append(Group(members: [member]))
  }

  private static func key(
    of resource: ResourceDiff, _ lines: [ReportLine], _ words: OwnWords
  ) -> Key? {
    if resource.holdsSecret { return nil }
    // Where an object moves to is told for each.
    if resource.isMoved { return nil }
    let sides = [resource.old?.id, resource.new?.id].map { id in
      id.map { "\($0.apiVersion) \($0.kind) \(words.common(HashedName.base(of: $0)))" } ?? ""
    }
    return Key(
      title: sides.joined(separator: "\n"), lines: lines.map { $0.commonText(words) })
  }

  // MARK: - Asking

  func lines(of member: Member) -> [ReportLine] { linesOf[member] ?? [] }

  func group(of member: Member) -> Group {
    groupOf[member].map { groups[$0] } ?? Group(members: [member])
  }

  func resource(_ member: Member) -> ResourceDiff {
    report.roots[member.root].resources[member.resource]
  }

  /// Whether the change is shown where this member stands.
  func isShown(_ member: Member) -> Bool { group(of: member).first == member }

  /// The roots of a group, each with what the object is called there if that is another name.
  func names(in group: Group) -> [String] {
    let title = group.first.map { ResourceTitle(resource($0)).words }
    return group.members.map { member in
      let own = ResourceTitle(resource(member)).words
      let name = report.roots[member.root].name
      return own == title ? name : "\(name) (\(own))"
    }
  }
}

extension ReportLine {
  /// All that the line says but where it was written, without a root's own words.
  fileprivate func commonText(_ words: OwnWords) -> String {
    switch self {
    case .consequence(let consequence): "! \(words.common(consequence.message))"
    case .field(let field): field.isImage ? field.text : words.common(field.text)
    case .hunk(let text): text
    case .kept(let text): "  \(words.common(text))"
    case .removed(let text): "- \(Self.isImage(text) ? text : words.common(text))"
    case .added(let text): "+ \(Self.isImage(text) ? text : words.common(text))"
    case .note(let text): "(\(text))"
    }
  }

  /// An image is never called after a root, whatever it looks like.
  private static func isImage(_ text: String) -> Bool {
    let line = text.drop { $0 == " " || $0 == "-" }
    return line.hasPrefix("image: ")
  }

  var isConsequence: Bool {
    if case .consequence = self { true } else { false }
  }
}

extension FieldLine {
  fileprivate var isImage: Bool { path == "image" || path.hasSuffix(".image") }

  fileprivate var text: String {
    let value: String =
      switch self.value {
      case .one(let value): ": \(value)"
      case .two(let old, let new): ": \(old) → \(new)"
      case nil: ""
      }
    return "\(mark.rawValue) \(path)\(value) \(remark ?? "")"
  }
}

extension ResourceDiff {
  fileprivate var holdsSecret: Bool {
    if let value = onlySide?.value, value.holdsSecret { return true }
    return changes.contains { change in
      switch change.kind {
      case .added(let value), .removed(let value): value.holdsSecret
      case .changed(let old, let new): old.holdsSecret || new.holdsSecret
      case .text, .reordered: false
      }
    }
  }
}

extension ManifestValue {
  /// A secret stands in it, masked.
  var holdsSecret: Bool {
    switch self {
    case .secret: true
    case .list(let elements): elements.contains(where: \.holdsSecret)
    case .mapping(let entries): entries.contains { $0.value.holdsSecret }
    case .null, .bool, .number, .string: false
    }
  }
}
