import Lamina

/// The numbers of a report, in words.
struct DiffSummary {
  private(set) var changed = 0
  private(set) var added = 0
  private(set) var removed = 0
  private(set) var unchanged = 0
  private(set) var failedRoots = 0
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
    if root.hasFailed { failedRoots += 1 }
    if root.isDifferent { differentRoots += 1 }
    unchanged += root.unchangedCount
    for resource in root.resources { take(resource) }
  }

  private mutating func take(_ resource: ResourceDiff) {
    switch resource.kind {
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
    var text = counts ?? "no differences"
    if comparedRoots > 1 {
      let same = comparedRoots - failedRoots
      text +=
        counts == nil
        ? " in \(same) \(same == 1 ? "root" : "roots")"
        : " in \(differentRoots) of \(comparedRoots) roots"
    }
    return failedRoots > 0 ? "\(text); \(failed)" : text
  }

  /// `3 resources changed, 1 added, 1 removed`; nil where all are the same.
  var counts: String? {
    let parts = [(changed, "changed"), (added, "added"), (removed, "removed")].filter { $0.0 > 0 }
    guard let first = parts.first else { return nil }
    let noun = first.0 == 1 ? "resource" : "resources"
    return (["\(first.0) \(noun) \(first.1)"] + parts.dropFirst().map { "\($0.0) \($0.1)" })
      .joined(separator: ", ")
  }

  /// `1 immutable field, 2 rollouts`; nil where nothing follows from the changes.
  var consequenceWords: String? {
    let parts = Consequence.Kind.allCases.compactMap { kind in
      consequences[kind].map { kind.words(count: $0) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension Consequence.Kind {
  /// The cluster refuses the change, or something is lost by it.
  var isSevere: Bool {
    switch self {
    case .immutableField, .dataLoss: true
    case .rollout, .removal, .namespaceChange, .rename, .scale: false
    }
  }

  fileprivate func words(count: Int) -> String {
    switch self {
    case .immutableField: count == 1 ? "1 immutable field" : "\(count) immutable fields"
    case .rollout: count == 1 ? "1 rollout" : "\(count) rollouts"
    case .removal: count == 1 ? "1 removal" : "\(count) removals"
    case .dataLoss: count == 1 ? "1 loss of data" : "\(count) losses of data"
    case .namespaceChange: count == 1 ? "1 change of namespace" : "\(count) changes of namespace"
    case .rename: count == 1 ? "1 rename" : "\(count) renames"
    case .scale: count == 1 ? "1 change of scale" : "\(count) changes of scale"
    }
  }
}

extension ResourceDiff {
  /// `1 immutable field, 1 rollout`; nil where nothing follows from the changes.
  var consequenceWords: String? { DiffSummary(self).consequenceWords }
}

extension RootDiff {
  /// What was found and is not shown, a sentence each.
  var hiddenWords: [String] {
    var words: [String] = []
    for (rule, count) in hidden.ignored where count > 0 {
      let fields = count == 1 ? "changed field is" : "changed fields are"
      words.append("\(count) \(fields) hidden by --ignore \(ShownText.line(rule))")
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
