extension Pattern {
  /// The literal bytes an expression begins with, and its anchors.
  ///
  /// Most expressions met in practice are names between anchors, which byte comparison decides.
  struct Outline {
    /// True when the expression begins with the start of the text.
    var isAnchoredAtStart = false

    /// True when the end of the text follows the prefix.
    var isAnchoredAtEnd = false

    /// The bytes every match begins with.
    var prefix: [UInt8] = []

    /// True when anchors and prefix are all there is to the expression.
    var isWhole = true

    /// Takes in the next piece of the expression, and tells whether it fits.
    mutating func accept(_ kind: Tree.Node.Kind) -> Bool {
      switch kind {
      case .assertion(.beginText) where prefix.isEmpty && !isAnchoredAtEnd:
        isAnchoredAtStart = true
        return true
      case .assertion(.endText):
        isAnchoredAtEnd = true
        return true
      case .scalar(let code, isFolded: false) where !isAnchoredAtEnd:
        return append(code)
      default:
        return false
      }
    }

    /// Adds one code point, unless its bytes would not stand for it in every text.
    ///
    /// U+FFFD also matches invalid bytes, and a surrogate has no encoding.
    private mutating func append(_ code: UInt32) -> Bool {
      guard code != Pattern.replacement, let scalar = Unicode.Scalar(code) else { return false }
      prefix.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return true
    }
  }
}

extension Pattern.Tree {
  /// Finds the literal beginning of the expression.
  ///
  /// Walks the tree in the order of the text until something is no literal and no anchor.
  func outline() -> Pattern.Outline {
    var outline = Pattern.Outline()
    var pending = [root]
    while let index = pending.popLast() {
      switch nodes[index].kind {
      case .empty: continue
      case .group(let child): pending.append(child)
      case .concatenation(let children): pending.append(contentsOf: children.reversed())
      case let kind:
        if outline.accept(kind) { continue }
        outline.isWhole = false
        return outline
      }
    }
    return outline
  }
}

extension Pattern {
  /// Tells whether the text holds the prefix at an offset.
  func hasPrefix(_ text: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, text.count - offset >= prefix.count else { return false }
    for index in 0..<prefix.count where text[offset + index] != prefix[index] { return false }
    return true
  }

  /// Decides for an expression that is nothing but a prefix and anchors.
  ///
  /// The search looks at each offset in turn, which is enough for the short texts at hand.
  func matchesPrefix(_ text: Span<UInt8>, isAnchoredAtEnd: Bool) -> Bool {
    let last = text.count - prefix.count
    guard last >= 0 else { return false }
    if isAnchoredAtStart { return (!isAnchoredAtEnd || last == 0) && hasPrefix(text, at: 0) }
    if isAnchoredAtEnd { return hasPrefix(text, at: last) }
    for offset in 0...last where hasPrefix(text, at: offset) { return true }
    return false
  }
}
