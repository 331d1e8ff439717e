internal import Lamina

/// Works out what the differences of one resource do to the cluster.
struct Consequences {
  /// A resource on one side.
  struct Side {
    let id: RenderedResource.Identity
    let value: ComparedValue
  }

  private(set) var all: [Consequence] = []

  /// Of a resource that the new side does not have.
  static func ofRemoval(_ old: Side) -> [Consequence] {
    var consequences = Consequences()
    consequences.note(
      .removal, "the \(old.id.kind) goes away where what is no longer applied is pruned")
    if let lost = lost(with: old.id) { consequences.note(.dataLoss, lost) }
    return consequences.all
  }

  /// Of a resource that both sides have.
  static func of(
    _ changes: [FoundChange], from old: Side, to new: Side, match: ResourceDiff.Match
  ) -> [Consequence] {
    var consequences = Consequences()
    consequences.noteMove(from: old.id, to: new.id, match)
    // Another group, name or namespace makes another object, whose fields were never set.
    if old.id.name.hasBytes(of: new.id.name), old.id.namespace.hasBytes(of: new.id.namespace),
      haveOneStore(old.id.group, new.id.group)
    {
      consequences.noteImmutableFields(changes, old)
    }
    if changes.contains(where: { $0.path.leads(toOrBelow: ["spec", "replicas"]) }) {
      consequences.noteScale(old, new)
    }
    if touchTemplate(changes) { consequences.noteRollout(of: new) }
    return consequences.all
  }

  private mutating func note(_ kind: Consequence.Kind, _ message: String) {
    all.append(Consequence(kind: kind, message: message))
  }

  // MARK: - The kinds of consequences

  private static func lost(with id: RenderedResource.Identity) -> String? {
    switch (id.group, id.kind) {
    case ("", "Namespace"): "everything in the Namespace goes with it"
    case ("apiextensions.k8s.io", "CustomResourceDefinition"):
      "all objects of the kind that it defines go with it"
    case ("", "PersistentVolumeClaim"), ("", "PersistentVolume"): "its data may go with it"
    default: nil
    }
  }

  private mutating func noteMove(
    from old: RenderedResource.Identity, to new: RenderedResource.Identity,
    _ match: ResourceDiff.Match
  ) {
    let consequence = "a new \(new.kind) is made, and the old one goes away where it is pruned"
    if !Self.haveOneStore(old.group, new.group) {
      let (from, to) = (Self.words(old.group), Self.words(new.group))
      note(.removal, "the API group changes from \(from) to \(to): \(consequence)")
    }
    if !old.namespace.hasBytes(of: new.namespace) {
      let (from, to) = (Self.words(old.namespace), Self.words(new.namespace))
      note(.namespaceChange, "the namespace changes from \(from) to \(to): \(consequence)")
    }
    if !old.name.hasBytes(of: new.name), match != .contentHash {
      note(.rename, "the name changes from \(old.name) to \(new.name): \(consequence)")
    }
    guard !all.isEmpty, let lost = Self.lost(with: old) else { return }
    note(.dataLoss, "the old \(old.kind): \(lost)")
  }

  private static func words(_ text: String) -> String { text.isEmpty ? "none" : text }

  /// Whether the API server has the same objects under both groups: it kept those that once were in
  /// `extensions` when their kinds moved.
  private static func haveOneStore(_ old: String, _ new: String) -> Bool {
    let others = Set([old, new]).subtracting(["extensions"])
    return old.hasBytes(of: new) || (others.count == 1 && others.isSubset(of: formerExtensions))
  }

  private static let formerExtensions: Set = ["apps", "networking.k8s.io", "policy"]

  private mutating func noteImmutableFields(_ changes: [FoundChange], _ old: Side) {
    let fields = ImmutableFields(group: old.id.group, kind: old.id.kind)
    var known: Set<ByteText> = []
    for change in changes {
      guard let field = fields.field(touchedBy: change, of: old.value),
        known.insert(field).inserted
      else { continue }
      note(
        .immutableField,
        "\(field) cannot be changed: the \(old.id.kind) has to be deleted and made anew")
    }
  }

  private mutating func noteScale(_ old: Side, _ new: Side) {
    guard Self.scales(new.id) else { return }
    let (before, after) = (Self.replicas(of: old.value), Self.replicas(of: new.value))
    if before.count != after.count {
      note(.scale, "scaled from \(before.words) to \(after.words)")
    }
  }

  private static func scales(_ id: RenderedResource.Identity) -> Bool {
    switch (id.group, id.kind) {
    case ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "ReplicaSet"),
      ("", "ReplicationController"), ("argoproj.io", "Rollout"):
      true
    default: false
    }
  }

  /// One is what the server takes where nothing is said.
  private static func replicas(of value: ComparedValue) -> (count: String, words: String) {
    guard case .number(let text)? = value["spec"]?["replicas"] else {
      return ("1", "1 pod, the default")
    }
    return (text.string, text.string == "1" ? "1 pod" : "\(text.string) pods")
  }

  /// Whether a pod template is among what changes.
  static func touchTemplate(_ changes: [FoundChange]) -> Bool {
    changes.contains { $0.path.leads(toOrBelow: ["spec", "template"]) }
  }

  /// Whether the pods of a kind follow its template by themselves.
  static func rollsOut(_ id: RenderedResource.Identity) -> Bool {
    switch (id.group, id.kind) {
    case ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"),
      ("argoproj.io", "Rollout"):
      true
    default: false
    }
  }

  private mutating func noteRollout(of new: Side) {
    guard Self.rollsOut(new.id) else { return }
    // Deployments have no such strategy.
    if new.value["spec"]?["updateStrategy"]?["type"]?.keyText == "OnDelete" {
      return note(.rollout, "the pod template changes: pods follow when they are deleted")
    }
    note(.rollout, "the pod template changes: all pods are replaced")
  }
}
