import Lamina
import LaminaDiff

/// What it means that golden files differ from what is rendered now.
enum GoldenDifference {
  /// - Parameters:
  ///   - files: the bytes of the golden files.
  ///   - place: what messages call them.
  ///   - style: how secrets are to stand in them.
  static func words(
    from files: [[UInt8]], at place: String, to expected: GoldenRoots.Expected,
    of root: GoldenRoot, _ style: SecretStyle
  ) -> String {
    do {
      let golden = try Rendering(
        manifest: stream(of: files), displayPath: place, hidesSecrets: !style.showsValues)
      let kinds = try SecretMask.kinds(in: golden)
      let notes = notes(kinds, style)
      var options = Comparison.Options()
      options.masks = masks(kinds, style)
      let difference = Comparison.diff(
        root.name, from: .init(label: "golden", content: .rendered(golden)),
        to: .init(label: "rendered", content: .rendered(expected.rendering)), options)
      if !difference.isDifferent {
        if !notes.isEmpty { return notes.joined(separator: "\n") }
        // References to such a name follow it, and are no difference.
        return Set(golden.resources.map(\.id)) == Set(expected.rendering.resources.map(\.id))
          ? layoutOnly : hashOnly
      }
      let report = DiffReport(roots: [difference], comparedCount: 1)
      let text = String(decoding: TextReport.bytes(of: report), as: UTF8.self)
      return (notes + [text.ends(with: "\n") ? String(text.dropLast()) : text])
        .joined(separator: "\n")
    } catch { return "\(error)" }
  }

  /// How secrets are compared: as they are to stand in the golden files, unless those hold what cannot be made again.
  private static func masks(_ kinds: [SecretMask.Kind: Int], _ style: SecretStyle) -> SecretMask? {
    switch style {
    case .shown: kinds[.counted] == nil && kinds[.hashed] == nil ? nil : .uniform
    case .masked: kinds[.hashed] == nil ? .counted : .uniform
    case .hashed(let key): kinds[.counted] == nil ? .hashed(key: key) : .uniform
    }
  }

  /// What makes golden files differ though no value need have changed.
  private static func notes(_ kinds: [SecretMask.Kind: Int], _ style: SecretStyle) -> [String] {
    var notes: [String] = []
    func note(_ kind: SecretMask.Kind, _ words: (String) -> String) {
      guard let count = kinds[kind] else { return }
      notes.append(words(count == 1 ? "1 secret value stands" : "\(count) secret values stand"))
    }
    switch style {
    case .shown:
      note(.counted) { "\($0) masked in the golden file; it was written without --show-secrets." }
      note(.hashed) { "\($0) as a hash in the golden file; it was written with --secret-key." }
    case .masked:
      note(.value) { "\($0) unmasked in the golden file; run `render golden update`." }
      note(.hashed) {
        "\($0) as a hash in the golden file; give the --secret-key with which it was written."
      }
    case .hashed:
      note(.value) { "\($0) unmasked in the golden file; run `render golden update`." }
      note(.counted) { "\($0) masked in the golden file; it was written without --secret-key." }
    }
    return notes
  }

  private static let layoutOnly =
    "The objects are the same: only comments, quotes, or the order of keys or resources differ."

  private static let hashOnly = """
    Only content hashes in names differ: a secret value is another one of the same length. With --secret-key, golden \
    files tell such values apart.
    """

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
