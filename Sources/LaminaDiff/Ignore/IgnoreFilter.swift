internal import Lamina

/// Takes the changes that rules hide out of those of one resource.
struct IgnoreFilter {
  private let rules: [IgnoreRule]
  /// How many changes each rule has hidden, by its place.
  private(set) var counts: [Int]

  init(_ rules: [IgnoreRule]) {
    self.rules = rules
    counts = Array(repeating: 0, count: rules.count)
  }

  /// Whether a rule hides all of a resource, whatever becomes of it.
  mutating func hides(_ id: RenderedResource.Identity) -> Bool {
    let rule = rules.firstIndex {
      $0.path == nil && $0.concerns(kind: id.kind, name: id.name)
    }
    guard let rule else { return false }
    counts[rule] += 1
    return true
  }

  /// What is left of the changes of a resource.
  mutating func filter(
    _ changes: [FoundChange], kind: String, name: String
  ) -> [FoundChange] {
    let concerned = rules.indices.filter {
      rules[$0].path != nil && rules[$0].concerns(kind: kind, name: name)
    }
    if concerned.isEmpty { return changes }
    return changes.filter { change in
      guard let rule = rule(among: concerned, hiding: change) else { return true }
      counts[rule] += 1
      return false
    }
  }

  private func rule(among concerned: [Int], hiding change: FoundChange) -> Int? {
    var trail = Trail(rules: rules, concerned: concerned)
    for step in change.path.steps { trail.advance(by: IgnorableStep(step)) }
    if let rule = trail.reached { return rule }
    // A mapping that appears with nothing in it but what is ignored is ignored as well.
    switch change.kind {
    case .added(let value), .removed(let value): return trail.rule(hidingAllOf: value)
    case .changed, .text, .reordered: return nil
    }
  }

  /// The way to a field, in the eyes of several rules.
  private struct Trail {
    let rules: [IgnoreRule]
    private var progress: [(rule: Int, at: PathPattern.Progress)]

    init(rules: [IgnoreRule], concerned: [Int]) {
      self.rules = rules
      progress = concerned.compactMap { rule in rules[rule].path.map { (rule, $0.start) } }
    }

    mutating func advance(by step: IgnorableStep) {
      for index in progress.indices {
        guard let path = rules[progress[index].rule].path else { continue }
        progress[index].at = path.advance(progress[index].at, by: step)
      }
    }

    /// The first rule that names the field, or one that it is in.
    var reached: Int? {
      progress.first { rules[$0.rule].path?.isReached($0.at) ?? false }?.rule
    }

    /// The first of the rules that together hide everything in a value.
    func rule(hidingAllOf value: ComparedValue) -> Int? {
      switch value {
      case .mapping(let entries):
        return first(of: entries.map { (.key($0.key.string), $0.value) })
      case .list(let list):
        return first(
          of: list.elements.enumerated().map { index, element in
            (.element(index: index, text: { element[$0]?.keyText }), element)
          })
      default: return nil
      }
    }

    private func first(of parts: [(step: IgnorableStep, value: ComparedValue)]) -> Int? {
      var first: Int?
      for (step, value) in parts {
        var trail = self
        trail.advance(by: step)
        guard let rule = trail.reached ?? trail.rule(hidingAllOf: value) else { return nil }
        first = first ?? rule
      }
      return first
    }
  }
}
