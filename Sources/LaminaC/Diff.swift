internal import CLamina
internal import Lamina
internal import LaminaDiff

@_cdecl("lamina_diff")
public func laminaDiff(
  _ old: UnsafeRawPointer?, _ new: UnsafeRawPointer?,
  _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> UInt32 {
  Call.run([old, new], result) { requests in
    var reader = try OptionReader(requests[1].options)
    let options = try DiffOptions(&reader)
    try reader.finish()
    guard requests[0].options.isEmpty else {
      throw InvalidCall("the options of both sides are those of the new one")
    }
    let before = try options.side(requests[0], label: options.labels.old)
    let after = try options.side(requests[1], label: options.labels.new)
    return try diff(before, after, options)
  }
}

private func diff(
  _ old: DiffOptions.Side, _ new: DiffOptions.Side, _ options: DiffOptions
) throws -> Outcome {
  let name = options.name ?? new.name ?? old.name ?? "manifests"
  var difference = Comparison.diff(name, from: old.side, to: new.side, options.comparison)
  difference.ownWords = OwnWords(new.words + old.words)
  let saysAnything =
    difference.isDifferent || difference.hasFailed || difference.isReordered
    || difference.hidden != HiddenChanges()
  var report = DiffReport(roots: saysAnything ? [difference] : [], comparedCount: 1)
  report.title = options.title
  report.contextLines = options.comparison.contextLines
  // What the change is not to blame for is part of the report only.
  let failures = [difference.old.failure, difference.new.failure].compactMap { $0 }
  if difference.failureDecides, let failure = failures.last { return Outcome(failure) }
  let outcome = report.outcome
  return Outcome(bytes: options.format.bytes(of: report), diagnostics: new.warnings) { json in
    json.field("different", outcome == .different)
  }
}

/// What options say of a comparison.
private struct DiffOptions {
  let format: DiffForm
  let title: String?
  /// What the report calls the root; nil is the text of the request.
  let name: String?
  let labels: (old: String, new: String)
  private(set) var comparison = Comparison.Options()
  private let build: BuildOptions

  init(_ reader: inout OptionReader) throws {
    format = try reader.choice("format") ?? .text
    title = try reader.text("title")
    name = try reader.text("name")
    labels = (try reader.text("oldName") ?? "old", try reader.text("newName") ?? "new")
    comparison.showsSecrets = try reader.flag("showSecrets")
    comparison.contextLines = try reader.count("context") ?? DiffReport.usualContext
    let ignored = try reader.texts("ignore")
    build = try BuildOptions(&reader)
    for text in ignored + build.settings.diff.ignored {
      do throws(PathFlaw) { comparison.ignored.append(try IgnoreRule(text)) } catch {
        throw InvalidCall("options: ignore: \(text): \(error)")
      }
    }
  }

  struct Side {
    let side: Comparison.Side
    /// The root in the user's words; nil for a stream.
    let name: String?
    var warnings: [Diagnostic] = []
    var words: [LayerWords] = []
  }

  /// Renders a side, or reads its stream.
  func side(_ request: Request, label: String) throws -> Side {
    let hidesSecrets = !comparison.showsSecrets
    if let bytes = request.manifests {
      let rendering = try Rendering(
        manifest: bytes, displayPath: label, hidesSecrets: hidesSecrets)
      return Side(side: .init(label: label, content: .rendered(rendering)), name: nil)
    }
    let root = try request.root()
    do throws(Diagnostic) {
      let rendering = try build.renderer(of: root, hidesSecrets: hidesSecrets)
        .render(root.path, displayPath: root.name)
      return Side(
        side: .init(label: label, content: .rendered(rendering)), name: root.name,
        warnings: rendering.warnings, words: [rendering.layerWords])
    } catch {
      return Side(side: .init(label: label, content: .failed(error)), name: root.name)
    }
  }
}

/// In which form a comparison is printed.
private enum DiffForm: String, CaseIterable {
  case text, unified, markdown, json, html

  func bytes(of report: DiffReport) -> [UInt8] {
    switch self {
    case .text: TextReport.bytes(of: report)
    case .unified: UnifiedReport.bytes(of: report)
    case .markdown: MarkdownReport.bytes(of: report)
    case .json: JSONReport.bytes(of: report)
    case .html: HTMLReport.bytes(of: report)
    }
  }
}
