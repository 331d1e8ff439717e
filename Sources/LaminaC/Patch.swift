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
    try reader.finish()
    let made =
      switch kind {
      case .strategicMerge: try ManifestPatch.strategicMerge(patch, name: names.patch)
      case .json: try ManifestPatch.json(patch, name: names.patch)
      }
    return Outcome(bytes: try made.applied(to: manifests, name: names.input))
  }
}

private enum PatchKind: String, CaseIterable {
  case strategicMerge
  /// RFC 6902.
  case json
}
