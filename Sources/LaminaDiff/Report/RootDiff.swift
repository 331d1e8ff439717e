package import Lamina

/// What differs between two sides of one root.
package struct RootDiff: Sendable {
  /// The root in the user's words: `overlays/prod`.
  package let name: String
  package let old: DiffSide
  package let new: DiffSide
  /// The resources that differ, in the order of the new side; a removed one stands behind the resource
  /// that it followed. None where a side has failed.
  package let resources: [ResourceDiff]
  /// How many resources are the same on both sides.
  package let unchangedCount: Int
  /// The resources that both sides have stand in another order.
  package let isReordered: Bool
  /// What was found and is not shown.
  package let hidden: HiddenChanges
  /// What the root was called before its directory was moved or renamed.
  package var formerName: String?
  /// Whether the files that the root reads differ between the sides; nil where nobody has looked.
  package var isAffected: Bool?
  /// The words that this root's kustomizations put into names and namespaces.
  package var ownWords = OwnWords()

  package init(
    name: String, old: DiffSide, new: DiffSide, resources: [ResourceDiff], unchangedCount: Int,
    isReordered: Bool = false, hidden: HiddenChanges = HiddenChanges()
  ) {
    self.name = name
    self.old = old
    self.new = new
    self.resources = resources
    self.unchangedCount = unchangedCount
    self.isReordered = isReordered
    self.hidden = hidden
  }

  /// The same with other resources.
  func with(_ resources: [ResourceDiff]) -> RootDiff {
    var root = RootDiff(
      name: name, old: old, new: new, resources: resources, unchangedCount: unchangedCount,
      isReordered: isReordered, hidden: hidden)
    root.formerName = formerName
    root.isAffected = isAffected
    root.ownWords = ownWords
    return root
  }

  package var hasFailed: Bool { old.failure != nil || new.failure != nil }

  /// There is something to be said of the root.
  package var saysAnything: Bool {
    isDifferent || hasFailed || isReordered || hidden != HiddenChanges()
  }

  /// A change of the order or of the layout alone is none to the cluster.
  package var isDifferent: Bool { !resources.isEmpty || failureKind == .former }
}

// MARK: - Failures

extension RootDiff {
  /// How the two sides fail.
  package enum FailureKind: String, Sendable {
    /// Both sides fail in the same way.
    case alike
    /// Only the new side fails.
    case new
    /// Both sides fail, each in its own way.
    case different
    /// Only the old side fails.
    case former
  }

  /// nil where both sides render.
  package var failureKind: FailureKind? {
    switch (old.failure, new.failure) {
    case (nil, nil): nil
    case (nil, _?): .new
    case (_?, nil): .former
    case (let old?, let new?):
      isAffected == false || (old.id == new.id && old.message.hasBytes(of: new.message))
        ? .alike : .different
    }
  }

  /// Whether the failure has to do with the change, so that nothing can be said of the root. What was
  /// broken before and is not touched is not to blame on the change; neither is a root that it repairs.
  package var failureDecides: Bool {
    switch failureKind {
    case nil: false
    case .alike: isAffected ?? true
    case .new, .different: true
    case .former: isAffected != true
    }
  }

  /// The root was broken before, is broken now, and is not touched: reports fold it.
  package var isFolded: Bool { failureKind == .alike && !failureDecides }

  /// The failure to show: the new side's, if it has one.
  var shownFailure: Diagnostic? { new.failure ?? old.failure }
}

/// One of the two states that are compared.
package struct DiffSide: Sendable {
  package enum State: Sendable {
    case rendered(Manifest)
    /// There is no such root on this side: it is new, or it was removed.
    case absent
    /// It does not render, which is another thing than a root without resources.
    case failed(Diagnostic)
  }

  /// What headings call the side: `main:overlays/prod`, `out/prod.yaml`, `standard input`.
  package let label: String
  package let state: State

  package init(label: String, state: State) {
    self.label = label
    self.state = state
  }

  package var failure: Diagnostic? {
    if case .failed(let diagnostic) = state { diagnostic } else { nil }
  }

  package var manifest: Manifest? {
    if case .rendered(let manifest) = state { manifest } else { nil }
  }
}

/// How much a report leaves out, by reason.
package struct HiddenChanges: Sendable, Equatable {
  /// For each rule that the user gave, in their order, how many changed fields it hides; none are left
  /// out of the list.
  package var ignored: [(rule: String, count: Int)] = []
  /// References that differ only because the content hash in a name does.
  package var followedNames = 0
  /// Resources that differ in comments, quotes or the order of keys only.
  package var layoutOnly = 0

  package init() {}

  package static func == (left: HiddenChanges, right: HiddenChanges) -> Bool {
    left.followedNames == right.followedNames && left.layoutOnly == right.layoutOnly
      && left.ignored.elementsEqual(right.ignored, by: ==)
  }
}
