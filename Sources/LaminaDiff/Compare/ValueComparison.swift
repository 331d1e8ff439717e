internal import Lamina

/// Finds the fields in which two values differ.
///
/// Mappings are compared key by key. The elements of a list are compared with those that have the same
/// merge keys (`ElementKeys`), or else as a sequence (`ElementSequence`). Everything that is not the
/// same on both sides shows in exactly one change.
struct ValueComparison {
  private(set) var changes: [FoundChange] = []
  private var path = ChangedPath()
  private var oldPlace: [FieldStep] = []
  private var newPlace: [FieldStep] = []
  private let context: Int

  private init(context: Int) { self.context = context }

  /// - Parameter context: how many lines of a text are kept around those that differ.
  static func changes(
    from old: ComparedValue, to new: ComparedValue, context: Int = DiffReport.usualContext
  ) -> [FoundChange] {
    var comparison = ValueComparison(context: context)
    comparison.compare(old, new)
    return comparison.changes
  }

  private mutating func compare(_ old: ComparedValue, _ new: ComparedValue) {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)): compareMappings(old, new)
    case (.list(let old), .list(let new)): compareLists(old, new)
    case (.string(let old), .string(let new)):
      if old == new { return }
      if let lines = TextComparison.lines(
        from: old.string, to: new.string, context: context)
      {
        note(.text(lines))
      } else {
        note(.changed(.string(old), .string(new)))
      }
    default:
      if old != new { note(.changed(old, new)) }
    }
  }

  // MARK: - Mappings

  /// Goes through both in the order of their keys.
  private mutating func compareMappings(
    _ old: [ComparedValue.Entry], _ new: [ComparedValue.Entry]
  ) {
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let isOld =
        left < old.count && (right == new.count || old[left].key <= new[right].key)
      let isNew =
        right < new.count && (left == old.count || new[right].key <= old[left].key)
      let key = isOld ? old[left].key.string : new[right].key.string
      visit(
        .key(key), isOld ? old[left].value : nil, isNew ? new[right].value : nil, .key(key),
        .key(key))
      if isOld { left += 1 }
      if isNew { right += 1 }
    }
  }

  // MARK: - Lists

  private mutating func compareLists(_ old: ComparedValue.List, _ new: ComparedValue.List) {
    if let pairs = ElementKeys.pairs(old, new) {
      compare(pairs, old.elements, new.elements)
    } else if old.elements != new.elements {
      compare(ElementSequence.pairs(old.elements, new.elements), old.elements, new.elements)
    }
  }

  private mutating func compare(
    _ pairs: ElementPairs, _ old: [ComparedValue], _ new: [ComparedValue]
  ) {
    if pairs.isReordered {
      note(.reordered(pairs.oldOrder.map(\.description), pairs.newOrder.map(\.description)))
    }
    for pair in pairs.all {
      visit(
        pair.step, pair.old.map { old[$0] }, pair.new.map { new[$0] }, .index(pair.old ?? 0),
        .index(pair.new ?? 0))
    }
  }

  // MARK: - Walking

  /// Compares what is one step further; at least one side has something there.
  private mutating func visit(
    _ step: ChangedPath.Step, _ old: ComparedValue?, _ new: ComparedValue?, _ oldStep: FieldStep,
    _ newStep: FieldStep
  ) {
    path.steps.append(step)
    oldPlace.append(oldStep)
    newPlace.append(newStep)
    defer {
      path.steps.removeLast()
      oldPlace.removeLast()
      newPlace.removeLast()
    }
    switch (old, new) {
    case (let old?, let new?): compare(old, new)
    case (let old?, nil): note(.removed(old))
    case (nil, let new?): note(.added(new))
    case (nil, nil): break
    }
  }

  private mutating func note(_ kind: FoundChange.Kind) {
    var (hasOld, hasNew) = (true, true)
    if case .added = kind { hasOld = false }
    if case .removed = kind { hasNew = false }
    changes.append(
      FoundChange(
        path: path, kind: kind, oldPlace: hasOld ? oldPlace : nil,
        newPlace: hasNew ? newPlace : nil))
  }
}
