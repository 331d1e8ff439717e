internal import Lamina

/// Compares the resources of two streams.
///
/// Those with the same bytes are never read: what has not changed costs next to nothing.
struct StreamComparison {
  private let old: [RenderedResource]
  private let new: [RenderedResource]
  private let pairs: [ResourceMatching.Pair]
  private let rules: [IgnoreRule]
  private let contextLines: Int
  private let hidesSecrets: Bool
  private var names = FollowedNames()
  private var objects: ObjectComparer
  private var filter: IgnoreFilter

  private var found: [ResourceDiff] = []
  private var followers = Followers()
  private var followedCount = 0
  private var layoutOnlyCount = 0
  private var oldResources: [ManifestResource?]
  private var newResources: [ManifestResource?]
  private(set) var unchangedCount = 0

  init(_ old: [RenderedResource], _ new: [RenderedResource], _ options: Comparison.Options) {
    self.old = old
    self.new = new
    pairs = ResourceMatching.pairs(old: old, new: new)
    rules = options.ignored
    contextLines = options.contextLines
    hidesSecrets = !options.showsSecrets
    objects = ObjectComparer(showsSecrets: options.showsSecrets)
    objects.masks = options.masks
    filter = IgnoreFilter(options.ignored)
    oldResources = Array(repeating: nil, count: old.count)
    newResources = Array(repeating: nil, count: new.count)
  }

  mutating func run() throws(Diagnostic) {
    // A golden file holds masks; what the build masks is compared with them.
    if hidesSecrets, objects.masks == nil {
      for resource in old + new where resource.mayHoldSecret { objects.learnSecrets(of: resource) }
    }
    for pair in pairs { follow(pair) }
    for pair in pairs {
      switch (pair.old, pair.new) {
      case (let oldPlace?, let newPlace?):
        try compare(oldPlace, newPlace, pair.match ?? .id)
      case (let oldPlace?, nil): try noteRemoved(oldPlace)
      case (nil, let newPlace?): try noteAdded(newPlace)
      case (nil, nil): break
      }
    }
  }

  // MARK: - The outcome

  /// The resources that differ.
  var differences: [ResourceDiff] { found.map { followers.adding(to: $0) } }

  var oldManifest: Manifest { Manifest(resources: oldResources.compactMap { $0 }) }
  var newManifest: Manifest { Manifest(resources: newResources.compactMap { $0 }) }

  /// The resources that both sides have stand in another order.
  var isReordered: Bool {
    let places = pairs.compactMap { $0.new == nil ? nil : $0.old }
    return zip(places, places.dropFirst()).contains { $0 > $1 }
  }

  var hidden: HiddenChanges {
    var hidden = HiddenChanges()
    hidden.followedNames = followedCount
    hidden.layoutOnly = layoutOnlyCount
    for (rule, count) in zip(rules, filter.counts) where count > 0 {
      hidden.ignored.append((rule.text, count))
    }
    return hidden
  }

  // MARK: - One resource

  private mutating func follow(_ pair: ResourceMatching.Pair) {
    guard let oldPlace = pair.old, let newPlace = pair.new else { return }
    let (oldID, newID) = (old[oldPlace].id, new[newPlace].id)
    guard !oldID.name.hasBytes(of: newID.name),
      pair.match == .contentHash || pair.match == .namespace,
      HashedName.base(of: oldID.name) != nil, HashedName.base(of: newID.name) != nil
    else { return }
    names.follow(from: oldID.name, to: newID.name)
  }

  private mutating func noteAdded(_ place: Int) throws(Diagnostic) {
    let added = ManifestResource(new[place], try objects.object(new[place]))
    newResources[place] = added
    if filter.hides(new[place].id) { return }
    found.append(ResourceDiff(old: nil, new: added))
  }

  private mutating func noteRemoved(_ place: Int) throws(Diagnostic) {
    let object = try objects.object(old[place])
    let removed = ManifestResource(old[place], object)
    oldResources[place] = removed
    if filter.hides(old[place].id) { return }
    found.append(
      ResourceDiff(
        old: removed, new: nil,
        consequences: Consequences.ofRemoval(.init(id: removed.id, value: object.value))))
  }

