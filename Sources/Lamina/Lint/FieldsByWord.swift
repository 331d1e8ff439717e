/// The fields whose keys have a word that rules look for, in the whole tree, patches included.
///
/// All rules that look for words of keys share one look at each node, which costs less than a walk through the
/// resources of each.
struct FieldsByWord {
  /// The scalars of fields that are called after images, or `value`.
  private(set) var ofImages: [NodeID] = []
  /// Some field is a directive of a patch.
  private(set) var haveDirectives = false
  /// What the key of each number has.
  private let words: [Word]

  init(_ build: InspectedBuild) {
    let (tree, symbols) = (build.tree, build.symbols)
    let words = (0..<symbols.count).map {
      symbols.withBytes(of: Symbol(raw: UInt32(truncatingIfNeeded: $0)), Word.init)
    }
    // Through spans, since an array would be asked for its storage at each node.
    let (nodes, ofKey) = (tree.nodes.span, words.span)
    self.words = words
    // A range would check each step for an overflow.
    var place = 1
    while place < nodes.count {
      let node = nodes[place]
      switch ofKey[Int(node.key.raw)] {
      case .none: break
      case .directive: haveDirectives = true
      case .image:
        if node.shape == .scalar { ofImages.append(NodeID(raw: UInt32(truncatingIfNeeded: place))) }
      }
      place &+= 1
    }
  }

  /// Whether a key is a directive of a strategic merge patch, among them those that kustomize does not know.
  func isDirective(_ key: Symbol) -> Bool { words[Int(key.raw)] == .directive }

  /// What rules look for in a key.
  private enum Word {
    case none
    /// The word `image`, in letters of either case, or all of `value`.
    case image
    /// A directive of a strategic merge patch.
    case directive

    init(_ key: Span<UInt8>) {
      guard !key.isEmpty else {
        self = .none
        return
      }
      if key[0] == UInt8(ascii: "$") {
        self = Self.isDirective(key) ? .directive : .none
      } else {
        self = Self.namesImage(key) || key.count == 5 && key.hasPrefix("value") ? .image : .none
      }
    }

    private static func isDirective(_ key: Span<UInt8>) -> Bool {
      let prefixes: [StaticString] = [
        "$setElementOrder/", "$deleteFromPrimitiveList/", "$retainKeys",
      ]
      return key.count == 6 && key.hasPrefix("$patch") || prefixes.contains { key.hasPrefix($0) }
    }

    /// Looks at the last letter first, and goes on by as many as that one allows: most keys are done with one
    /// or two looks.
    private static func namesImage(_ key: Span<UInt8>) -> Bool {
      let word: StaticString = "image"
      return word.withUTF8Buffer { word in
        var end = word.count - 1
        while end < key.count {
          switch key[end] | 0x20 {
          case UInt8(ascii: "e"):
            var length = 1
            while length < word.count,
              key[end - length] | 0x20 == word[word.count - 1 - length]
            {
              length += 1
            }
            if length == word.count { return true }
            end += word.count
          case UInt8(ascii: "g"): end += 1
          case UInt8(ascii: "a"): end += 2
          case UInt8(ascii: "m"): end += 3
          case UInt8(ascii: "i"): end += 4
          default: end += word.count
          }
        }
        return false
      }
    }
  }
}
