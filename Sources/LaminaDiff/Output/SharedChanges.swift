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

  /// What changes must have in common to be compared line by line.
  private struct Key: Hashable {
    @ByteText var title: String
    let lineCount: Int
  }

  /// The lines of a change, as they are and without the words of its root.
  private struct Lines {
    let texts: [String]
    let common: [String]

    /// A word of a root may stand in a text by chance, as in `/dev/null`: then the lines are equal as they
    /// are.
    func isSame(as other: Lines) -> Bool {
      texts.indices.allSatisfy {
        texts[$0].hasBytes(of: other.texts[$0]) || common[$0].hasBytes(of: other.common[$0])
      }
    }
  }

  init(_ report: DiffReport) {
    self.report = report
    var known: [Key: [(group: Int, lines: Lines)]] = [:]
    for (place, root) in report.roots.enumerated() {
      for (index, resource) in root.resources.enumerated() {
        let member = Member(root: place, resource: index)
        let lines = resource.reportLines
        linesOf[member] = lines
        guard let key = Self.key(of: resource, lines, root.ownWords) else {
          add(member)
          continue
        }
        let texts = Self.lines(lines, root.ownWords)
        let group = known[key]?.first {
          groups[$0.group].members.last?.root != place && $0.lines.isSame(as: texts)
        }?.group
        if let group {
          groups[group].members.append(member)
          groupOf[member] = group
        } else {
          known[key, default: []].append((groups.count, texts))
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
    // Where an object moves to is told for each.
    if resource.holdsSecret || resource.isMoved { return nil }
    let sides = [resource.old?.id, resource.new?.id].map { id in
      id.map { "\($0.apiVersion) \($0.kind) \(words.common(HashedName.base(of: $0)))" } ?? ""
    }
    return Key(title: sides.joined(separator: "\n"), lineCount: lines.count)
  }

  /// Images are compared as they are: none is called after a root, whatever it looks like.
  private static func lines(_ lines: [ReportLine], _ words: OwnWords) -> Lines {
    var isImage = false
    let texts = lines.map(\.text)
    let common = zip(lines, texts).map { line, text in
      switch line {
      case .field(let field): isImage = field.isImage
      case .consequence, .hunk, .note: isImage = false
      case .kept, .removed, .added: break
      }
      return isImage || line.isImage ? text : words.common(text)
    }
    return Lines(texts: texts, common: common)
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
    let title = group.first.map { ResourceTitle(resource($0)).name }
    return group.members.map { member in
      let own = ResourceTitle(resource(member)).name
      let name = report.roots[member.root].name
      return own.hasBytes(of: title) ? name : "\(name) (\(own))"
    }
  }
}

extension ReportLine {
  /// All that the line says, but not where it was written.
  fileprivate var text: String {
    switch self {
    case .consequence(let consequence): "! \(consequence.message)"
    case .field(let field): field.text
    case .hunk(let text): text
    case .kept(let text): "  \(text)"
    case .removed(let text): "- \(text)"
    case .added(let text): "+ \(text)"
    case .note(let text): "(\(text))"
    }
  }

  /// The line of a whole resource that names an image.
  fileprivate var isImage: Bool {
    switch self {
    case .removed(let text), .added(let text), .kept(let text):
      text.drop { $0 == " " || $0 == "-" }.begins(with: "image: ")
    default: false
    }
  }

}

extension FieldLine {
  fileprivate var isImage: Bool { path == "image" || path.ends(with: ".image") }

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
