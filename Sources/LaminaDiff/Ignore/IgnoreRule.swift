internal import Pattern

/// Fields whose changes are noise: `Deployment/web:spec.template.metadata.annotations["checksum/*"]`.
///
/// A rule is a path as reports print them, with a kind and a name in front if it is for some resources
/// only. It hides the field and everything below it. In keys, kinds, names and values `*` stands for
/// any text and `?` for any character; `*` as a step, or `[*]`, for any one step, and `**` for any number
/// of them.
package struct IgnoreRule: Sendable {
  enum Step: Sendable, Equatable {
    case anyNumber
    case any
    case key(Glob)
    case index(Int)
    case element([KeyGlob])
  }

  struct KeyGlob: Sendable, Equatable {
    let key: String
    let value: Glob
  }

  /// The rule as it was written.
  package let text: String
  private let kind: Glob?
  private let name: Glob?
  private let steps: [Step]

  /// - Throws: a `Flaw` where the text is no rule.
  package init(_ text: String) throws(Flaw) {
    self.text = text
    var parser = IgnoreRuleParser(text)
    (kind, name) = try parser.resource()
    steps = try parser.path()
  }

  func concerns(kind: String, name: String) -> Bool {
    (self.kind?.matches(kind) ?? true) && (self.name?.matches(name) ?? true)
  }

  /// Why a text is no rule.
  package struct Flaw: Error, Sendable, CustomStringConvertible {
    /// From 1, in characters.
    package let column: Int
    package let message: String

    package var description: String { "column \(column): \(message)" }
  }
}

// MARK: - Matching

/// One step on a way through a resource, as a rule sees it.
enum IgnorableStep {
  case key(String)
  /// An element: its place if it is known by it, and the texts under its keys.
  case element(index: Int?, text: (String) -> String?)

  init(_ step: ChangedPath.Step) {
    switch step {
    case .key(let key): self = .key(key)
    case .index(let index): self = .element(index: index, text: { _ in nil })
    case .element(let keys):
      self = .element(index: nil, text: { key in keys.first { $0.key == key }?.value })
    }
  }
}

extension IgnoreRule {
  /// How far a way has led into a rule: all the steps of the rule that may be next.
  struct Progress {
    fileprivate var next: Set<Int>
  }

  var start: Progress { Progress(next: closure([0])) }

  /// The way has led to a field that the rule names, or below it.
  func isReached(_ progress: Progress) -> Bool { progress.next.contains(steps.count) }

  func advance(_ progress: Progress, by step: IgnorableStep) -> Progress {
    if isReached(progress) { return progress }
    var next: Set<Int> = []
    for place in progress.next {
      if steps[place] == .anyNumber { next.insert(place) }
      if matches(steps[place], step) { next.insert(place + 1) }
    }
    return Progress(next: closure(next))
  }

  /// Any number of steps may be none.
  private func closure(_ places: Set<Int>) -> Set<Int> {
    var all = places
    for place in steps.indices where all.contains(place) && steps[place] == .anyNumber {
      all.insert(place + 1)
    }
    return all
  }

  private func matches(_ wanted: Step, _ step: IgnorableStep) -> Bool {
    switch (wanted, step) {
    case (.any, _): true
    case (.key(let glob), .key(let key)): glob.matches(key)
    case (.index(let wanted), .element(let index, _)): wanted == index
    case (.element(let wanted), .element(_, let text)):
      wanted.allSatisfy { pair in text(pair.key).map { pair.value.matches($0) } ?? false }
    default: false
    }
  }
}
