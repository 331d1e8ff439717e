internal import Lamina

@_cdecl("lamina_render")
public func laminaRender(
  _ request: UnsafeRawPointer?, _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> UInt32 {
  Call.run([request], result) { requests in
    let request = requests[0]
    let root = try request.root()
    var reader = try OptionReader(request.options)
    let options = try BuildOptions(&reader)
    try reader.finish()
    return try render(root, options)
  }
}

private func render(_ root: Request.Root, _ options: BuildOptions) throws -> Outcome {
  let renderer = options.renderer(of: root)
  let rendering = try renderer.render(root.path, displayPath: root.name)
  return Outcome(bytes: rendering.bytes, diagnostics: rendering.warnings) { json in
    json.writeFilesRead(rendering.filesRead)
    let names = rendering.fileNames
    json.field("resources") { json in
      json.array(of: zip(rendering.resources, names)) { json, entry in
        let (resource, name) = entry
        json.object { json in
          json.write(resource.id)
          json.field("start", resource.range.lowerBound)
          json.field("end", resource.range.upperBound)
          json.field("file", name)
          if let origin = resource.origin { json.field("origin", origin.description) }
        }
      }
    }
  }
}

extension JSONWriter {
  /// The files that were read, by canonical path.
  mutating func writeFilesRead(_ files: [String]) {
    field("filesRead") { $0.array(of: files) { $0.string($1) } }
  }

  /// The fields that name an object.
  mutating func write(_ id: RenderedResource.Identity) {
    let version = id.group.isEmpty ? id.version : "\(id.group)/\(id.version)"
    field("apiVersion", version)
    field("kind", id.kind)
    if !id.namespace.isEmpty { field("namespace", id.namespace) }
    field("name", id.name)
  }
}
