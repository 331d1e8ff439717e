internal import Lamina
internal import LaminaExplain

@_cdecl("lamina_explain")
public func laminaExplain(
  _ request: UnsafeRawPointer?, _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> UInt32 {
  Call.run([request], result) { requests in
    let request = requests[0]
    let root = try request.root()
    var reader = try OptionReader(request.options)
    let format = try reader.choice("format", ExplainFormat.self) ?? .text
    let asked = ExplainRequest(
      words: try reader.texts("select"), kinds: try reader.texts("kinds"),
      namespace: try reader.text("namespace"), isDeep: try reader.flag("deep"), format: format)
    let showsSecrets = try reader.flag("showSecrets")
    let options = try BuildOptions(&reader)
    try reader.finish()
    let renderer = options.renderer(of: root, traces: true, hidesSecrets: !showsSecrets)
    let rendering = try renderer.render(root.path, displayPath: root.name)
    let explainer = Explainer(rendering, root: root.name, showsSecrets: showsSecrets)
    return outcome(asked.answer(explainer), format, rendering)
  }
}

private func outcome(
  _ answer: ExplainRequest.Answer, _ format: ExplainFormat, _ rendering: Rendering
) -> Outcome {
  var bytes: [UInt8] = []
  if let page = answer.page {
    bytes = HTMLExplanation.bytes(of: page, index: nil)
  } else if answer.explanation != nil || format == .json {
    bytes = format.bytes(of: [answer.explanation].compactMap { $0 }, isColoured: false)
  }
  let missing = answer.missing.filter { !answer.found.contains($0.key) }
    .sorted { $0.key < $1.key }
  return Outcome(bytes: bytes, diagnostics: rendering.warnings) { json in
    json.field("missing") { json in
      json.array(of: missing) { json, entry in
        json.object { json in
          json.field("text", entry.key.string)
          if let hint = entry.value { json.field("hint", hint) }
        }
      }
    }
  }
}
