internal import Pattern

/// A container image: `registry:5000/path/name:tag@digest`.
struct ImageReference {
  /// Where the parts are in the text; the last two may be empty.
  let name: Range<Int>
  private let tag: Range<Int>
  private let digest: Range<Int>

  /// Cuts a text as internal/image/image.go `Split` does; any text can be cut. The ranges are valid
  /// for this text only.
  init(_ text: Span<UInt8>) {
    // A colon before the first slash belongs to a registry's port.
    let slash = text.indices.first { text[$0] == UInt8(ascii: "/") } ?? 0
    let at = (slash..<text.count).first { text[$0] == UInt8(ascii: "@") }
    let end = at ?? text.count
    let colon = (slash..<end).first { text[$0] == UInt8(ascii: ":") }
    name = 0..<(colon ?? end)
    tag = colon.map { ($0 + 1)..<end } ?? end..<end
    digest = at.map { ($0 + 1)..<text.count } ?? end..<end
  }

  /// The reference that an entry of `images` asks for. A new tag or digest takes the place of both
  /// (filters/imagetag/updater.go).
  ///
  /// - Parameter text: what this was read from.
  func text(of text: Span<UInt8>, changedBy change: ImageChange) -> [UInt8] {
    var new: [UInt8] = []
    new.reserveCapacity(text.count + 32)
    if change.newName.isEmpty {
      new.append(bytesOf: text.extracting(name))
    } else {
      new.append(contentsOf: change.newName.utf8)
    }
    // Writes one part behind its mark, nothing if the part is empty.
    func append(_ mark: StaticString, _ own: Range<Int>, _ more: String = "") {
      if own.isEmpty, more.isEmpty { return }
      new.append(word: mark)
      new.append(bytesOf: text.extracting(own))
      new.append(contentsOf: more.utf8)
    }
    if !change.newTag.isEmpty || !change.digest.isEmpty {
      append(":", 0..<0, change.newTag)
      append("@", 0..<0, change.digest)
    } else {
      append(":", tag, change.tagSuffix)
      if change.tagSuffix.isEmpty { append("@", digest) }
    }
    return new
  }

  /// The image has a digest whose algorithm is not SHA-256.
  ///
  /// Of interest because v5.8.1 does not match such an image at all.
  func hasOtherDigest(in text: Span<UInt8>) -> Bool {
    !digest.isEmpty && !text.extracting(digest).begins(with: "sha256:")
  }

  /// What an image must look like to be one of this name: the name is put into the expression as it
  /// is (internal/image/image.go `IsImageMatched`).
  static func pattern(
    forName name: String, _ compatibility: Compatibility
  ) throws(PatternError) -> Pattern {
    let tag = "(:[a-zA-Z0-9_.{}-]*)?"
    let algorithm =
      switch compatibility {
      case .stable: "sha256"
      case .next: "[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*"
      }
    let digest = "(@\(algorithm):[a-zA-Z0-9_.{}-]*)?"
    let source = Array("^\(name)\(tag)\(digest)$".utf8)
    return try Pattern(source.span)
  }
}
