import Lamina

/// The numbers of a report, in words.
struct DiffSummary {
  private(set) var changed = 0
  private(set) var added = 0
  private(set) var removed = 0
  /// Resources that another root had before.
  private(set) var moved = 0
  /// Resources that another root has now; of the report as a whole they are counted there.
  private(set) var movedAway = 0
  private(set) var unchanged = 0
  private(set) var failedRoots = 0
  /// Of the failed roots those that fail alike on both sides and are not affected.
  private(set) var foldedRoots = 0
  private(set) var repairedRoots = 0
  private(set) var differentRoots = 0
  let comparedRoots: Int
  private var consequences: [Consequence.Kind: Int] = [:]

  init(_ report: DiffReport) {
    comparedRoots = report.comparedCount
    for root in report.roots { take(root) }
  }

  /// The numbers of one root.
  init(_ root: RootDiff) {
    comparedRoots = 1
    take(root)
  }

  fileprivate init(_ resource: ResourceDiff) {
    comparedRoots = 1
    take(resource)
  }

  private mutating func take(_ root: RootDiff) {
    if root.failureDecides { failedRoots += 1 }
    if root.isFolded { foldedRoots += 1 }
    if root.failureKind == .former, !root.failureDecides { repairedRoots += 1 }
    if root.isDifferent { differentRoots += 1 }
    unchanged += root.unchangedCount
    for resource in root.resources { take(resource) }
  }

  private mutating func take(_ resource: ResourceDiff) {
    switch resource.kind {
    case _ where resource.movedTo != nil: movedAway += 1
    case _ where resource.movedFrom != nil: moved += 1
    case .changed: changed += 1
    case .added: added += 1
    case .removed: removed += 1
    }
    for consequence in resource.consequences { consequences[consequence.kind, default: 0] += 1 }
  }

  /// `3 resources changed, 1 added, 1 removed in 2 of 7 roots; 1 root does not render`
  var words: String {
    let failed =
      failedRoots == 1 ? "1 root does not render" : "\(failedRoots) roots do not render"
    if failedRoots == comparedRoots, failedRoots > 0 { return failed }
    if foldedRoots == comparedRoots, foldedRoots > 0 { return Self.foldedWords(foldedRoots) }
    var text = counts ?? "no differences"
    if comparedRoots > 1 {
      let same = comparedRoots - failedRoots - foldedRoots
      text +=
        counts == nil
        ? " in \(same) \(same == 1 ? "root" : "roots")"
        : " in \(differentRoots) of \(comparedRoots) roots"
    }
    if repairedRoots > 0 {
      text +=
        repairedRoots == 1 ? "; 1 root renders again" : "; \(repairedRoots) roots render again"
    }
    return failedRoots > 0 ? "\(text); \(failed)" : text
  }

  private static func foldedWords(_ count: Int) -> String {
    count == 1 ? "1 root fails on both sides alike" : "\(count) roots fail on both sides alike"
  }

  /// `23 roots fail on both sides alike; 1 of them is affected by this change`; nil where none do.
  static func alikeWords(_ report: DiffReport) -> String? {
    let alike = report.roots.filter { $0.failureKind == .alike }
    let affected = alike.count { $0.failureDecides }
    if alike.isEmpty || affected == alike.count { return nil }
    let words = foldedWords(alike.count)
    if affected == 0 { return words }
    return "\(words); \(affected) of them \(affected == 1 ? "is" : "are") affected by this change"
  }

  /// `3 resources changed, 1 added, 1 removed`; nil where all are the same.
  var counts: String? {
    let parts = [
      (changed, "changed"), (added, "added"), (removed, "removed"), (moved, "moved"),
    ].filter { $0.0 > 0 }
    guard let first = parts.first else { return nil }
    let noun = first.0 == 1 ? "resource" : "resources"
    return (["\(first.0) \(noun) \(first.1)"] + parts.dropFirst().map { "\($0.0) \($0.1)" })
      .joined(separator: ", ")
  }

  /// `immutable field: 1; rollout: 2`, what does damage first; nil where nothing follows from the changes.
  var consequenceWords: String? {
    let kinds = Consequence.Kind.allCases.filter { $0 != .move }
    let parts = (kinds.filter(\.isSevere) + kinds.filter { !$0.isSevere }).compactMap { kind in
      consequences[kind].map { "\(kind.words): \($0)" }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension Consequence.Kind {
  var words: String {
    switch self {
    case .immutableField: "immutable field"
    case .rollout: "rollout"
    case .removal: "removed"
    case .dataLoss: "data loss"
    case .namespaceChange: "namespace changed"
    case .rename: "renamed"
    case .scale: "scaled"
    case .move: "moved"
    }
  }
}

extension ResourceDiff {
  /// `immutable field: 1; rollout: 1`; nil where nothing follows from the changes.
  var consequenceWords: String? { DiffSummary(self).consequenceWords }
}

extension RootDiff {
  /// What was found and is not shown, a sentence each.
  var hiddenWords: [String] {
    var words: [String] = []
    for (rule, count) in hidden.ignored where count > 0 {
      let changes = count == 1 ? "change is" : "changes are"
      words.append("\(count) \(changes) hidden by --ignore \(ShownText.line(rule))")
    }
    if hidden.followedNames > 0 {
      let references = hidden.followedNames == 1 ? "reference follows" : "references follow"
      words.append("\(hidden.followedNames) \(references) a name whose content hash changed")
    }
    if hidden.layoutOnly > 0 {
      let resources = hidden.layoutOnly == 1 ? "resource differs" : "resources differ"
      words.append(
        "\(hidden.layoutOnly) \(resources) in comments, quotes or the order of keys only")
    }
    if isReordered { words.append("the resources stand in another order") }
    return words
  }
}
