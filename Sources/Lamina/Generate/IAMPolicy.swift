/// An `IAMPolicyGenerator`: a service account that stands for one of a cloud provider
/// (filters/iampolicygenerator/iampolicygenerator.go).
struct IAMPolicy: Sendable {
  let arguments: IAMPolicyArguments

  init(_ arguments: IAMPolicyArguments) throws(Problem) {
    guard arguments.cloud == "gke" else {
      throw .unknownCloud(arguments.cloud, at: arguments.position)
    }
    self.arguments = arguments
  }

  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    let writer = workspace.tree.ledger.begin(.generator, at: arguments.position)
    // kustomize writes the account as text and reads that, so names that look like numbers become
    // some.
    let file = workspace.sources.add(path: "IAMPolicyGenerator", bytes: Array(text.utf8))
    let first = workspace.tree.nodes.count
    let root = try YAMLReader.firstDocument(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    guard let root else { return }
    // The text is no file of the user's.
    workspace.tree.claim(nodesFrom: first, by: writer)
    let resource = ResourceReader.resource(of: root, &workspace)
    try GeneratedObject(resource, origin: origin, position: arguments.position)
      .absorb(into: &resources, &workspace)
  }

  private var text: String {
    let account = "\(arguments.accountName)@\(arguments.project).iam.gserviceaccount.com"
    var text = """
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        annotations:
          iam.gke.io/gcp-service-account: \(account)
        name: \(arguments.name)

      """
    if !arguments.namespace.isEmpty { text += "  namespace: \(arguments.namespace)\n" }
    return text
  }
}

extension Problem {
  fileprivate static func unknownCloud(_ cloud: String, at position: Position) -> Problem {
    Problem(
      .unknownCloud, "cloud provider \"\(cloud)\" is not supported; gke is", at: position)
  }
}
