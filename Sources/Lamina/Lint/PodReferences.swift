/// Finds the places where pods name config maps, secrets, claims and service accounts.
struct PodReferences {
  /// The kinds that pods name.
  enum Kind: String {
    case configMap = "ConfigMap"
    case secret = "Secret"
    case serviceAccount = "ServiceAccount"
    case persistentVolumeClaim = "PersistentVolumeClaim"

    func symbol(_ words: RuleWords) -> Symbol {
      switch self {
      case .configMap: .configMap
      case .secret: .secret
      case .serviceAccount: .serviceAccount
      case .persistentVolumeClaim: words.persistentVolumeClaim
      }
    }
  }

  /// What a pod names, as far as the build has it.
  enum Target {
    /// No object of the kind and name, or only in other namespaces.
    case none
    /// The place of the one object that may be meant.
    case one(Int)
    /// Any of several may be meant: `kubectl -n` decides.
    case several
  }

  struct Reference {
    /// The object that makes the pod.
    let resource: Int
    /// The kind that is named.
    let kind: Kind
    let name: NodeID
    let target: Target
    /// The key of a config map or secret that is asked for.
    let key: NodeID?
  }

  private var all: ContiguousArray<Reference> = []
  private let words: RuleWords
  private let build: InspectedBuild
  private let names: ObjectNames

  /// All but those that are `optional`, without which the pod starts.
  static func all(in build: InspectedBuild) -> ContiguousArray<Reference> {
    // Without pods, to make what finds them would be a fifth of the rules' part of a small build.
    build.pods.pods.isEmpty ? [] : PodReferences(build).all
  }

  private init(_ build: InspectedBuild) {
    (self.build, words) = (build, build.words)
    names = build.namesOfPods
    let tree = build.tree
    for pod in build.pods.pods {
      for container in build.pods.containers[pod.containers] { add(container, of: pod, tree) }
      if let volumes = pod.volumes { addVolumes(volumes, of: pod, tree) }
      if let list = tree.field(words.imagePullSecrets, of: pod.spec) {
        tree.eachField(.name, inElementsOf: list) { add(.secret, $0, of: pod, tree) }
      }
      if let account = tree.field(words.serviceAccountName, of: pod.spec) {
        add(.serviceAccount, account, of: pod, tree)
      }
    }
  }

  private mutating func add(
    _ kind: Kind, _ name: NodeID?, key: NodeID? = nil, of pod: PodList.Pod, _ tree: Tree
  ) {
    guard let name, tree.shape(name) == .scalar, !tree.textIsEmpty(name) else { return }
    all.append(
      Reference(
        resource: pod.resource, kind: kind, name: name,
        target: target(of: kind, named: name, from: build.namespace(of: pod.resource)), key: key))
  }

  private func target(of kind: Kind, named node: NodeID, from namespace: Symbol) -> Target {
    guard let name = build.symbol(ofText: node) else { return .none }
    var target = Target.none
    for place in names.places(of: kind.symbol(words), named: name)
    where build.mayBeEqual(build.namespace(of: place), namespace) {
      if case .one = target { return .several }
      target = .one(place)
    }
    return target
  }

  private mutating func add(
    _ container: PodList.Container, of pod: PodList.Pod, _ tree: Tree
  ) {
    if let env = container.env {
      tree.eachField(words.valueFrom, inElementsOf: env) { source in
        addSource(source, words.configMapKeyRef, words.secretKeyRef, of: pod, tree)
      }
    }
    guard let list = container.envFrom, tree.shape(list) == .sequence else { return }
    var item = tree.first(of: list)
    while let source = item {
      addSource(source, words.configMapRef, words.secretRef, of: pod, tree)
      item = tree.next(after: source)
    }
  }

  /// - Parameter source: a mapping with one of the two fields.
  private mutating func addSource(
    _ source: NodeID, _ configMap: Symbol, _ secret: Symbol, of pod: PodList.Pod,
    _ tree: Tree
  ) {
    if let value = tree.field(configMap, of: source) {
      add(.configMap, nameIn: value, .name, of: pod, tree)
    }
    if let value = tree.field(secret, of: source) {
      add(.secret, nameIn: value, .name, of: pod, tree)
    }
  }

  private mutating func add(
    _ kind: Kind, nameIn value: NodeID, _ field: Symbol, of pod: PodList.Pod, _ tree: Tree
  ) {
    if let optional = tree.field(words.optional, of: value), tree.textEquals(optional, "true") {
      return
    }
    let name = tree.field(field, of: value)
    add(kind, name, key: tree.field(words.key, of: value), of: pod, tree)
    guard let items = tree.field(.items, of: value) else { return }
    tree.eachField(words.key, inElementsOf: items) { add(kind, name, key: $0, of: pod, tree) }
  }

  private mutating func addVolumes(_ volumes: NodeID, of pod: PodList.Pod, _ tree: Tree) {
    guard tree.shape(volumes) == .sequence else { return }
    var item = tree.first(of: volumes)
    while let volume = item {
      item = tree.next(after: volume)
      if let value = tree.field(words.configMap, of: volume) {
        add(.configMap, nameIn: value, .name, of: pod, tree)
      }
      if let value = tree.field(words.secretField, of: volume) {
        add(.secret, nameIn: value, words.secretName, of: pod, tree)
      }
      if let value = tree.field(words.claim, of: volume) {
        add(.persistentVolumeClaim, tree.field(words.claimName, of: value), of: pod, tree)
      }
      guard let projected = tree.field(words.projected, of: volume),
        let sources = tree.field(words.sources, of: projected)
      else { continue }
      tree.eachField(words.configMap, inElementsOf: sources) {
        add(.configMap, nameIn: $0, .name, of: pod, tree)
      }
      tree.eachField(words.secretField, inElementsOf: sources) {
        add(.secret, nameIn: $0, .name, of: pod, tree)
      }
    }
  }
}
