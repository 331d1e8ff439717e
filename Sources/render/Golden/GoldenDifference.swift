import Lamina
import LaminaDiff

/// What it means that golden files differ from what is rendered now.
enum GoldenDifference {
  /// - Parameters:
  ///   - files: the bytes of the golden files.
  ///   - place: what messages call them.
  static func words(
    from files: [[UInt8]], at place: String, to expected: GoldenRoots.Expected,
    of root: GoldenRoot
  ) -> String {
    do {
      // Masks are compared with masks.
      let rendering =
        expected.masked.secretCount == 0
        ? expected.rendering
        : try Rendering(manifest: expected.masked.bytes, displayPath: root.name)
      let golden = try Rendering(manifest: stream(of: files), displayPath: place)
      let difference = Comparison.diff(
        root.name, from: .init(label: "golden", content: .rendered(golden)),
        to: .init(label: "rendered", content: .rendered(rendering)))
      if !difference.isDifferent { return layoutOnly }
      let report = DiffReport(roots: [difference], comparedCount: 1)
      let text = String(decoding: TextReport.bytes(of: report), as: UTF8.self)
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    } catch { return "\(error)" }
  }

  private static let layoutOnly =
    "The objects are the same: only comments, quotes, or the order of keys or resources differ."

  private static func stream(of files: [[UInt8]]) -> [UInt8] {
    var stream: [UInt8] = []
    for file in files {
      if let last = stream.last {
        stream += Array((last == UInt8(ascii: "\n") ? "---\n" : "\n---\n").utf8)
      }
      // The header is no part of the first object, whose layout would seem to differ.
      stream += GoldenHeader.blanked(in: file)
    }
    return stream
  }
}
