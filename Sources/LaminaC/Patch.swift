internal import Lamina

@_cdecl("lamina_patch")
public func laminaPatch(
  _ request: UnsafeRawPointer?, _ patch: UnsafeRawPointer?, _ length: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> UInt32 {
  let patch = [UInt8](copying: patch, length)
  return Call.run([request], result) { requests in
    guard let patch else { throw InvalidCall.missing("patch") }
    let manifests = try requests[0].input()
    var reader = try OptionReader(requests[0].options)
    let kind: PatchKind = try reader.choice("type") ?? .strategicMerge
    let names = (
      patch: try reader.text("patchName") ?? "patch.yaml",
      input: try reader.text("inputName") ?? "manifests.yaml"
    )
    var target: ManifestPatch.Target?
    try reader.object("target") { (reader) throws(InvalidCall) in
      target = ManifestPatch.Target(
        group: try reader.text("group") ?? "", version: try reader.text("version") ?? "",
        kind: try reader.text("kind") ?? "", name: try reader.text("name") ?? "",
        namespace: try reader.text("namespace") ?? "",
        labelSelector: try reader.text("labelSelector") ?? "",
        annotationSelector: try reader.text("annotationSelector") ?? "")
    }
    let allows = (
      name: try reader.flag("allowNameChange"), kind: try reader.flag("allowKindChange")
    )
    let openAPI = try reader.text("openapi")
    let keepsRest = try reader.flag("keepRest")
    try reader.finish()
    var made =
      switch kind {
      case .strategicMerge: try ManifestPatch.strategicMerge(patch, name: names.patch)
      case .json: try ManifestPatch.json(patch, name: names.patch)
      }
    made.target = target
    made.allowsNameChange = allows.name
    made.allowsKindChange = allows.kind
    made.openAPI = openAPI.map { Array($0.utf8) }
    return Outcome(
      bytes: keepsRest
        ? try made.spliced(into: manifests, name: names.input)
        : try made.applied(to: manifests, name: names.input))
  }
}

private enum PatchKind: String, CaseIterable {
  case strategicMerge
  /// RFC 6902.
  case json
}
