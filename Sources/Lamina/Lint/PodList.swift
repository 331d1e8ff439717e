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
    let labels: NodeID?
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

  // Constants, since each look at a variable of an object is checked for exclusive access.
  let pods: ContiguousArray<Pod>
  let containers: ContiguousArray<Container>

  init(_ build: InspectedBuild) {
    var pods: ContiguousArray<Pod> = []
    var containers: ContiguousArray<Container> = []
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
        case .containers, .initContainers: Self.add(list, to: &containers, tree, words)
        case words.ephemeralContainers:
          Self.add(list, to: &containers, tree, words, areEphemeral: true)
        case words.volumes: volumes = list
        default: break
        }
        field = tree.next(after: list)
      }
      guard containers.count > start else { continue }
      pods.append(
        Pod(
          resource: index, template: template, spec: spec,
          labels: tree.field(.metadata, of: template).flatMap { tree.field(.labels, of: $0) },
          volumes: volumes, containers: start..<containers.count,
          isBuiltIn: words.isBuiltInWorkload(build.resources[index].id.type)))
    }
    self.pods = pods
    self.containers = containers
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

  private static func add(
    _ list: NodeID, to containers: inout ContiguousArray<Container>, _ tree: Tree,
    _ words: RuleWords, areEphemeral: Bool = false
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
}
