/// An `IAMPolicyGenerator`: a service account that stands for one of a cloud provider
/// (filters/iampolicygenerator/iampolicygenerator.go).
///
/// Rarely used, and so the one generator that prints text and has it read: that way every oddity of
/// the text is reproduced without being known.
struct IAMPolicy: Sendable {
  let arguments: IAMPolicyArguments

  /// Other providers are refused, as in kustomize (`Filter`), which knows only `gke`.
  init(_ arguments: IAMPolicyArguments) throws(Problem) {
    guard arguments.cloud == "gke" else {
      throw .unknownCloud(arguments.cloud, at: arguments.position)
    }
    self.arguments = arguments
  }

  /// The nodes are claimed for the edit, since positions in the text would lead to no file.
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
    let resource = try ResourceReader.resource(of: root, &workspace)
    try GeneratedObject(resource, origin: origin, position: arguments.position)
      .absorb(into: &resources, &workspace)
  }

  /// The template of kustomize (`generateGkeIAMPolicyResources`). Nothing is quoted: a name with a
  /// colon breaks the text in both.
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