  private mutating func compare(
    _ oldPlace: Int, _ newPlace: Int, _ match: ResourceDiff.Match
  ) throws(Diagnostic) {
    let (oldResource, newResource) = (old[oldPlace], new[newPlace])
    if oldResource.yaml == newResource.yaml {
      unchangedCount += 1
      if let layout = oldResource.layout, let other = newResource.layout, layout != other {
        layoutOnlyCount += 1
      }
      oldResources[oldPlace] = try text(of: oldResource)
      newResources[newPlace] = try text(of: newResource)
      return
    }
    let before = try objects.object(oldResource)
    let after = try objects.object(newResource, after: before)
    let (oldSide, newSide) = (
      ManifestResource(oldResource, before), ManifestResource(newResource, after)
    )
    oldResources[oldPlace] = oldSide
    newResources[newPlace] = newSide
    // With its masks, a golden file is what it would be now.
    if objects.masks != nil, before.yaml == after.yaml {
      unchangedCount += 1
      return
    }
    if filter.hides(newResource.id) {
      unchangedCount += 1
      return
    }

    let marked = names.marked(before.value, after.value)
    let all = ValueComparison.changes(from: marked.old, to: marked.new, context: contextLines)
    let changes = filter.filter(
      all.map { names.unmarked($0) }, kind: newResource.id.kind, name: newResource.id.name)
    let followed = countFollowed(marked.new, all, of: newResource.id, match)
    if !Consequences.touchTemplate(changes) { followers.note(newSide.id, marked.new, names) }
    guard !changes.isEmpty else {
      unchangedCount += 1
      if all.isEmpty, !followed { layoutOnlyCount += 1 }
      return
    }
    found.append(
      ResourceDiff(
        old: oldSide, new: newSide, match: match,
        changes: changes.map { FieldChange($0, oldResource, newResource) },
        consequences: Consequences.of(
          changes, from: .init(id: oldSide.id, value: before.value),
          to: .init(id: newSide.id, value: after.value), match: match)))
  }

  /// A resource that is the same on both sides; nobody asks for its values.
  private mutating func text(of resource: RenderedResource) throws(Diagnostic) -> ManifestResource {
    if resource.mayHoldSecret {
      return ManifestResource(resource, try objects.object(resource))
    }
    return ManifestResource(
      id: resource.id, yaml: Array(resource.yaml), value: nil, origin: resource.origin)
  }

  /// Counts the references that only follow their objects.
  ///
  /// - Returns: whether there are any.
  private mutating func countFollowed(
    _ marked: ComparedValue, _ changes: [FoundChange], of id: RenderedResource.Identity,
    _ match: ResourceDiff.Match
  ) -> Bool {
    let all = names.references(in: marked)
    if all.isEmpty { return false }
    var shown = 0
    for change in changes {
      switch change.kind {
      case .added(let value), .changed(_, let value): shown += names.references(in: value).count
      case .removed, .text, .reordered: break
      }
    }
    // The name of the object itself refers to nothing.
    let own = all.contains(bytesOf: id.name) && match != .id ? 1 : 0
    followedCount += max(all.count - shown - own, 0)
    return true
  }
}

extension ManifestResource {
  fileprivate init(_ resource: RenderedResource, _ object: ComparedObject) {
    self.init(
      id: resource.id.shown(as: object.value), yaml: object.yaml,
      value: ManifestValue(object.value), origin: resource.origin)
  }
}

extension RenderedResource.Identity {
  /// The identity without what is masked in the object: a replacement may have copied a name from a Secret.
  fileprivate func shown(as value: ComparedValue) -> RenderedResource.Identity {
    func isSecret(_ value: ComparedValue?) -> Bool {
      if case .secret = value { true } else { false }
    }
    let metadata = value["metadata"]
    return masking(
      apiVersion: isSecret(value["apiVersion"]), kind: isSecret(value["kind"]),
      namespace: isSecret(metadata?["namespace"]), name: isSecret(metadata?["name"]))
  }
}

extension FieldChange {
  fileprivate init(_ change: FoundChange, _ old: RenderedResource, _ new: RenderedResource) {
    let kind: Kind =
      switch change.kind {
      case .added(let value): .added(ManifestValue(value))
      case .removed(let value): .removed(ManifestValue(value))
      case .changed(let old, let new): .changed(ManifestValue(old), ManifestValue(new))
      case .text(let lines): .text(lines)
      case .reordered(let old, let new): .reordered(old, new)
      }
    self.init(
      path: change.path, kind: kind,
      oldOrigin: change.oldPlace.flatMap { old.location(at: $0) },
      newOrigin: change.newPlace.flatMap { new.location(at: $0) },
      oldPlace: change.oldPlace, newPlace: change.newPlace)
  }
}

extension RenderedResource {
  /// Whether the YAML of the resource may have a secret in it: it cannot without this word, unless its build copied
  /// one there.
  var mayHoldSecret: Bool {
    if isOfBuildThatCopiesSecrets { return true }
    let word = Array("Secret".utf8)
    var rest = yaml
    while let start = rest.firstIndex(of: word[0]) {
      rest = rest[start...]
      if rest.starts(with: word) { return true }
      rest.removeFirst()
    }
    return false
  }
}
