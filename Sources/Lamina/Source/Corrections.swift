/// Fixes of diagnostics put together, file by file.
///
///     var corrections = Corrections()
///     for fix in fixes where !corrections.add(fix) { print("left for the next time: \(fix.message)") }
///     for file in corrections.files {
///       guard let bytes = corrections.bytes(of: file, from: try read(file)) else { continue }
///       try write(bytes, to: file)
///     }
public struct Corrections: Sendable {
  private var edits: [ByteText: [Diagnostic.Fix.Edit]] = [:]

  /// No corrections.
  public init() {}

  /// Adds the edits of a fix. One that is there already is made once.
  ///
  /// - Returns: false, with nothing added, where one of them changes what another fix changes.
  @discardableResult
  public mutating func add(_ fix: Diagnostic.Fix) -> Bool {
    for edit in fix.edits {
      let known = edits[edit.file] ?? []
      if known.contains(edit) { continue }
      if known.contains(where: { $0.start < edit.end && edit.start < $0.end }) { return false }
      if known.contains(where: { $0.start == edit.start && $0.end == edit.end }) { return false }
    }
    for edit in fix.edits where !(edits[edit.file] ?? []).contains(edit) {
      edits[edit.file, default: []].append(edit)
    }
    return true
  }

  /// The files that change, as messages call them, in rising order.
  public var files: [String] { edits.keys.sortedTexts }

  /// In how many places a file changes.
  public func count(in file: String) -> Int { edits[file]?.count ?? 0 }

  /// A file with its edits made; nil where one lies behind its end, so that it is not the file that was read.
  ///
  /// - Parameters:
  ///   - file: as messages call it.
  ///   - original: its bytes as the build read them.
  public func bytes(of file: String, from original: [UInt8]) -> [UInt8]? {
    var bytes = original
    for edit in (edits[file] ?? []).sorted(by: { $0.start > $1.start }) {
      guard 0 <= edit.start, edit.start <= edit.end, edit.end <= bytes.count else { return nil }
      bytes.replaceSubrange(edit.start..<edit.end, with: edit.replacement.utf8)
    }
    return bytes
  }
}
