/// The pods that the objects of a build make, and their containers, each looked through once for all rules.
///
/// A pod is a `Pod`, or the template of any object that has one in `spec.template`, and of a `CronJob`. Custom
/// resources so count: a Rollout of Argo's makes pods as a Deployment does.
final class PodList {
  struct Pod {
    /// The object that makes the pod, by its number in the build.
    let resource: Int
    /// The mapping that holds the metadata and the spec.
    let template: NodeID
    let spec: NodeID
    let volumes: NodeID?
    /// The places of its containers in `containers`.
    let containers: Range<Int>
    /// The kind is one of Kubernetes' own, of which all fields are known.
    let isBuiltIn: Bool
  }

  /// A container, init container or ephemeral container, and the lists in it that rules ask for.
  struct Container {
    let node: NodeID
    var name: NodeID?
    var env: NodeID?
    var envFrom: NodeID?
    var ports: NodeID?
    var volumeMounts: NodeID?
    var volumeDevices: NodeID?
    var isEphemeral = false
  }

  private(set) var pods: ContiguousArray<Pod> = []
  private(set) var containers: ContiguousArray<Container> = []

  init(_ build: InspectedBuild) {
    let words = build.words
    let tree = build.tree
    for index in build.resources.indices {
      guard let template = Self.template(of: index, in: build, words),
        let spec = tree.field(.spec, of: template), tree.shape(spec) == .mapping
      else { continue }
      let start = containers.count
      var volumes: NodeID?
      var field = tree.first(of: spec)
      while let list = field {
        switch tree.key(list) {
        case .containers, .initContainers: addContainers(list, tree, words)
        case words.ephemeralContainers: addContainers(list, tree, words, areEphemeral: true)
        case words.volumes: volumes = list
        default: break
        }
        field = tree.next(after: list)
      }
      guard containers.count > start else { continue }
      pods.append(
        Pod(
          resource: index, template: template, spec: spec, volumes: volumes,
          containers: start..<containers.count,
          isBuiltIn: build.isBuiltInWorkload(build.resources[index].id.type)))
    }
  }

  private static func template(
    of index: Int, in build: InspectedBuild, _ words: RuleWords
  ) -> NodeID? {
    let tree = build.tree
    let root = build.resources[index].root
    let kind = build.resources[index].id.type.kind
    if kind == words.pod { return root }
    guard var spec = tree.field(.spec, of: root) else { return nil }
    if kind == words.cronJob {
      guard let job = tree.field(words.jobTemplate, of: spec),
        let jobSpec = tree.field(.spec, of: job)
      else { return nil }
      spec = jobSpec
    }
    return tree.field(words.template, of: spec)
  }

  private func addContainers(
    _ list: NodeID, _ tree: Tree, _ words: RuleWords, areEphemeral: Bool = false
  ) {
    guard tree.shape(list) == .sequence else { return }
    var item = tree.first(of: list)
    while let node = item {
      item = tree.next(after: node)
      guard tree.shape(node) == .mapping else { continue }
      var container = Container(node: node, isEphemeral: areEphemeral)
      var field = tree.first(of: node)
      while let value = field {
        switch tree.key(value) {
        case .name: container.name = value
        case words.env: container.env = value
        case words.envFrom: container.envFrom = value
        case words.ports: container.ports = value
        case words.volumeMounts: container.volumeMounts = value
        case words.volumeDevices: container.volumeDevices = value
        default: break
        }
        field = tree.next(after: value)
      }
      containers.append(container)
    }
  }

  /// The labels of a pod.
  func labels(of pod: Pod, in tree: Tree) -> NodeID? {
    tree.field(.metadata, of: pod.template).flatMap { tree.field(.labels, of: $0) }
  }
}

extension InspectedBuild {
  /// The kind is one of those that make pods in Kubernetes itself.
  func isBuiltInWorkload(_ type: GroupVersionKind) -> Bool {
    type.group.isEmpty || isGroup(type.group, "apps") || isGroup(type.group, "batch")
      || isGroup(type.group, "extensions")
  }

  func isGroup(_ group: Symbol, _ name: StaticString) -> Bool { symbol(name) == group }
}
