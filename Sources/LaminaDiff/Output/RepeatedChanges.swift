internal import Lamina

/// Changes that were shown in one root and come again in others, as those of a base do: they are then
/// referred to, not shown anew.
struct RepeatedChanges {
  /// What a root that comes later has to say to be referred to this one.
  private struct Change: Hashable {
    let title: String
    let lines: [String]
  }

  /// A shorter change is read as quickly as a reference to it.
  private static let shortest = 4

  private var roots: [Change: Int] = [:]

  /// The place of the root in which the same change was shown; nil where there is none, or where the
  /// change is short.
  func root(showing resource: ResourceDiff, _ lines: [ReportLine]) -> Int? {
    Self.change(resource, lines).flatMap { roots[$0] }
  }

  mutating func note(_ resource: ResourceDiff, _ lines: [ReportLine], shownIn root: Int) {
    guard let change = Self.change(resource, lines) else { return }
    roots[change] = roots[change] ?? root
  }

  /// The namespace is often what tells roots apart, and stands in the title all the same.
  private static func change(_ resource: ResourceDiff, _ lines: [ReportLine]) -> Change? {
    let texts = lines.compactMap(\.repeatableText)
    // Of what is masked nobody can say that it is the same.
    guard texts.count >= shortest, !resource.holdsSecret else { return nil }
    let names = [resource.old?.id, resource.new?.id].map {
      $0.map { "\($0.kind) \($0.name)" } ?? ""
    }
    return Change(title: names.joined(separator: "\n"), lines: texts)
  }
}

extension ReportLine {
  /// All that the line says, but not where it was written; nil for consequences, which are always shown.
  fileprivate var repeatableText: String? {
    switch self {
    case .consequence: nil
    case .field(let field): field.text
    case .hunk(let text): text
    case .kept(let text): "  \(text)"
    case .removed(let text): "- \(text)"
    case .added(let text): "+ \(text)"
    case .note(let text): "(\(text))"
    }
  }

  var isConsequence: Bool {
    if case .consequence = self { true } else { false }
  }
}

extension FieldLine {
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
