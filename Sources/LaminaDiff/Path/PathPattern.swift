internal import Lamina
internal import Pattern

/// A pattern for paths as reports print them, such as `spec.template.**["checksum/*"]`: `*` as a step, or
/// `[*]`, stands for any one step, `**` for any number of them, and keys and values are globs.
struct PathPattern: Sendable {
  enum Step: Sendable, Equatable {
    case anyNumber
    case any
    case key(Glob)
    /// The element at this place, from 0.
    case index(Int)
    /// The element with such texts under these keys.
    case element([KeyGlob])
  }

  struct KeyGlob: Sendable, Equatable {
    let key: String
    let value: Glob
  }

  let steps: [Step]
}

// MARK: - Matching

/// One step on a way through a resource, as a pattern sees it.
enum IgnorableStep {
  case key(String)
  /// An element: its place if it is known by it, and the texts under its keys.
  case element(index: Int?, text: (String) -> String?)

  init(_ step: ChangedPath.Step) {
    switch step {
    case .key(let key): self = .key(key)
    case .index(let index): self = .element(index: index, text: { _ in nil })
    case .element(let keys):
      self = .element(index: nil, text: { key in keys.first { $0.key.hasBytes(of: key) }?.value })
    }
  }
}

extension PathPattern {
  /// How far a way has led into a pattern: all the steps of the pattern that may be next.
  struct Progress {
    fileprivate var next: Set<Int>
  }

  var start: Progress { Progress(next: closure([0])) }

  /// The way has led to a field that the pattern names, or below it.
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
