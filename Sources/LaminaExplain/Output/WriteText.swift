internal import Lamina
internal import LaminaDiff

/// A write in words, for text and pages.
enum WriteText {
  /// What did it; empty for a value that stands in a file of the root's own layer.
  static func deed(_ explained: ExplainedWrite) -> String {
    let write = explained.write
    switch write.kind {
    case "resources": return ""
    case "patches", "patchesStrategicMerge", "patchesJson6902":
      return write.operation.map { "patch, \($0.word)" } ?? "patch"
    case "nameReference": return "follows the name of \(target(explained))"
    case "contentHash": return "hash of the content"
    case "replacements", "vars":
      let source = explained.followed.map { ", copied from \(text(of: $0))" } ?? ""
      return write.kind + source
    case "helmChart": return "chart"
    default: return write.kind
    }
  }

  private static func target(_ explained: ExplainedWrite) -> String {
    explained.followed?.object.map { name(of: $0) } ?? "an object that is not printed"
  }

  static func name(of id: RenderedResource.Identity) -> String {
    ShownText.line("\(id.kind)/\(id.name)")
  }

  private static func text(of followed: ExplainedWrite.Followed) -> String {
    if let object = followed.object {
      return "\(name(of: object)) \(ShownText.line(followed.path.description))"
    }
    return followed.place.map { ShownText.line("\($0)") } ?? "a value that is not printed"
  }

  /// The entry that asks for the write, where the place is another one.
  static func entry(_ write: FieldWrite) -> String? {
    guard let entry = write.entry, entry != write.origin else { return nil }
    return ShownText.line("\(entry)")
  }

  /// The layers from that of the write to the root, where it is not the root's own.
  static func layers(_ write: FieldWrite) -> String? {
    guard write.layers.count > 1 else { return nil }
    return write.layers.map { layer in
      let place = layer.asked.map { ", used by \(ShownText.line("\($0)"))" } ?? ""
      return layer.asked == nil ? "" : "\(ShownText.line(layer.directory))\(place)"
    }.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  static func place(_ location: Diagnostic.Location?) -> String {
    guard let location else { return "made by the build" }
    // As `Location.description`, whose interpolation costs as much as all the rest of a line.
    var text = ShownText.line(location.file)
    for number in [location.line, location.column] {
      text += ":"
      text += String(number)
    }
    return text
  }
}
